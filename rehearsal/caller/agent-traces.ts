import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room, TextStreamReader } from '@livekit/rtc-node';

import { CALL_VIEW_TOPIC } from '../../calls/call-view.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { SpeechMeter } from './speech-meter.ts';
import { AgentWords } from './transcription.ts';

const transcriptionTopic = 'lk.transcription';
const stateAttribute = 'lk.agent.state';

/** What the agent published as the caller's words. */
interface Understood {
  id: string;
  text: string;
  at: number;
}

/** What an agent publishes in the room it serves: its presence, its state, words, and what a page shows. */
export class AgentTraces {
  readonly words: AgentWords;
  readonly understood = new Map<string, Understood>();
  /** Every snapshot of what the page shows, oldest first. */
  readonly views: CallView[] = [];
  /** When the agent came, and when it went. */
  joinedAt: number | null = null;
  leftAt: number | null = null;

  readonly #now: () => number;
  readonly #met = Promise.withResolvers<void>();
  #agent: RemoteParticipant | undefined;

  /**
   * @param room before anybody joins it.
   * @param options.now milliseconds on the call's clock.
   * @param options.isSilent the call has words alone.
   */
  constructor(room: Room, options: { meter: SpeechMeter; now: () => number; isSilent: boolean }) {
    this.#now = options.now;
    this.words = new AgentWords(options.meter, options);
    room
      .on(RoomEvent.ParticipantConnected, (participant) => this.meet(participant))
      .on(RoomEvent.TrackSubscribed, (_track, _publication, participant) => this.meet(participant))
      .on(RoomEvent.ParticipantDisconnected, ({ identity }) => {
        if (identity === this.identity) this.leftAt ??= this.#now();
      })
      .on(RoomEvent.Disconnected, () => {
        if (this.joinedAt !== null) this.leftAt ??= this.#now();
      });
    room.registerTextStreamHandler(transcriptionTopic, (reader, { identity }) => {
      void this.#read(reader, identity).catch(() => undefined);
    });
    room.registerTextStreamHandler(CALL_VIEW_TOPIC, (reader) => {
      void reader
        .readAll()
        .then((text) => this.views.push(JSON.parse(text) as CallView))
        .catch(() => undefined);
    });
  }

  /** Takes notice of somebody in the room; the first agent is the one. */
  meet(participant: RemoteParticipant): void {
    if (participant.kind === ParticipantKind.AGENT && this.#agent === undefined) {
      this.#agent = participant;
      this.joinedAt = this.#now();
      this.#met.resolve();
    }
  }

  get identity(): string | undefined {
    return this.#agent?.identity;
  }

  /** What the agent says it is doing: initializing, listening, thinking or speaking. */
  get state(): string | undefined {
    return this.#agent?.attributes[stateAttribute];
  }

  async #read(reader: TextStreamReader, identity: string): Promise<void> {
    // A quick agent's first words arrive before the news that it has joined.
    await this.#met.promise;
    const id = reader.info.attributes?.['lk.segment_id'] ?? reader.info.streamId;
    if (identity !== this.identity) {
      const text = await reader.readAll();
      const at = this.understood.get(id)?.at ?? this.#now();
      this.understood.set(id, { id, text: text.trim(), at });
      return;
    }
    for await (const piece of reader) {
      this.words.add(id, piece, this.#now());
    }
    this.words.finish(id, this.#now());
  }
}
