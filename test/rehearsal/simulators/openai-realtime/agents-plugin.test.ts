import { once } from 'node:events';
import { initializeLogger, llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { AudioFrame } from '@livekit/rtc-node';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_KEY, startServer, type RunningServer } from './realtime-client.ts';
import { silence, tone } from './test-mind.ts';

let server: RunningServer;
let session: realtime.RealtimeSession;

beforeAll(() => initializeLogger({ pretty: false, level: 'fatal' }));
afterEach(async () => {
  await session.close();
  await server.close();
});

async function connect(
  options: Parameters<typeof startServer>[0] = {},
  model: ConstructorParameters<typeof realtime.RealtimeModel>[0] = {},
): Promise<void> {
  server = await startServer(options);
  session = new realtime.RealtimeModel({
    apiKey: API_KEY,
    baseURL: server.baseUrl,
    turnDetection: { type: 'server_vad', silence_duration_ms: 300 },
    ...model,
  }).session();
}

interface Said {
  id: string;
  text: string;
  samples: number;
}

async function said(generation: llm.GenerationCreatedEvent): Promise<Said> {
  for await (const message of generation.messageStream) {
    const [text, samples] = await Promise.all([
      collect(message.textStream),
      collect(message.audioStream),
    ]);
    return {
      id: message.messageId,
      text: text.map(String).join(''),
      samples: samples.reduce((sum, frame) => sum + frame.samplesPerChannel, 0),
    };
  }
  throw new Error('nothing was said');
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of stream) all.push(part);
  return all;
}

async function userSays(text: string): Promise<void> {
  const context = session.chatCtx.copy();
  context.addMessage({ role: 'user', content: text });
  await session.updateChatCtx(context);
}

function speak(...pieces: Int16Array[]): void {
  for (const samples of pieces)
    session.pushAudio(new AudioFrame(samples, 24_000, 1, samples.length));
}

async function nextGeneration(): Promise<llm.GenerationCreatedEvent> {
  const [generation] = (await once(session, 'generation_created')) as [llm.GenerationCreatedEvent];
  return generation;
}

async function serverEvent(type: string): Promise<Record<string, unknown>> {
  const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
  const listener = (event: Record<string, unknown>): void => {
    if (event['type'] !== type) return;
    session.off('openai_server_event_received', listener);
    resolve(event);
  };
  session.on('openai_server_event_received', listener);
  return await promise;
}

describe('the RealtimeModel of @livekit/agents-plugin-openai', () => {
  it('says what generateReply is told to, in words and audio', async () => {
    await connect();
    await session.updateInstructions('You are the receptionist.');
    const generation = await session.generateReply(
      'Say exactly this, word for word: "Hi, how can I help you?"',
    );
    const words = 'Hi, how can I help you?';
    expect(generation.userInitiated).toBe(true);
    expect(await said(generation)).toMatchObject({ text: words, samples: words.length * 20 * 24 });
  });

  it('answers a typed message', async () => {
    await connect();
    await userSays('good morning');
    const reply = await said(await session.generateReply());
    expect(reply.text).toBe('You said: good morning.');
    expect(session.chatCtx.items).toHaveLength(2);
  });

  it('calls a function and takes its result', async () => {
    await connect();
    await session.updateTools(
      new llm.ToolContext([
        llm.tool({
          name: 'look_up',
          description: 'Looks something up.',
          parameters: z.object({ n: z.number() }),
          execute: async () => 'unused',
        }),
      ]),
    );
    await userSays('please look_up');
    const [call] = await collect((await session.generateReply()).functionStream);
    expect(call).toMatchObject({ name: 'look_up', args: '{"n":1}' });

    const context = session.chatCtx.copy();
    context.insert(
      llm.FunctionCallOutput.create({
        callId: call?.callId ?? '',
        name: 'look_up',
        output: 'found',
        isError: false,
      }),
    );
    await session.updateChatCtx(context);
    expect((await said(await session.generateReply())).text).toBe('Result: found');
  });

  it('hears speech, transcribes it and replies unasked', async () => {
    await connect();
    const started = once(session, 'input_speech_started');
    const transcribed = new Promise<string>((resolve) => {
      session.on('input_audio_transcription_completed', (event) => {
        if (event.isFinal) resolve(event.transcript);
      });
    });
    const generation = nextGeneration();
    speak(silence(300), tone(400, 600, 24_000), silence(600));
    await started;
    expect(await transcribed).toBe('hello there');
    expect((await said(await generation)).text).toBe('You said: hello there.');
  });

  it('is interrupted by speech and truncates what was not heard', async () => {
    await connect({ speechPace: 1 });
    await userSays('a long story that takes quite a while to tell');
    const story = said(await session.generateReply());
    await serverEvent('response.output_audio.delta');
    const done = serverEvent('response.done');
    speak(tone(400, 600, 24_000));
    expect(await done).toMatchObject({
      response: { status: 'cancelled', status_details: { reason: 'turn_detected' } },
    });
    const { id, text } = await story;
    expect('You said: a long story that takes quite a while to tell.').toContain(text);

    const truncated = serverEvent('conversation.item.truncated');
    await session.truncate({ messageId: id, audioEndMs: 100, modalities: ['text', 'audio'] });
    expect(await truncated).toMatchObject({ item_id: id, audio_end_ms: 100 });

    const generation = nextGeneration();
    speak(silence(600));
    expect((await said(await generation)).text).toBe('You said: hello there.');
  });

  it('cancels a reply when the session interrupts it', async () => {
    await connect({ speechPace: 1 });
    await userSays('a long story that takes quite a while to tell');
    const story = said(await session.generateReply());
    const done = serverEvent('response.done');
    await session.interrupt();
    expect(await done).toMatchObject({
      response: { status: 'cancelled', status_details: { reason: 'client_cancelled' } },
    });
    await story.catch(() => undefined);
  });

  it('writes instead of speaking when it is asked for text', async () => {
    await connect({}, { modalities: ['text'] });
    await userSays('good morning');
    expect(await said(await session.generateReply())).toMatchObject({
      text: 'You said: good morning.',
      samples: 0,
    });
  });

  it('commits audio by hand without turn detection', async () => {
    await connect({}, { turnDetection: null });
    speak(tone(400, 600, 24_000));
    await session.commitAudio();
    expect((await said(await session.generateReply())).text).toBe('You said: hello there.');
  });
});
