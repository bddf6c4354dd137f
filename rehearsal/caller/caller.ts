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
import type { AudioFrame, RemoteTrack } from '@livekit/rtc-node';

import { hearOwnEvents } from '../../calls/livekit-library.ts';
import { AgentTraces } from './agent-traces.ts';
import { Microphone } from './microphone.ts';
import type { Spoken } from './microphone.ts';
import { Recording } from './recording.ts';
import { SpeechMeter } from './speech-meter.ts';
import { sampleRate } from './sound.ts';

const chatTopic = 'lk.chat';

/**
 * Frames that may wait in the source, in milliseconds: enough that a busy thread tears no hole into a word. What is
 * said is timed by when it leaves the queue.
 */
const queue = 200;

/** How often a wait looks again, in milliseconds. */
const glance = 25;

/** Milliseconds from one key to the next. */
const betweenKeys = 180;

export interface CallerOptions {
  line?: 'web' | 'phone';
  isSilent?: boolean;
}

/** Where somebody joins a room. */
interface RoomAddress {
  url: string;
  token: string;
}

/**
 * Somebody who calls: a participant of a room, who speaks through an open microphone and knows of the agent only what
 * a caller can perceive: its sound, its words and its state.
 *
 * On the web that room is the agent's. By phone it is the caller's own, where the line is another participant; the
 * agent's words and state are then taken from the agent's room, where an observer nobody sees reads along: they say
 * what was meant, and the sound of the line whether it was heard.
 *
 * All instants are milliseconds since the caller dialled.
 */
export class Caller {
  readonly meter = new SpeechMeter();
  readonly recording = new Recording();
  readonly traces: AgentTraces;

  readonly #room = new Room();
  readonly #agentRoom: Room;
  readonly #isPhone: boolean;
  readonly isSilent: boolean;
  readonly #source = new AudioSource(sampleRate, 1, queue);
  readonly #microphone: Microphone;
  #dialledAt = performance.now();
  readonly #ears: ReadableStreamDefaultReader<AudioFrame>[] = [];
  #track: LocalAudioTrack | undefined;
  #lineLost = false;
  #onHangUp: () => Promise<void> = () => Promise.resolve();

  private constructor({ line = 'web', isSilent = false }: CallerOptions) {
    this.#isPhone = line === 'phone';
    this.isSilent = isSilent;
    this.#agentRoom = this.#isPhone ? new Room() : this.#room;
    for (const room of new Set([this.#room, this.#agentRoom])) hearOwnEvents(room);
    this.traces = new AgentTraces(this.#agentRoom, {
      meter: this.meter,
      now: () => this.now(),
      isSilent,
    });
    this.#microphone = new Microphone(this.#source, {
      now: () => this.now(),
      onFrame: (samples, endedAt) => this.recording.caller.add(samples, endedAt),
    });
    const heardKind = this.#isPhone ? ParticipantKind.SIP : ParticipantKind.AGENT;
    let heard: string | undefined;
    this.#room
      .on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
        if (track.kind !== TrackKind.KIND_AUDIO || participant.kind !== heardKind) return;
        heard ??= participant.identity;
        if (heard === participant.identity) void this.#listen(track);
      })
      .on(RoomEvent.ParticipantDisconnected, ({ kind }) => {
        if (this.#isPhone && kind === heardKind) this.#lineLost = true;
      });
  }

  /**
   * Joins a room and opens the microphone; on the web that is dialling.
   *
   * @param options.line by phone, somebody has to bring a line into the room and {@link observe} the agent's.
   * @param options.isSilent opens no microphone: what the caller says is typed.
   */
  static async join(address: RoomAddress, options: CallerOptions = {}): Promise<Caller> {
    const caller = new Caller(options);
    await caller.#room.connect(address.url, address.token, {
      autoSubscribe: true,
      dynacast: false,
    });
    if (caller.#isPhone) {
      caller.#dialledAt = performance.now();
    } else {
      caller.#meetAll();
    }
    if (caller.isSilent) return caller;
    const track = LocalAudioTrack.createAudioTrack('microphone', caller.#source);
    caller.#track = track;
    const publishing = new TrackPublishOptions();
    publishing.source = TrackSource.SOURCE_MICROPHONE;
    caller.#microphone.start();
    await caller.#room.localParticipant?.publishTrack(track, publishing);
    return caller;
  }

  /** Reads along in the agent's room, by phone. */
  async observe(address: RoomAddress): Promise<void> {
    await this.#agentRoom.connect(address.url, address.token, {
      autoSubscribe: false,
      dynacast: false,
    });
    this.#meetAll();
  }

  /** What puts the receiver down, by phone: leaving the own room alone leaves the line open. */
  set onHangUp(putDown: () => Promise<void>) {
    this.#onHangUp = putDown;
  }

  /** Milliseconds since the caller dialled. */
  now(): number {
    return performance.now() - this.#dialledAt;
  }

  #meetAll(): void {
    for (const participant of this.#agentRoom.remoteParticipants.values()) {
      this.traces.meet(participant);
    }
  }

  async #listen(track: RemoteTrack): Promise<void> {
    const options = { sampleRate, numChannels: 1, frameSizeMs: 20 };
    const ear = new AudioStream(track, options).getReader();
    this.#ears.push(ear);
    for (;;) {
      const { value: frame } = await ear.read();
      if (frame === undefined) return;
      const at = this.now();
      this.meter.push(frame.data, at);
      this.traces.words.tick();
      this.recording.agent.add(frame.data, at);
    }
  }

  get words(): AgentTraces['words'] {
    return this.traces.words;
  }

  get agentState(): string | undefined {
    return this.traces.state;
  }

  get agentLeft(): boolean {
    return this.#lineLost || this.traces.leftAt !== null;
  }

  /** Speaks; resolves when the last sample went out. */
  async say(samples: Int16Array): Promise<Spoken> {
    return this.#microphone.play(samples);
  }

  /** Sends a typed message, as the page does. */
  async type(text: string): Promise<void> {
    await this.#room.localParticipant?.sendText(text, { topic: chatTopic });
  }

  /** Presses keys, one after the other (RFC 4733 events on the line). */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      await this.#room.localParticipant?.publishDtmf('0123456789*#'.indexOf(key), key);
      await new Promise((resolve) => {
        setTimeout(resolve, betweenKeys);
      });
    }
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

  /** Hangs up, whatever is going on; may be called again. */
  async hangUp(): Promise<void> {
    await this.#onHangUp().catch(() => undefined);
    await this.#microphone.close();
    await this.#agentRoom.disconnect().catch(() => undefined);
    await this.#room.disconnect().catch(() => undefined);
    // Each would take a thread, and the time of the next caller, as long as the process lives.
    await Promise.allSettled(this.#ears.map((ear) => ear.cancel()));
    await (this.#track ?? this.#source).close().catch(() => undefined);
  }
}
