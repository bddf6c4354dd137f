import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallRecord } from '../../calls/call-record.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function openRecord() {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const key = {
    organizationId,
    callId: await insertCall(db, { organizationId, agentId, roomName: 'room', line: 'web' }),
  };
  return { ...key, record: new CallRecord(db, key, pino({ level: 'silent' })) };
}

it('dates a turn by when it was said, and keeps how long its caller waited', async () => {
  const { db } = database;
  const { callId, record } = await openRecord();
  record.turn({ role: 'agent', text: 'Hi.', saidAgo: 5_000 });
  // Told later, because it was transcribed later.
  record.turn({ role: 'agent', text: 'Tomorrow?', saidAgo: 1_000, latency: 640.4 });
  record.turn({ role: 'caller', text: 'a day please', saidAgo: 3_000 });
  record.turn({ role: 'caller', text: '[keys: 12]', medium: 'keys' });
  await record.written();
  const turns = await db
    .selectFrom('callTurns')
    .select(['text', 'medium', 'latency'])
    .where('callId', '=', callId)
    .orderBy('saidAt')
    .execute();
  expect(turns).toEqual([
    { text: 'Hi.', medium: 'speech', latency: null },
    { text: 'a day please', medium: 'speech', latency: null },
    { text: 'Tomorrow?', medium: 'speech', latency: 640 },
    { text: '[keys: 12]', medium: 'keys', latency: null },
  ]);
  const call = await db.selectFrom('calls').select('latencies').where('id', '=', callId).execute();
  expect(call).toEqual([{ latencies: [640] }]);
});

it('dates what comes close together in the order in which it happened', async () => {
  const { db } = database;
  const { callId, record } = await openRecord();
  const words = Array.from({ length: 40 }, (_, place) => `word ${place}`);
  // Told in another order, as transcripts and answers are.
  for (const [place, text] of words.entries()) {
    record.turn({ role: 'agent', text: `${text} said`, saidAgo: 2 * (40 - place) });
    record.turn({ role: 'caller', text, saidAgo: 2 * (40 - place) + 1 });
  }
  await record.written();
  const turns = await db
    .selectFrom('callTurns')
    .select('text')
    .where('callId', '=', callId)
    .orderBy('saidAt')
    .orderBy('id')
    .execute();
  const own = turns.map(({ text }) => text).filter((text) => !text.endsWith('said'));
  expect(own).toEqual(words);
});

it('writes marks and charges at once, without what was keyed in as a secret', async () => {
  const { db } = database;
  const { callId, record } = await openRecord();
  record.secrets.add('4711');
  record.mark('agent', { state: 'speaking' });
  record.mark('truth.stopped', { claim: 'booked' }, 'Booked under 4 7 1 1.');
  record.charge({
    kind: 'transcription',
    model: 'gpt-transcribe',
    amounts: { seconds: 4 },
    cost: 0.0003,
  });
  record.charge({ kind: 'response', model: 'other', amounts: { textInput: 7 }, cost: null });
  await record.written();
  const marks = db.selectFrom('callMarks').where('callId', '=', callId);
  const charges = db.selectFrom('callCharges').where('callId', '=', callId);
  expect(await marks.selectAll().orderBy('id').execute()).toMatchObject([
    { kind: 'agent', details: { state: 'speaking' }, words: null },
    { kind: 'truth.stopped', details: { claim: 'booked' }, words: 'Booked under ••••.' },
  ]);
  expect(await charges.selectAll().orderBy('id').execute()).toMatchObject([
    {
      kind: 'transcription',
      model: 'gpt-transcribe',
      amounts: { seconds: 4 },
      cost: '0.000300000',
    },
    { kind: 'response', model: 'other', amounts: { textInput: 7 }, cost: null },
  ]);
});

it('says on the row that the call lives, until it has ended', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const started = { roomName: 'room', line: 'web' as const };
  const callId = await insertCall(db, { organizationId, agentId, ...started });
  const record = new CallRecord(db, { organizationId, callId }, pino({ level: 'silent' }));
  const lastSign = async () =>
    (
      await db
        .selectFrom('calls')
        .select('lastSignAt')
        .where('id', '=', callId)
        .executeTakeFirstOrThrow()
    ).lastSignAt;
  record.keepAlive();
  await db.updateTable('calls').set({ lastSignAt: LONG_AGO }).execute();
  vi.advanceTimersByTime(10_000);
  await vi.waitUntil(async () => (await lastSign()) > LONG_AGO, { timeout: 30_000 });
  await record.finish({ outcome: 'no_booking', reason: 'ended', by: 'caller' });
  expect(vi.getTimerCount()).toBe(0);
  const row = await db.selectFrom('calls').selectAll().where('id', '=', callId).execute();
  expect(row).toMatchObject([{ outcome: 'no_booking', endReason: 'ended', endedBy: 'caller' }]);
});
