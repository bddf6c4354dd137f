import { randomBytes } from 'node:crypto';
import { initializeLogger, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { pino } from 'pino';
import { vi } from 'vitest';
import { readCallConfig } from '../../agent/config.ts';
import { Conversation } from '../../agent/call/conversation.ts';
import type { EndOfCall } from '../../agent/call/conversation.ts';
import { openCall } from '../../agent/call/open-call.ts';
import type { CallRecording } from '../../agent/recording/call-recording.ts';
import type { OpenCall } from '../../agent/call/open-call.ts';
import { createReceptionist } from '../../agent/call/receptionist.ts';
import { readProviders } from '../../calendar/providers.ts';
import type { Database } from '../../db/database.ts';
import { createRealtimeServer } from '../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import type { Dialogue, Mind } from '../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import type { Logger } from '../../runtime/logger.ts';

const API_KEY = 'test-key';
const RATE = 24_000;

/**
 * A voice whose every word sounds different: the samples of a word all have its number, so that
 * what reached the caller can be told word by word.
 */
export class CountingVoice {
  readonly words: string[] = [''];
  /** Milliseconds a character. */
  readonly #pace: number;

  constructor(pace: number) {
    this.#pace = pace;
  }

  speak(text: string): Promise<Int16Array> {
    const words = text.split(/(?=\s)/u);
    const lengths = words.map((word) => Math.round((word.length * this.#pace * RATE) / 1_000));
    const samples = new Int16Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const [index, word] of words.entries()) {
      const number = this.words.push(word.trim()) - 1;
      samples.fill(number, at, (at += lengths[index] ?? 0));
    }
    return Promise.resolve(samples);
  }
}

/** What a caller hears: plays at once, so that whatever reaches it was heard. */
class Ear extends voice.AudioOutput {
  /** Numbers of words, in the order in which they were heard. */
  readonly heard: number[] = [];
  #milliseconds = 0;

  constructor() {
    super(RATE);
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#milliseconds === 0) this.onPlaybackStarted(Date.now());
    this.#milliseconds += (frame.samplesPerChannel / frame.sampleRate) * 1_000;
    for (const sample of frame.data) if (this.heard.at(-1) !== sample) this.heard.push(sample);
  }

  override flush(): void {
    super.flush();
    this.#finish(false);
  }

  override clearBuffer(): void {
    super.flush();
    this.#finish(true);
  }

  #finish(interrupted: boolean): void {
    if (this.#milliseconds === 0) return;
    const playbackPosition = this.#milliseconds / 1_000;
    this.#milliseconds = 0;
    this.onPlaybackFinished({ playbackPosition, interrupted });
  }
}

export interface SpokenCallOptions {
  agentId: string;
  dialogue: Pick<Dialogue, 'reply'>;
  /** How many times faster than it is played speech is sent. Default 1000. */
  speechPace?: number;
  /** Milliseconds by which words come ahead of their sound; behind it, where negative. */
  transcriptLead?: number;
  /** Milliseconds that a character is spoken. Default 30. */
  pace?: number;
  logger?: Logger;
  /** What records the call, once it is open. */
  openRecording?: (call: OpenCall) => CallRecording;
  /** Called for each message with the milliseconds by which the gate made it end later. */
  onDelay?: (delay: number) => void;
}

/** A call by voice without LiveKit: the real conversation, and the rehearsal server with another mind. */
export class SpokenCall {
  readonly call: OpenCall;
  readonly conversation: Conversation;
  readonly ended: Promise<EndOfCall>;
  readonly #voice: CountingVoice;
  readonly #ear: Ear;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    call: OpenCall;
    conversation: Conversation;
    ended: Promise<EndOfCall>;
    voice: CountingVoice;
    ear: Ear;
    close: () => Promise<void>;
  }) {
    this.call = parts.call;
    this.conversation = parts.conversation;
    this.ended = parts.ended;
    this.#voice = parts.voice;
    this.#ear = parts.ear;
    this.#close = parts.close;
  }

  static async open(db: Database, options: SpokenCallOptions): Promise<SpokenCall> {
    initializeLogger({ pretty: false, level: 'fatal' });
    const logger = options.logger ?? pino({ level: 'silent' });
    const speaking = new CountingVoice(options.pace ?? 30);
    const { reply } = options.dialogue;
    const mind: Mind = {
      dialogue: { reply, listening: () => ({ spelled: null, offered: [] }) },
      voice: speaking,
      ears: { hear: () => Promise.resolve('') },
      openSpeechDetector: () => Promise.resolve({ process: () => Promise.resolve(false) }),
    };
    const server = createRealtimeServer({
      mind,
      apiKey: API_KEY,
      logger: pino({ level: 'silent' }),
      detectorLag: 0,
      speechPace: options.speechPace ?? 1_000,
      ...(options.transcriptLead === undefined ? {} : { transcriptLead: options.transcriptLead }),
    });
    const port = await server.listen({ host: '127.0.0.1', port: 0 });
    const config = readCallConfig({
      DATABASE_URL: 'postgres://localhost/none',
      SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      OPENAI_API_KEY: API_KEY,
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    });
    const call = await openCall({
      db,
      masterKey: randomBytes(32),
      providers: readProviders({}),
      logger,
      metadata: { agentId: options.agentId, caller: {} },
      line: 'web',
      roomName: 'room',
      rehearsal: false,
    });
    const recording = options.openRecording?.(call);
    const { promise: ended, resolve } = Promise.withResolvers<EndOfCall>();
    const conversation = new Conversation({
      call,
      config,
      transfer: null,
      end: resolve,
      onChange: () => {},
      recording,
    });
    const { session, tools, replies, filler, truth } = conversation;
    const { onMessage } = truth.gate;
    truth.gate.onMessage = (message) => {
      options.onDelay?.(message.delay);
      onMessage?.(message);
    };
    const ear = new Ear();
    session.output.audio = ear;
    await session.start({
      agent: createReceptionist({
        call,
        callerName: null,
        tools,
        replies,
        filler,
        expectKeys: null,
        showPage: null,
        transfer: null,
        recording,
        hangUp: (reason) => resolve({ reason, failed: false, by: 'agent' }),
      }),
      record: false,
    });
    const close = async (): Promise<void> => {
      await conversation.settle({ reason: 'over', failed: false, by: 'caller' });
      await conversation.close();
      await server.close();
    };
    return new SpokenCall({ call, conversation, ended, voice: speaking, ear, close });
  }

  /** The caller says something. */
  say(userInput: string): void {
    this.conversation.replies.say({ userInput });
  }

  /** The words that were heard, from a place on. */
  heard(from = 0): string {
    return this.#ear.heard
      .slice(from)
      .map((number) => this.#voice.words[number])
      .join(' ');
  }

  /** How many words were heard. */
  get length(): number {
    return this.#ear.heard.length;
  }

  /** The numbers of the words that were heard; the next word that is spoken has the number `nextWord`. */
  get heardNumbers(): readonly number[] {
    return this.#ear.heard;
  }

  get nextWord(): number {
    return this.#voice.words.length;
  }

  /** Resolves when these words were heard. */
  async hears(words: string | RegExp, from = 0, timeout = 15_000): Promise<void> {
    const isHeard = (): boolean => {
      const heard = this.heard(from);
      return typeof words === 'string' ? heard.includes(words) : words.test(heard);
    };
    await vi.waitUntil(isHeard, { timeout, interval: 5 }).catch((cause: unknown) => {
      throw new Error(`"${String(words)}" was not heard, but: ${this.heard(from)}`, { cause });
    });
  }

  /** Resolves when the agent has nothing more to say. */
  async isQuiet(): Promise<void> {
    const { session, replies, tools } = this.conversation;
    const isQuiet = (): boolean =>
      session.agentState === 'listening' && !replies.areHeld && !tools.isBusy;
    await vi.waitUntil(isQuiet, { timeout: 15_000, interval: 20 });
  }

  /** Hangs up. */
  async close(): Promise<void> {
    await this.#close();
  }
}
