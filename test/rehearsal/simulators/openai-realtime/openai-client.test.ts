import { RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { replyFromItems } from '../../../support/forgetful-mind.ts';
import { API_KEY, startServer, type AnyEvent } from './realtime-client.ts';
import { createTestMind, silence, tone } from './test-mind.ts';

interface Talk {
  session: RealtimeSession;
  /** Of the model's server. */
  events: AnyEvent[];
  /** What the client itself complained of. */
  errors: unknown[];
  /** Bytes of what was spoken. */
  heard: () => number;
  book: ReturnType<typeof vi.fn<(n: number) => string>>;
}

/** A conversation of OpenAI's own client with the rehearsal model. */
async function talk(speechPace?: number): Promise<Talk> {
  const mind = createTestMind({ reply: replyFromItems });
  const server = await startServer({ mind, ...(speechPace ? { speechPace } : {}) });
  onTestFinished(() => server.close());
  const book = vi.fn<(n: number) => string>((n) => `booked ${n}`);
  const agent = new RealtimeAgent({
    name: 'Front desk',
    instructions: 'You are the receptionist.',
    tools: [
      tool({
        name: 'book',
        description: 'Books.',
        parameters: z.object({ n: z.number() }),
        execute: ({ n }) => book(n),
      }),
    ],
  });
  const session = new RealtimeSession(agent, {
    transport: 'websocket',
    model: 'gpt-realtime-2.1',
    tracingDisabled: true,
    config: {
      outputModalities: ['audio'],
      audio: {
        input: {
          transcription: { model: 'gpt-transcribe' },
          turnDetection: { type: 'semantic_vad' },
        },
      },
    },
  });
  const events: AnyEvent[] = [];
  const errors: unknown[] = [];
  let heard = 0;
  session.on('error', (error) => errors.push(error));
  session.transport.on('*', (event) => events.push(event as AnyEvent));
  session.on('audio', ({ data }) => {
    heard += data.byteLength;
  });
  onTestFinished(() => session.close());
  const url = `${server.baseUrl.replace('http', 'ws')}/realtime?model=gpt-realtime-2.1`;
  await session.connect({ apiKey: API_KEY, url });
  return { session, events, errors, heard: () => heard, book };
}

const said = ({ session }: Talk): string[] =>
  session.history.flatMap((item) =>
    item.type === 'message' && item.role === 'assistant'
      ? item.content.map((part) => ('transcript' in part ? (part.transcript ?? '') : ''))
      : [],
  );

async function hears(talking: Talk, words: string): Promise<void> {
  await vi
    .waitUntil(() => said(talking).some((text) => text.includes(words)), { timeout: 10_000 })
    .catch(() => {
      throw new Error(`It said ${JSON.stringify(said(talking))}.`);
    });
}

function expectNoError({ events, errors }: Talk): void {
  expect(errors).toEqual([]);
  expect(events.filter(({ type }) => type === 'error')).toEqual([]);
}

describe("OpenAI's own client", () => {
  it('books by typing, with a tool, and hears the answer', async () => {
    const talking = await talk();
    talking.session.sendMessage('please book it');
    await hears(talking, 'Done: booked 1.');
    expect(talking.book).toHaveBeenCalledExactlyOnceWith(1);
    talking.session.sendMessage('what did you do');
    await hears(talking, 'So far: booked 1.');
    // PCM16 at 24 kHz: the test's voice takes 20 ms a character.
    expect(talking.heard()).toBeGreaterThan(
      'Done: booked 1.So far: booked 1.'.length * 20 * 48 - 1,
    );
    expectNoError(talking);
  });

  it('is heard, and answered unasked', async () => {
    const talking = await talk();
    for (const samples of [silence(300), tone(400, 600, 24_000), silence(900)]) {
      talking.session.sendAudio(samples.slice().buffer);
    }
    await hears(talking, 'You said: hello there.');
    expect(talking.events.map(({ type }) => type)).toContain(
      'conversation.item.input_audio_transcription.completed',
    );
    expectNoError(talking);
  });

  it('interrupts what is said', async () => {
    const talking = await talk(1);
    talking.session.sendMessage('a long story that takes quite a while to tell');
    await vi.waitUntil(() => talking.heard() > 0, { timeout: 5_000 });
    talking.session.interrupt();
    const cancelled = (event: AnyEvent) =>
      event.type === 'response.done' && event['response'].status === 'cancelled';
    await vi.waitUntil(() => talking.events.some(cancelled), { timeout: 5_000 });
    talking.session.sendMessage('good morning');
    await hears(talking, 'You said: good morning.');
    expect(said(talking).at(-1)).toBe('You said: good morning.');
    expectNoError(talking);
  });
});
