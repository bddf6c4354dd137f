import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { insertCall } from '../../db/calls/calls.ts';
import {
  beginRecording,
  endRecording,
  listRecordings,
  noteStored,
  refuseRecording,
} from '../../db/calls/recordings.ts';
import { deleteRecordings } from '../../jobs/tasks/delete-recordings.ts';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { forget } from '../../manage/forget.ts';
import { environmentOf, openPlaces } from '../support/recordings.ts';
import { startS3Server } from '../support/s3-server.ts';
import type { S3Server } from '../support/s3-server.ts';
import { insertTenant } from '../support/tenants.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

const CLOCK = clockFrom('2026-11-20T22:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const logger = pino({ level: 'silent' });
const CALLER = '+12025550123';

/** A call whose recording lies in the bucket. */
async function storeRecording(s3: S3Server, days = 0) {
  const { organizationId, agentId } = await insertTenant(database.db);
  const startedAt = CLOCK.ago(days * 86_400_000);
  const row = { organizationId, agentId, roomName: randomUUID(), startedAt };
  const callId = await insertCall(database.db, { ...row, line: 'phone', callerNumber: CALLER });
  await database.db
    .updateTable('calls')
    .set({ endedAt: startedAt })
    .where('id', '=', callId)
    .execute();
  const id = randomUUID();
  await beginRecording(database.db, { organizationId, callId }, { id, age: () => 0 });
  await endRecording(database.db, id, { milliseconds: 1_000, bytes: 32_058, incomplete: null });
  await noteStored(database.db, id, await openPlaces(environmentOf(s3)).store.name());
  s3.objects.set(`${id}.wav`, Buffer.from('sound'));
  return { organizationId, callId, id };
}

async function run(environment: Record<string, string>, log = logger): Promise<void> {
  const store = Object.keys(environment).length === 0 ? null : openPlaces(environment).store;
  await deleteRecordings({ db: database.db, logger: log, store })({}, undefined as never);
}

async function rows(): Promise<string[]> {
  const all = await database.db.selectFrom('callRecordings').select('id').execute();
  return all.map(({ id }) => id);
}

test('deletes what a caller did not want, and nothing else', async () => {
  const s3 = await startS3Server();
  const refused = await storeRecording(s3);
  const kept = await storeRecording(s3);
  await refuseRecording(database.db, refused);
  await run(environmentOf(s3));
  expect([...s3.objects.keys()]).toEqual([`${kept.id}.wav`]);
  expect(await rows()).not.toContain(refused.id);
  expect(await listRecordings(database.db, kept.callId)).toHaveLength(1);
  await run(environmentOf(s3));
  expect(s3.objects.size).toBe(1);
});

test('keeps the row until the bucket has done it', async () => {
  const s3 = await startS3Server();
  const { id, ...call } = await storeRecording(s3);
  await refuseRecording(database.db, call);
  for (const fault of ['reset', 'error', 'denied'] as const) {
    s3.fault = fault;
    await run(environmentOf(s3));
    expect(await rows()).toContain(id);
  }
  s3.fault = null;
  await run(environmentOf(s3));
  expect(await rows()).not.toContain(id);
  expect(s3.objects.size).toBe(0);
});

test('goes on where it broke off between the object and the row', async () => {
  const s3 = await startS3Server();
  const { id, ...call } = await storeRecording(s3);
  await refuseRecording(database.db, call);
  s3.objects.clear();
  await run(environmentOf(s3));
  expect(await rows()).not.toContain(id);
});

test('does not take another place for the one where it lies', async () => {
  const s3 = await startS3Server();
  const { id, ...call } = await storeRecording(s3);
  await refuseRecording(database.db, call);
  const said: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });
  const folder = await mkdtemp('/tmp/slotline-test-');
  for (const environment of [{}, { ...environmentOf(s3), RECORDINGS_S3_BUCKET: 'new' }]) {
    await run(environment, log);
  }
  await run({ RECORDINGS_FOLDER: folder }, log);
  expect(await rows()).toContain(id);
  expect(said.filter((line) => line.includes('RECORDINGS_'))).toHaveLength(2);
  await run(environmentOf(s3));
  expect(await rows()).not.toContain(id);
});

test('deletes what a worker put there that died before it could note so', async () => {
  const s3 = await startS3Server();
  const { id, ...call } = await storeRecording(s3);
  await database.db
    .updateTable('callRecordings')
    .set({ store: null })
    .where('id', '=', id)
    .execute();
  await refuseRecording(database.db, call);
  // Where the jobs know of no place, the object may lie in any.
  await run({});
  expect(await rows()).toContain(id);
  s3.fault = 'error';
  await run(environmentOf(s3));
  expect(await rows()).toContain(id);
  s3.fault = null;
  await run(environmentOf(s3));
  expect(s3.objects.size).toBe(0);
  expect(await rows()).not.toContain(id);
});

test('deletes a recording with its transcript, when the organization keeps it no longer', async () => {
  const s3 = await startS3Server();
  const old = await storeRecording(s3, 31);
  const recent = await storeRecording(s3, 29);
  await purgeRecords({ db: database.db, logger, batch: 1 })({}, undefined as never);
  await run(environmentOf(s3));
  expect([...s3.objects.keys()]).toEqual([`${recent.id}.wav`]);
  expect(await rows()).not.toContain(old.id);
});

test('deletes what an organization leaves behind that is gone', async () => {
  const s3 = await startS3Server();
  const { id, organizationId } = await storeRecording(s3);
  await database.db.deleteFrom('calls').where('organizationId', '=', organizationId).execute();
  expect(await rows()).toContain(id);
  await run(environmentOf(s3));
  expect(await rows()).not.toContain(id);
  expect(s3.objects.size).toBe(0);
});

test('forgetting a person deletes how they sounded', async () => {
  const s3 = await startS3Server();
  const { id, organizationId, callId } = await storeRecording(s3);
  const dry = await forget(database.db, organizationId, { person: CALLER, dryRun: true });
  expect(dry.recordings).toBe(1);
  expect(await listRecordings(database.db, callId)).toHaveLength(1);
  const forgotten = await forget(database.db, organizationId, { person: CALLER });
  expect(forgotten.recordings).toBe(1);
  expect(await listRecordings(database.db, callId)).toEqual([]);
  await run(environmentOf(s3));
  expect(await rows()).not.toContain(id);
  expect(s3.objects.size).toBe(0);
});
