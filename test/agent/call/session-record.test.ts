import { initializeLogger, llm, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { AnswerTimes } from '../../../agent/call/answer-times.ts';
import { SessionRecord } from '../../../agent/call/session-record.ts';
import { createRealtimeModel } from '../../../agent/model/realtime-model.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import {
  API_KEY,
  startServer,
} from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import type { RunningServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import {
  createTestMind,
  silence,
  tone,
} from '../../rehearsal/simulators/openai-realtime/test-mind.ts';
import { insertTenant } from '../../support/tenants.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
let server: RunningServer;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'fatal' });
  server = await startServer({ mind: createTestMind({ pace: 10 }) });
});
afterAll(async () => {
  await server?.close();
});

/** A caller's microphone, without a room. */
class Microphone extends voice.AudioInput {
  #open!: ReadableStreamDefaultController<AudioFrame>;

  constructor() {
    super();
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({ start: (controller) => void (this.#open = controller) }),
    );
  }

  speak(samples: Int16Array): void {
    this.#open.enqueue(new AudioFrame(samples, 24_000, 1, samples.length));
  }
}

/** A loudspeaker that plays at once, in no time. */
class Loudspeaker extends voice.AudioOutput {
  #seconds = 0;

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#seconds === 0) this.onPlaybackStarted(Date.now());
    this.#seconds += frame.samplesPerChannel / frame.sampleRate;
  }

  override flush(): void {
    super.flush();
    if (this.#seconds > 0) this.#end(false);
  }

  clearBuffer(): void {
    this.#end(true);
  }

  #end(interrupted: boolean): void {
    const playbackPosition = this.#seconds;
    this.#seconds = 0;
    this.onPlaybackFinished({ playbackPosition, interrupted });
  }
}

async function openSession() {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const key = {
    organizationId,
    callId: await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' }),
  };
  const record = new CallRecord(db, key, pino({ level: 'silent' }));
  const written = new SessionRecord({
    record,
    baseUrl: server.baseUrl,
    model: 'asked-for',
    medium: 'speech',
    now: MACHINE_CLOCK.now,
  });
  const session = new voice.AgentSession({
    llm: createRealtimeModel({
      apiKey: API_KEY,
      baseUrl: server.baseUrl,
      model: 'gpt-realtime-2.1',
      transcriptionModel: 'gpt-transcribe',
      reasoningEffort: 'low',
      keywords: [],
      voice: 'marin',
      language: 'en',
      proxy: {},
      onUnreachable: () => {},
      onUnreadable: () => {},
      onServerEvent: (event) => written.received(event),
    }),
    vad: null,
    turnHandling: { turnDetection: 'realtime_llm' },
    aecWarmupDuration: null,
  });
  written.follow(session);
  const microphone = new Microphone();
  session.input.audio = microphone;
  session.output.audio = new Loudspeaker(24_000);
  await session.start({ agent: new voice.Agent({ instructions: 'Repeat.' }), record: false });
  onTestFinished(() => session.close());
  const turns = async () => {
    await record.written();
    return db
      .selectFrom('callTurns')
      .select(['role', 'text', 'medium', 'latency', 'saidAt'])
      .where('callId', '=', key.callId)
      .orderBy('saidAt')
      .execute();
  };
  return { session, microphone, record, turns, callId: key.callId };
}

it('writes who said what in the order of speaking, how long the caller waited, and what is paid', async () => {
  const { session, microphone, turns, callId } = await openSession();
  await session.generateReply({ instructions: 'Say "Hi, this is a test."' }).waitForPlayout();
  microphone.speak(silence(300));
  microphone.speak(tone(400, 800, 24_000));
  microphone.speak(silence(3_000));
  await vi.waitUntil(async () => (await turns()).length >= 3, { timeout: 30_000 });
  session.generateReply({ userInput: 'typed words' });
  await vi.waitUntil(async () => (await turns()).length >= 5, { timeout: 30_000 });
  const said = await turns();
  expect(said).toMatchObject([
    { role: 'agent', medium: 'speech', text: 'Hi, this is a test.', latency: null },
    { role: 'caller', medium: 'speech', text: 'hello there', latency: null },
    { role: 'agent', medium: 'speech', text: 'You said: hello there.' },
    { role: 'caller', medium: 'text', text: 'typed words', latency: null },
    { role: 'agent', medium: 'speech', text: 'You said: typed words.' },
  ]);
  for (const answer of [said[2], said[4]]) {
    expect(answer?.latency).toBeGreaterThanOrEqual(0);
    expect(answer?.latency).toBeLessThan(20_000);
  }
  const charges = await database.db
    .selectFrom('callCharges')
    .selectAll()
    .where('callId', '=', callId)
    .orderBy('id')
    .execute();
  const heard = charges.filter(({ kind }) => kind === 'transcription');
  // It is none of OpenAI's servers: nobody here knows what it takes.
  expect(heard).toMatchObject([
    {
      model: 'gpt-transcribe',
      amounts: { seconds: expect.any(Number) as number },
      cost: null,
    },
  ]);
  const answers = charges.filter(({ kind }) => kind === 'response');
  expect(answers.map(({ model, cost }) => [model, cost])).toEqual(
    Array.from({ length: 3 }, () => ['gpt-realtime-2.1', null]),
  );
  expect(answers[1]?.amounts).toMatchObject({ audioOutput: expect.any(Number) as number });
  expect(answers[1]?.amounts.audioInput).toBeGreaterThan(0);
  const marks = await database.db
    .selectFrom('callMarks')
    .select(['kind', 'details'])
    .where('callId', '=', callId)
    .execute();
  expect(marks).toContainEqual({ kind: 'agent', details: { state: 'speaking' } });
  expect(marks).toContainEqual({ kind: 'caller', details: { state: 'speaking' } });
});

it('dates a written answer by its first word, whoever was quicker than its last one', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const callId = await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' });
  const record = new CallRecord(db, { organizationId, callId }, pino({ level: 'silent' }));
  const { baseUrl } = server;
  const medium = 'text' as const;
  const written = new SessionRecord({
    record,
    baseUrl,
    model: 'm',
    medium,
    now: MACHINE_CLOCK.now,
  });
  const session = new voice.AgentSession({});
  written.follow(session);
  const add = (role: 'user' | 'assistant', id: string) => {
    const item = llm.ChatMessage.create({ role, id, content: id });
    const type = 'conversation_item_added' as const;
    session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { type, item, createdAt: 0 });
  };
  written.received({ type: 'response.output_item.added', item: { id: 'answer', type: 'message' } });
  const answered = performance.now();
  await vi.waitUntil(() => performance.now() > answered + 2, { interval: 1 });
  add('user', 'next words');
  add('assistant', 'answer');
  await record.written();
  const turns = db.selectFrom('callTurns').select(['text', 'latency']).where('callId', '=', callId);
  expect(await turns.orderBy('saidAt').execute()).toEqual([
    { text: 'answer', latency: null },
    { text: 'next words', latency: null },
  ]);
});

it('counts from the end of the words that are answered, not of those that came after', () => {
  const times = new AnswerTimes();
  expect(times.agentSpoke(5)).toBe(null);
  times.callerEnded(100);
  times.callerEnded(400);
  times.callerEnded(2_000);
  // Told after the caller had spoken again.
  expect(times.agentSpoke(900)).toBe(500);
  // A second message of the same answer.
  expect(times.agentSpoke(900)).toBe(null);
  expect(times.agentSpoke(2_600)).toBe(600);
});

const TEXT = { text_tokens: 30, audio_tokens: 100, image_tokens: 0 };

it.each([
  {
    what: 'what was read before, apart, of an answer that was cancelled too',
    event: {
      type: 'response.done',
      response: {
        status: 'cancelled',
        usage: {
          input_token_details: {
            ...TEXT,
            cached_tokens: 70,
            cached_tokens_details: { text_tokens: 10, audio_tokens: 60 },
          },
          output_token_details: { text_tokens: 5, audio_tokens: 20 },
        },
      },
    },
    charge: {
      kind: 'response',
      amounts: {
        textInput: 20,
        cachedTextInput: 10,
        audioInput: 40,
        cachedAudioInput: 60,
        textOutput: 5,
        audioOutput: 20,
      },
    },
  },
  {
    what: 'a transcript that is paid by tokens',
    event: {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'item',
      transcript: 'hello',
      usage: {
        type: 'tokens',
        input_tokens: 26,
        output_tokens: 4,
        total_tokens: 30,
        input_token_details: { text_tokens: 6, audio_tokens: 20 },
      },
    },
    charge: {
      kind: 'transcription',
      model: 'gpt-transcribe',
      amounts: { textInput: 6, audioInput: 20, textOutput: 4 },
    },
  },
])('charges $what', async ({ event, charge }) => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const callId = await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' });
  const record = new CallRecord(db, { organizationId, callId }, pino({ level: 'silent' }));
  const written = new SessionRecord({
    record,
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-realtime-2.1',
    medium: 'speech',
    now: () => new Date('2026-11-29T00:00:00Z'),
  });
  written.received({
    type: 'session.updated',
    session: { audio: { input: { transcription: { model: 'gpt-transcribe' } } } },
  });
  written.received(event);
  // Without usage nothing is charged; what cannot be read disturbs nothing.
  written.received({ type: 'response.done', response: { status: 'failed' } });
  written.received({ type: 'response.done', response: null });
  await record.written();
  const charges = await db
    .selectFrom('callCharges')
    .selectAll()
    .where('callId', '=', callId)
    .execute();
  expect(charges).toMatchObject([charge]);
});
