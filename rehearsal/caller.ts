import {
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  ParticipantKind,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { RemoteParticipant, RemoteTrack, TextStreamReader } from '@livekit/rtc-node';

import { CALL_VIEW_TOPIC } from '../booking/call-view.ts';
import type { CallView } from '../booking/call-view.ts';
import { Microphone } from './microphone.ts';
import type { Spoken } from './microphone.ts';
import { Recording } from './recording.ts';
import { SpeechMeter } from './speech-meter.ts';
import { AgentWords } from './transcription.ts';
import { sampleRate } from './voice.ts';

const transcriptionTopic = 'lk.transcription';
const chatTopic = 'lk.chat';
const agentState = 'lk.agent.state';

/**
 * Frames that may wait in the source, in milliseconds: enough that a busy thread tears no hole into a word. What is
 * said is timed by when it leaves the queue.
 */
const queue = 200;

/** How often a wait looks again, in milliseconds. */
const glance = 25;

/** What the agent published as the caller's words. */
export interface Understood {
  id: string;
  text: string;
  at: number;
}

/**
 * Somebody who calls: a participant of the room like any visitor, who speaks through an open microphone and knows of
 * the agent only what a visitor can perceive: its sound, its published words and its published state.
 *
 * All instants are milliseconds since the caller dialled.
 */
export class Caller {
  readonly meter = new SpeechMeter();
  readonly words = new AgentWords(this.meter);
  readonly recording = new Recording();
  readonly understood = new Map<string, Understood>();
  /** Every snapshot of what the page shows, oldest first. */
  readonly views: CallView[] = [];
  /** When the agent came, and when it went. */
  agentJoinedAt: number | null = null;
  agentLeftAt: number | null = null;

  readonly #room = new Room();
  readonly #source = new AudioSource(sampleRate, 1, queue);
  readonly #microphone: Microphone;
  readonly #dialledAt = performance.now();
  readonly #listening: Promise<void>[] = [];
  #agent: RemoteParticipant | undefined;

  private constructor() {
    this.#microphone = new Microphone(this.#source, {
      now: () => this.now(),
      onFrame: (samples, endedAt) => this.recording.caller.add(samples, endedAt),
    });
    this.#room
      .on(RoomEvent.ParticipantConnected, (participant) => this.#meet(participant))
      .on(RoomEvent.ParticipantDisconnected, (participant) => {
        if (participant.identity === this.#agent?.identity) {
          this.agentLeftAt ??= this.now();
        }
      })
      .on(RoomEvent.Disconnected, () => {
        if (this.agentJoinedAt !== null) {
          this.agentLeftAt ??= this.now();
        }
      })
      .on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
        this.#meet(participant);
        if (track.kind === TrackKind.KIND_AUDIO && participant.identity === this.#agent?.identity) {
          this.#listening.push(this.#listen(track));
        }
      });
    this.#room.registerTextStreamHandler(transcriptionTopic, (reader, { identity }) => {
      void this.#read(reader, identity).catch(() => undefined);
    });
    this.#room.registerTextStreamHandler(CALL_VIEW_TOPIC, (reader) => {
      void reader
        .readAll()
        .then((text) => this.views.push(JSON.parse(text) as CallView))
        .catch(() => undefined);
    });
  }

  /** Dials: joins the room that the token names and opens the microphone. */
  static async join(address: { url: string; token: string }): Promise<Caller> {
    const caller = new Caller();
    await caller.#room.connect(address.url, address.token, {
      autoSubscribe: true,
      dynacast: false,
    });
    for (const participant of caller.#room.remoteParticipants.values()) {
      caller.#meet(participant);
    }
    const track = LocalAudioTrack.createAudioTrack('microphone', caller.#source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    caller.#microphone.start();
    await caller.#room.localParticipant?.publishTrack(track, options);
    return caller;
  }

  /** Milliseconds since the caller dialled. */
  now(): number {
    return performance.now() - this.#dialledAt;
  }

  #meet(participant: RemoteParticipant): void {
    if (participant.kind === ParticipantKind.AGENT && this.#agent === undefined) {
      this.#agent = participant;
      this.agentJoinedAt = this.now();
    }
  }

  async #listen(track: RemoteTrack): Promise<void> {
    const stream = new AudioStream(track, { sampleRate, numChannels: 1, frameSizeMs: 20 });
    for await (const frame of stream) {
      const at = this.now();
      this.meter.push(frame.data, at);
      this.words.tick();
      this.recording.agent.add(frame.data, at);
    }
  }

  async #read(reader: TextStreamReader, identity: string): Promise<void> {
    const id = reader.info.attributes?.['lk.segment_id'] ?? reader.info.streamId;
    if (identity === this.#room.localParticipant?.identity) {
      const text = await reader.readAll();
      this.understood.set(id, {
        id,
        text: text.trim(),
        at: this.understood.get(id)?.at ?? this.now(),
      });
      return;
    }
    for await (const piece of reader) {
      this.words.add(id, piece, this.now());
    }
    this.words.finish(id, this.now());
  }

  /** What the agent says it is doing: initializing, listening, thinking or speaking. */
  get agentState(): string | undefined {
    return this.#agent?.attributes[agentState];
  }

  get agentLeft(): boolean {
    return this.agentLeftAt !== null;
  }

  /** Speaks; resolves when the last sample went out. */
  async say(samples: Int16Array): Promise<Spoken> {
    return this.#microphone.play(samples);
  }

  /** Sends a typed message, as the page does. */
  async type(text: string): Promise<void> {
    await this.#room.localParticipant?.sendText(text, { topic: chatTopic });
  }

  /**
   * Waits until something holds; false when the time is over first.
   *
   * @param patience in milliseconds.
   * @param pausing the patience does not run out while it answers true.
   */
  async waitUntil(
    holds: () => boolean,
    patience: number,
    pausing: () => boolean = () => false,
  ): Promise<boolean> {
    let left = patience;
    let looked = this.now();
    while (!holds()) {
      if (left <= 0) {
        return false;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, glance);
      });
      const now = this.now();
      if (!pausing()) {
        left -= now - looked;
      }
      looked = now;
    }
    return true;
  }

  /** Leaves the room, whatever is going on; may be called again. */
  async hangUp(): Promise<void> {
    await this.#microphone.close();
    await this.#room.disconnect().catch(() => undefined);
    await this.#source.close().catch(() => undefined);
  }
}
