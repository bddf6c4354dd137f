import { EventEmitter } from 'node:events';
import { ReadableStream } from 'node:stream/web';
import type { ReadableStreamDefaultController } from 'node:stream/web';
import type { llm } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeEach, describe, expect, it } from 'vitest';
import { gateSpeech } from '../../../agent/model/speech-gate.ts';
import type { StoppedSpeech } from '../../../agent/model/speech-gate.ts';
import { NO_DESK } from '../../../booking/desk/desk-facts.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { SpokenText } from '../../../booking/truth/spoken-text.ts';

/** Milliseconds of one piece of sound. */
const PIECE = 20;
const FACTS: CallFacts = {
  ...NO_DESK,
  calendarTimeZones: ['America/New_York'],
  now: new Date('2026-11-23T14:00:00Z'),
  timeZone: 'America/New_York',
  businessLanguage: 'en',
  business: [],
  informed: [],
  caller: [],
};

interface Source<T> {
  stream: ReadableStream<T>;
  controller: ReadableStreamDefaultController<T>;
}

function source<T>(): Source<T> {
  let controller: ReadableStreamDefaultController<T> | undefined;
  const stream = new ReadableStream<T>({ start: (given) => void (controller = given) });
  return { stream, controller: controller as ReadableStreamDefaultController<T> };
}

/** The plugin's session: events of the server before what it makes of them. */
class Session extends EventEmitter {
  readonly sent: { type: string; [key: string]: unknown }[] = [];
  readonly truncated: unknown[] = [];
  readonly messages = source<llm.MessageGeneration>();
  readonly #sounds = new Map<string, Source<AudioFrame>>();
  readonly #words = new Map<string, Source<string>>();
  #pieces = 0;

  sendEvent(event: { type: string }): void {
    this.sent.push(event);
  }

  truncate(cut: unknown): Promise<void> {
    this.truncated.push(cut);
    return Promise.resolve();
  }

  receive(event: Record<string, unknown>): void {
    this.emit('openai_server_event_received', { response_id: 'one', ...event });
  }

  begin(): llm.GenerationCreatedEvent {
    this.receive({ type: 'response.created', response: { id: 'one' } });
    const generation = {
      messageStream: this.messages.stream,
      functionStream: source<llm.FunctionCall>().stream,
      userInitiated: false,
      responseId: 'one',
    } as llm.GenerationCreatedEvent;
    this.emit('generation_created', generation);
    return generation;
  }

  message(id: string): void {
    this.receive({ type: 'response.output_item.added', item: { id, type: 'message' } });
    const [sound, words] = [source<AudioFrame>(), source<string>()];
    this.#sounds.set(id, sound);
    this.#words.set(id, words);
    this.messages.controller.enqueue({
      messageId: id,
      audioStream: sound.stream,
      textStream: words.stream,
    });
  }

  words(id: string, delta: string): void {
    this.receive({ type: 'response.output_audio_transcript.delta', item_id: id, delta });
    this.#words.get(id)?.controller.enqueue(delta);
  }

  /** A piece of sound whose samples all are its number. */
  sound(id: string): number {
    const number = (this.#pieces += 1);
    const samples = new Int16Array(24 * PIECE).fill(number);
    const delta = Buffer.from(samples.buffer).toString('base64');
    this.receive({ type: 'response.output_audio.delta', item_id: id, delta });
    this.#sounds.get(id)?.controller.enqueue(new AudioFrame(samples, 24_000, 1, samples.length));
    return number;
  }

  finish(id: string): void {
    this.receive({ type: 'response.output_item.done', item: { id, type: 'message' } });
  }

  tool(): void {
    this.receive({
      type: 'response.output_item.done',
      item: { id: 'call', type: 'function_call' },
    });
  }

  end(status: string): void {
    this.receive({ type: 'response.done', response: { id: 'one', status } });
    this.close();
  }

  /** The plugin ends what it hands on. */
  close(): void {
    for (const { controller } of [...this.#sounds.values(), ...this.#words.values()]) {
      controller.close();
    }
    this.messages.controller.close();
  }
}

describe('what is heard of a response', () => {
  let session: Session;
  let stopped: StoppedSpeech[] = [];

  beforeEach(() => {
    session = new Session();
    stopped = [];
    gateSpeech(session as unknown as Parameters<typeof gateSpeech>[0], {
      watch: () => new SpokenText(() => FACTS, 'en'),
      onFalse: (falsehood) => {
        stopped.push(falsehood);
        return 'the facts';
      },
    });
  });

  /** Plays a response to its end. */
  async function play(
    generation: llm.GenerationCreatedEvent,
  ): Promise<{ words: string; sounds: number[] }[]> {
    const heard: { words: string; sounds: number[] }[] = [];
    for await (const message of generation.messageStream) {
      let words = '';
      const sounds: number[] = [];
      for await (const text of message.textStream)
        words += typeof text === 'string' ? text : text.text;
      for await (const frame of message.audioStream) sounds.push(frame.data[0] ?? 0);
      heard.push({ words, sounds });
    }
    return heard;
  }

  it('is all of it, where nothing is claimed', async () => {
    const generation = session.begin();
    session.message('a');
    session.words('a', 'One moment,');
    session.sound('a');
    session.words('a', ' please.');
    session.sound('a');
    session.end('completed');
    expect(await play(generation)).toEqual([{ words: 'One moment, please.', sounds: [1, 2] }]);
    expect(session.sent).toEqual([]);
  });

  it('is what came before the words that are false, and nothing after', async () => {
    const generation = session.begin();
    session.message('a');
    session.words('a', 'One moment.');
    session.sound('a');
    session.words('a', ' Your appointment is');
    session.sound('a');
    session.words('a', ' booked');
    session.sound('a');
    session.words('a', ' for Friday.');
    session.sound('a');
    session.finish('a');
    session.message('b');
    session.words('b', 'Anything else?');
    session.sound('b');
    session.end('cancelled');
    expect(await play(generation)).toEqual([
      { words: 'One moment. Your appointment is', sounds: [1, 2] },
    ]);
    expect(stopped).toMatchObject([{ why: 'not-booked', wasHeard: false, calledTool: false }]);
    expect(session.sent.map(({ type }) => type)).toEqual([
      'response.cancel',
      'conversation.item.create',
    ]);
    expect(session.truncated).toContainEqual(
      expect.objectContaining({ messageId: 'a', audioEndMs: 2 * PIECE }),
    );
  });

  it('takes a message of which nothing was heard out of the conversation', async () => {
    const generation = session.begin();
    session.message('a');
    session.words('a', 'Booked: Friday at 9.');
    session.sound('a');
    session.finish('a');
    session.end('cancelled');
    expect(await play(generation)).toEqual([{ words: '', sounds: [] }]);
    expect(session.sent).toMatchObject([
      { type: 'response.cancel', response_id: 'one' },
      { type: 'conversation.item.delete', item_id: 'a' },
      { type: 'conversation.item.create' },
    ]);
  });

  it('is not judged any more once the caller has interrupted it', async () => {
    const generation = session.begin();
    session.message('a');
    session.words('a', 'Tuesday at 9 PM is');
    session.sound('a');
    session.end('cancelled');
    expect(await play(generation)).toEqual([{ words: '', sounds: [] }]);
    expect(stopped).toEqual([]);
  });

  it('ends with its connection, and what was held back is not heard', async () => {
    const generation = session.begin();
    session.message('a');
    session.words('a', 'Good.');
    session.sound('a');
    session.words('a', ' Tuesday at 9 PM');
    session.sound('a');
    session.emit('session_reconnected');
    session.close();
    expect(await play(generation)).toEqual([{ words: 'Good.', sounds: [1] }]);
    expect(stopped).toEqual([]);
  });

  it('tells whether a tool was called, whose result is answered anyway', async () => {
    const generation = session.begin();
    session.tool();
    session.message('a');
    session.words('a', "I've booked it.");
    session.finish('a');
    session.end('cancelled');
    await play(generation);
    expect(stopped).toMatchObject([{ calledTool: true }]);
  });

  it('tells that a false word may have been heard, where sound came before words', async () => {
    const generation = session.begin();
    session.message('a');
    for (let piece = 0; piece < 100; piece += 1) session.sound('a');
    session.words('a', "You're booked.");
    session.finish('a');
    session.end('cancelled');
    const [heard] = await play(generation);
    expect(heard?.sounds).toHaveLength(100);
    expect(stopped).toMatchObject([{ wasHeard: true }]);
  });
});
