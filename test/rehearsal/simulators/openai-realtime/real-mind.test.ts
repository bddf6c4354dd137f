import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMind } from '../../../../rehearsal/simulators/openai-realtime/mind/create-mind.ts';
import {
  createVoice,
  type ClosableVoice,
} from '../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import { RealtimeClient, startServer, type RunningServer } from './realtime-client.ts';
import { silence } from './test-mind.ts';

// Decoding is computing: on a machine busy with other tests it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: RunningServer;
let caller: ClosableVoice;

beforeAll(async () => {
  caller = await createVoice({ voice: 'rms' });
  server = await startServer({ mind: await createMind(), detectorLag: 96, speechPace: 6 });
});
afterAll(async () => {
  await server.close();
  await caller.close();
});

async function connect(): Promise<RealtimeClient> {
  const client = await RealtimeClient.connect(server.baseUrl);
  client.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      instructions:
        'Business: Harbor Street Clinic\nToday: Monday, November 23, 2026, 9:00 AM, America/New_York',
      audio: {
        input: {
          transcription: { model: 'gpt-4o-mini-transcribe' },
          turn_detection: { type: 'semantic_vad' },
        },
      },
    },
  });
  await client.next('session.updated');
  client.send({
    type: 'response.create',
    response: {
      instructions:
        'Say exactly this, word for word: "Hi, this is Harbor Street Clinic, how can I help you?"',
    },
  });
  return client;
}

const SENTENCE = /^i would like to book an appointment\.?$/i;
const COMPLETED = 'conversation.item.input_audio_transcription.completed';

describe('the real mind behind the server', () => {
  it('greets as told, hears a spoken sentence and replies aloud', async () => {
    const client = await connect();
    const greeting = (await client.next('response.done'))['response'];
    expect(greeting.output[0].content[0].transcript).toContain(
      'Hi, this is Harbor Street Clinic, how can I help you?',
    );

    const speech = await caller.speak('i would like to book an appointment');
    client.sendAudio(silence(500), speech, silence(1500));
    expect((await client.next(COMPLETED))['transcript']).toMatch(SENTENCE);
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({ status: 'completed', output: [{ role: 'assistant' }] });
    expect(response.usage.output_token_details.audio_tokens).toBeGreaterThan(10);
  });

  it('hears three callers at once', async () => {
    const clients = await Promise.all([connect(), connect(), connect()]);
    const speech = await caller.speak('i would like to book an appointment');
    const heard = await Promise.all(
      clients.map(async (client) => {
        await client.next('response.done');
        client.sendAudio(silence(500), speech, silence(1500));
        return (await client.next(COMPLETED))['transcript'] as string;
      }),
    );
    expect(heard).toHaveLength(3);
    for (const each of heard) expect(each).toMatch(SENTENCE);
  });
});
