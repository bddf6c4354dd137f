import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Room } from '@livekit/rtc-node';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { AnsweredCall } from '../../../agent/call/open-call.ts';
import { saysItIsRecorded } from '../../../agent/call/opening.ts';
import { recordCall } from '../../../agent/call/record-call.ts';
import { sentencesIn } from '../../../booking/languages/sentences/sentences-in.ts';
import { toLanguage } from '../../../calls/languages.ts';
import { stopRecording } from '../../../agent/tools/stop-recording.ts';
import { CallRecording } from '../../../agent/recording/call-recording.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { beginRecording, listRecordings, refuseRecording } from '../../../db/calls/recordings.ts';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { makeFolder, openPlaces } from '../../support/recordings.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });

const EXACT = /word for word: "(.*)"/u;
const NOTICE = 'This call is recorded.';

/** @param answer what the model says that is told to say something, and to what a caller says */
async function open(answer: (wanted: string | undefined, conversation: Conversation) => Reply) {
  const { agentId } = await insertTenant(database.db, { agent: { recording: true } });
  const spool = await makeFolder();
  let recording: CallRecording | undefined;
  const reply = (conversation: Conversation): Reply =>
    answer(EXACT.exec(conversation.responseInstructions ?? '')?.[1], conversation);
  const call = await SpokenCall.open(database.db, {
    agentId,
    dialogue: { reply },
    openRecording: ({ id: callId, agent: { organizationId } }) => {
      const key = { organizationId, callId };
      recording = new CallRecording({ db: database.db, key, spool, logger });
      return recording;
    },
  });
  if (!recording) throw new Error('Nothing records the call.');
  const of = recording;
  return {
    call,
    recording: of,
    close: async () => {
      await call.close();
      await of.end();
    },
    stateOf: async () => {
      const row = await database.db
        .selectFrom('calls')
        .select('recording')
        .where('id', '=', call.call.id)
        .executeTakeFirstOrThrow();
      return row.recording;
    },
  };
}

const obeys = (wanted: string | undefined): Reply => ({ say: wanted ?? 'All right.', calls: [] });

describe('a recording', () => {
  it('begins once its caller has heard of it, and not before', async () => {
    const { call, recording, stateOf, close } = await open(obeys);
    expect(recording.isOn).toBe(false);
    expect(await stateOf()).toBeNull();
    call.conversation.greet();
    await call.hears(`I am an AI assistant. ${NOTICE}`);
    await vi.waitUntil(() => recording.isOn, { timeout: 10_000 });
    await expect.poll(stateOf).toBe('announced');
    await close();
  });

  it('waits for its announcement where the greeting came out in other words', async () => {
    let isFirst = true;
    const { call, recording, close } = await open((wanted) => {
      const say = isFirst ? 'Clinic, the AI assistant speaking.' : (wanted ?? 'All right.');
      isFirst = false;
      return { say, calls: [] };
    });
    call.conversation.greet();
    await call.hears(/^\s*Clinic, the AI assistant speaking\.\s+This call is recorded\.$/);
    await vi.waitUntil(() => recording.isOn, { timeout: 10_000 });
    expect(call.heard().match(/recorded/g)).toHaveLength(1);
    await close();
  });

  it('is never made where the model does not say so', async () => {
    const { call, recording, stateOf, close } = await open(() => ({
      say: 'I am an AI, hello.',
      calls: [],
    }));
    call.conversation.greet();
    await call.hears('I am an AI, hello. I am an AI, hello. I am an AI, hello.');
    await call.isQuiet();
    call.say('hello');
    await call.isQuiet();
    expect(recording.isOn).toBe(false);
    expect(await stateOf()).toBeNull();
    await close();
  });

  it('ends when the caller does not want it, and nobody speaks of it as if it went on', async () => {
    const { call, recording, stateOf, close } = await open((wanted, conversation) => {
      if (wanted !== undefined) return { say: wanted, calls: [] };
      const last = conversation.items.at(-1);
      if (last?.type === 'function_call_output') {
        return { say: (JSON.parse(last.output) as { message: string }).message, calls: [] };
      }
      return { say: '', calls: [{ name: 'stop_recording', arguments: {} }] };
    });
    call.conversation.greet();
    await call.hears(NOTICE);
    await vi.waitUntil(() => recording.isOn, { timeout: 10_000 });
    await call.isQuiet();
    call.say('I do not want to be recorded');
    await call.hears('no longer recorded');
    expect(recording.isOn).toBe(false);
    expect(await stateOf()).toBe('refused');
    await close();
  });
});

it('tells a caller whose no could not be written what is true of it', async () => {
  const tool = stopRecording({ refuse: () => Promise.resolve(false) });
  const answer = JSON.stringify(await tool.run({}, undefined));
  expect(answer).toContain('nothing is recorded from now on');
  expect(answer).not.toMatch(/booked|is being deleted/);
});

describe('a call that was taken over', () => {
  /** @param tools that were called before */
  async function takeOver({ isRefused = false, tools = [] as string[] }) {
    const { organizationId, agentId } = await insertTenant(database.db);
    const roomName = randomUUID();
    const of = { organizationId, agentId, roomName, line: 'web' } as const;
    const key = { organizationId, callId: await insertCall(database.db, of) };
    const part = { id: randomUUID(), age: () => 0 };
    await beginRecording(database.db, key, part);
    if (isRefused) await refuseRecording(database.db, key);
    const recorded = await recordCall({
      db: database.db,
      config: { recordings: openPlaces({ RECORDINGS_FOLDER: join(await makeFolder(), 'kept') }) },
      answered: {
        call: {
          id: key.callId,
          agent: { organizationId, recording: true },
          isSilent: false,
          logger,
          earlier: { tools: tools.map((name) => ({ name, isAnswered: false })) },
        },
        phone: null,
      } as unknown as AnsweredCall,
      room: Object.assign(new EventEmitter(), {
        remoteParticipants: new Map(),
      }) as unknown as Room,
    });
    return { recorded, parts: () => listRecordings(database.db, key.callId) };
  }

  it('goes on to be recorded', async () => {
    const { recorded, parts } = await takeOver({});
    expect(await recorded?.recording?.begin()).toBe(true);
    await recorded?.end();
    expect(await parts()).toHaveLength(2);
  });

  it('is not recorded again where its caller said no', async () => {
    const { recorded, parts } = await takeOver({ isRefused: true });
    expect(recorded).not.toHaveProperty('recording');
    await recorded?.end();
    expect(await parts()).toEqual([]);
  });

  it('is not recorded again where the process died before the no was written', async () => {
    const { recorded, parts } = await takeOver({ tools: ['stop_recording'] });
    expect(recorded).not.toHaveProperty('recording');
    await recorded?.end();
    expect(await parts()).toEqual([]);
  });
});

describe('words that speak of a recording', () => {
  it.each(['en', 'es', 'fr', 'de', 'pt', 'it'])('are known in %s', (language) => {
    expect(saysItIsRecorded(sentencesIn(toLanguage(language)).call.isRecorded)).toBe(true);
  });

  it.each([
    ['Calls may be recorded to train our staff.', true],
    ['Hi! We record this call. How can I help?', true],
    ['Las llamadas son grabadas.', true],
    ['Wir zeichnen das Gespräch auf.', true],
    ['This call is not recorded.', false],
    ['Questa chiamata non viene registrata.', false],
    ['I have your medical record here.', false],
    ['Hi, this is Harbor Street Records, how can I help you?', false],
    ['Hello! This call may be monitored and recorded.', true],
    ['We’re recording this call, and how can I help you?', true],
    ['All of our calls are recorded.', true],
    ['Your message is recorded.', false],
    ['Thanks for your call, your message is recorded.', false],
    ['What you said in this call is recorded.', false],
    ['I record your name for the call.', false],
    ['Le informo que esta llamada está siendo grabada.', true],
    ['Grabamos todas las llamadas.', true],
    ['Su llamada puede ser grabada.', true],
    ['Su mensaje queda grabado.', false],
    ['Su petición de esta llamada se graba.', false],
    ['Cet appel est enregistré.', true],
    ['Vos appels peuvent être enregistrés.', true],
    ['C’est enregistré.', false],
    ['Votre rendez-vous est bien enregistré.', false],
    ['Votre demande lors de l’appel est enregistrée.', false],
    ['Zur Qualitätssicherung wird dieser Anruf aufgezeichnet.', true],
    ['Das Telefongespräch wird zu Schulungszwecken aufgenommen.', true],
    ['Ich habe Ihre Nachricht aufgenommen.', false],
    ['Ihr Wunsch aus diesem Gespräch wird aufgenommen.', false],
    ['Esta ligação está sendo gravada.', true],
    ['Este atendimento será gravado.', true],
    ['Sua mensagem foi gravada.', false],
    ['O seu pedido é gravado.', false],
    ['La chiamata può essere registrata.', true],
    ['Registriamo tutte le telefonate.', true],
    ['La sua richiesta è stata registrata.', false],
    ['La sua richiesta durante la chiamata è registrata.', false],
  ])('%s', (words, expected) => {
    expect(saysItIsRecorded(words)).toBe(expected);
  });
});
