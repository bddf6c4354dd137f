import { ReadableStream } from 'node:stream/web';
import type { ReadableStreamDefaultController } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { SpokenLanguage } from '../../booking/languages/spoken-language.ts';
import { Filler } from '../../agent/model/filler.ts';
import { livekitTool } from '../../agent/tools/livekit-tool.ts';
import { createRealtimeModel } from '../../agent/model/realtime-model.ts';
import type { RealtimeModelOptions } from '../../agent/model/realtime-model.ts';
import { Replies } from '../../agent/model/replies.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { ToolDesk } from '../../booking/tools/tool-desk.ts';
import { API_KEY } from '../rehearsal/simulators/openai-realtime/realtime-client.ts';

/** What a caller says into a session; 24 kHz, in pieces of 20 ms. */
export class Microphone extends voice.AudioInput {
  readonly #controller: ReadableStreamDefaultController<AudioFrame>;

  constructor() {
    super();
    let controller: ReadableStreamDefaultController<AudioFrame> | undefined;
    const stream = new ReadableStream<AudioFrame>({
      start(own) {
        controller = own;
      },
    });
    this.multiStream.addInputStream(stream);
    if (!controller) throw new Error('A stream without a controller.');
    this.#controller = controller;
  }

  speak(...pieces: Int16Array[]): void {
    for (const samples of pieces) {
      for (let at = 0; at < samples.length; at += 480) {
        const piece = samples.slice(at, at + 480);
        this.#controller.enqueue(new AudioFrame(piece, 24_000, 1, piece.length));
      }
    }
  }
}

/** Plays what the agent says in no time, or not to its end until it is told to. */
export class Loudspeaker extends voice.AudioOutput {
  /** Milliseconds that were played. */
  played = 0;
  isSlow = false;
  #open = 0;

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#open === 0) this.onPlaybackStarted(Date.now());
    this.#open += (frame.samplesPerChannel / frame.sampleRate) * 1_000;
  }

  override flush(): void {
    super.flush();
    if (!this.isSlow) this.finish(false);
  }

  override clearBuffer(): void {
    this.finish(true);
  }

  /** The segment has been heard, or as much of it as was interrupted. */
  finish(interrupted: boolean): void {
    if (this.#open === 0) return;
    this.played += this.#open;
    const playbackPosition = (interrupted ? Math.min(this.#open, 200) : this.#open) / 1_000;
    this.#open = 0;
    this.onPlaybackFinished({ playbackPosition, interrupted });
  }
}

export interface TalkingSession {
  session: voice.AgentSession;
  replies: Replies;
  microphone: Microphone;
  loudspeaker: Loudspeaker;
  /** What was said, in order. */
  readonly said: string[];
  /** Types a line. */
  type: (line: string) => void;
  /** Resolves once the agent has said it. */
  hears: (words: RegExp, timeout?: number) => Promise<void>;
  /** Why the call could not go on. */
  readonly failures: Error[];
}

export interface TalkingOptions {
  baseUrl: string;
  /** By name; each takes a number. */
  tools?: Record<string, (n: number) => Promise<unknown>>;
  /** Names of tools that change something. */
  changes?: readonly string[];
  /** Whether a word is said where a tool takes long. */
  fills?: boolean;
  model?: Partial<RealtimeModelOptions>;
}

/** A session as a call has it, without a room: with tools, microphone and loudspeaker. */
export async function startTalking(options: TalkingOptions): Promise<TalkingSession> {
  const failures: Error[] = [];
  const session = new voice.AgentSession({
    llm: createRealtimeModel({
      apiKey: API_KEY,
      baseUrl: options.baseUrl,
      model: 'gpt-realtime-2.1',
      transcriptionModel: 'gpt-transcribe',
      voice: 'marin',
      language: 'en',
      proxy: {},
      onUnreachable: (error) => failures.push(error),
      onUnreadable: () => {},
      ...options.model,
    }),
    vad: null,
    turnHandling: { turnDetection: 'realtime_llm' },
    aecWarmupDuration: null,
  });
  session.on(voice.AgentSessionEventTypes.Error, () => {});
  const said: string[] = [];
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type === 'message' && item.role === 'assistant') said.push(item.textContent ?? '');
  });
  const replies = new Replies(session, pino({ level: 'silent' }));
  const logger = pino({ level: 'silent' });
  const filler =
    options.fills === true
      ? new Filler(session, { language: new SpokenLanguage({ language: 'en' }), logger })
      : { during: <T>(work: () => Promise<T>) => work() };
  const microphone = new Microphone();
  const loudspeaker = new Loudspeaker(24_000);
  session.input.audio = microphone;
  session.output.audio = loudspeaker;
  // What a desk adds, counting and recording, has tests of its own.
  const desk = {
    run: (tool: Tool, args: unknown, turn: unknown) => tool.run(args, turn),
  } as unknown as ToolDesk;
  const tools = Object.entries(options.tools ?? {}).map(([name, run]) =>
    livekitTool(
      {
        name,
        description: 'Does something.',
        schema: z.object({ n: z.number() }),
        changes: options.changes?.includes(name) ?? false,
        run: (args) => run((args as { n: number }).n),
      },
      { desk, replies, filler },
    ),
  );
  const agent = new voice.Agent({ instructions: 'You are the receptionist.', tools });
  onTestFinished(() => session.close());
  await session.start({ agent, record: false });
  return {
    session,
    replies,
    microphone,
    loudspeaker,
    said,
    failures,
    type: (userInput) => {
      replies.quiet();
      replies.say({ userInput });
    },
    hears: async (words, timeout = 10_000) => {
      const heard = (): boolean => said.some((text) => words.test(text));
      await vi.waitUntil(heard, { timeout, interval: 10 }).catch(() => {
        throw new Error(`The agent never said ${words}; it said: ${JSON.stringify(said)}`);
      });
    },
  };
}
