import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { saysItIsRecorded } from '../../../agent/call/opening.ts';
import { phrasesIn } from '../../../agent/model/set-phrases.ts';
import { CallRecording } from '../../../agent/recording/call-recording.ts';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { makeFolder } from '../../support/recordings.ts';
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

describe('words that speak of a recording', () => {
  it.each(['en', 'es', 'fr', 'de', 'pt', 'it'])('are known in %s', (language) => {
    expect(saysItIsRecorded(phrasesIn(language).isRecorded)).toBe(true);
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
  ])('%s', (words, expected) => {
    expect(saysItIsRecorded(words)).toBe(expected);
  });
});
