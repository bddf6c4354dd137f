import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { CallRecording } from '../../../agent/recording/call-recording.ts';
import { Uploads } from '../../../agent/recording/uploads.ts';
import type { RecordingPlaces } from '../../../calls/recordings/open-store.ts';
import { HEADER_LENGTH, waveHeader } from '../../../calls/recordings/wave-format.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { listRecordings } from '../../../db/calls/recordings.ts';
import { decodeMuLaw } from '../../../runtime/g711.ts';
import { environmentOf, makeFolder, openPlaces } from '../../support/recordings.ts';
import { startS3Server } from '../../support/s3-server.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });
const PIECE = { data: new Int16Array(1_600).fill(8_000), sampleRate: 16_000 };

async function insertTestCall() {
  const { organizationId, agentId } = await insertTenant(database.db);
  const roomName = randomUUID();
  const of = { organizationId, agentId, roomName, line: 'web' } as const;
  return { organizationId, callId: await insertCall(database.db, of) };
}

function record(
  key: { organizationId: string; callId: string },
  spool: string,
  options: Partial<ConstructorParameters<typeof CallRecording>[0]> = {},
): CallRecording {
  const recording = new CallRecording({ db: database.db, key, spool, logger, ...options });
  onTestFinished(() => recording.end());
  return recording;
}

function upload(places: RecordingPlaces, deadAfter = 60_000): Promise<boolean> {
  return new Uploads({ ...places, db: database.db, logger, deadAfter }).sweep();
}

async function openBucket() {
  const s3 = await startS3Server();
  const spool = join(await makeFolder(), 'spool');
  return { s3, places: openPlaces({ ...environmentOf(s3), RECORDINGS_SPOOL: spool }) };
}

/** Resolves once sound of the recording is on the disk. */
async function isWritten(spool: string): Promise<void> {
  await vi.waitUntil(
    async () => {
      const [name] = await readdir(spool);
      return name !== undefined && (await stat(join(spool, name))).size > HEADER_LENGTH;
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe('a recording', () => {
  test('is written while the call goes on, and lies in the bucket after it', async () => {
    const { s3, places } = await openBucket();
    const key = await insertTestCall();
    const recording = record(key, places.spool);
    expect(await recording.begin()).toBe(true);
    recording.agentPlays(PIECE, 100);
    recording.callerSaid(PIECE);
    await isWritten(places.spool);
    await recording.end();
    expect(await upload(places)).toBe(true);
    expect(await readdir(places.spool)).toEqual([]);
    const [[name, object] = ['', Buffer.alloc(0)]] = s3.objects;
    const [part, ...others] = await listRecordings(database.db, key.callId);
    expect(others).toEqual([]);
    expect(part).toMatchObject({ bytes: object.length, incomplete: null });
    expect(part?.store).toBe(`s3:calls@${new URL(s3.endpoint).host}`);
    expect(`${part?.id}.wav`).toBe(name);
    // What its head says is what there is.
    expect(object.subarray(0, HEADER_LENGTH)).toEqual(waveHeader(object.length - HEADER_LENGTH));
    expect(part?.milliseconds).toBe(Math.round((object.length - HEADER_LENGTH) / 32));
    const samples = decodeMuLaw(object.subarray(HEADER_LENGTH));
    const loud = (side: number): number[] =>
      [...samples.keys()].filter((at) => at % 2 === side && (samples[at] ?? 0) > 7_000);
    // The agent's lies a tenth of a second ahead, and the caller's was over when it came.
    expect(loud(1)).toHaveLength(1_600);
    expect(loud(0).length).toBeLessThanOrEqual(1_600);
    expect(Math.min(...loud(1)) - Math.max(0, ...loud(0))).toBeGreaterThan(2 * 1_000);
  });

  test('of a process that was killed is whole up to there, and says so', async () => {
    const { s3, places } = await openBucket();
    const key = await insertTestCall();
    const recording = record(key, places.spool);
    await recording.begin();
    recording.callerSaid(PIECE);
    await isWritten(places.spool);
    // A process that lives is left alone.
    await upload(places);
    expect(s3.objects.size).toBe(0);
    await upload(places, 0);
    const [part] = await listRecordings(database.db, key.callId);
    expect(part).toMatchObject({ incomplete: 'The process of the call died.' });
    const [object = Buffer.alloc(0)] = s3.objects.values();
    expect(object.subarray(0, HEADER_LENGTH)).toEqual(waveHeader(object.length - HEADER_LENGTH));
  });

  test('has a part for each process that had the call', async () => {
    const { places } = await openBucket();
    const key = await insertTestCall();
    for (const recording of [record(key, places.spool), record(key, places.spool)]) {
      expect(await recording.begin()).toBe(true);
      await recording.end();
    }
    expect(await listRecordings(database.db, key.callId)).toHaveLength(2);
  });

  test('waits at the worker while the bucket does not answer', async () => {
    const { s3, places } = await openBucket();
    const key = await insertTestCall();
    const recording = record(key, places.spool);
    await recording.begin();
    await recording.end();
    for (const fault of ['reset', 'denied', 'error'] as const) {
      s3.fault = fault;
      expect(await upload(places)).toBe(false);
    }
    expect(await readdir(places.spool)).toHaveLength(1);
    expect(await listRecordings(database.db, key.callId)).toMatchObject([{ store: null }]);
    s3.fault = null;
    expect(await upload(places)).toBe(true);
    expect(s3.objects.size).toBe(1);
  });

  test('is not kept where its row is gone, whoever put it there', async () => {
    const { s3, places } = await openBucket();
    const name = `${randomUUID()}.wav`;
    s3.objects.set(name, Buffer.from('put there by a process that died'));
    await record(await insertTestCall(), places.spool).begin();
    await writeFile(join(places.spool, name), 'sound');
    await upload(places);
    expect(s3.objects.size).toBe(0);
    expect(await readdir(places.spool)).not.toContain(name);
  });

  test('with a disk that is full ends there, and the call goes on', async () => {
    const { places } = await openBucket();
    const key = await insertTestCall();
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const recording = record(key, places.spool, {
      createFile: async (path) => {
        await writeFile(path, 'sound');
        return {
          add: () => Promise.reject(full),
          close: () => Promise.resolve({ bytes: 5, milliseconds: 0 }),
        };
      },
    });
    expect(await recording.begin()).toBe(true);
    await vi.waitUntil(() => !recording.isOn, { timeout: 30_000 });
    recording.callerSaid(PIECE);
    await recording.end();
    await vi.waitUntil(
      async () => (await listRecordings(database.db, key.callId))[0]?.incomplete !== null,
      { timeout: 10_000 },
    );
    expect(await listRecordings(database.db, key.callId)).toMatchObject([
      { incomplete: 'The disk was full.' },
    ]);
  });

  test('that cannot even begin says why', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'file'), '');
    const key = await insertTestCall();
    const recording = record(key, join(folder, 'file', 'spool'));
    expect(await recording.begin()).toBe(false);
    expect(await listRecordings(database.db, key.callId)).toMatchObject([
      { bytes: 0, incomplete: 'It could not be written (ENOTDIR).' },
    ]);
  });
});

describe('a caller who does not want it', () => {
  test('has nothing recorded any more, and what was is gone', async () => {
    const { s3, places } = await openBucket();
    const key = await insertTestCall();
    const earlier = record(key, places.spool);
    await earlier.begin();
    await earlier.end();
    await upload(places);
    const recording = record(key, places.spool);
    await recording.begin();
    expect(await recording.refuse()).toBe(true);
    expect(recording.isOn).toBe(false);
    expect(await readdir(places.spool)).toEqual([]);
    expect(await listRecordings(database.db, key.callId)).toEqual([]);
    // Neither this process nor the next one begins again.
    expect(await recording.begin()).toBe(false);
    expect(await record(key, places.spool).begin()).toBe(false);
    // What lies in the bucket a job deletes: see delete-recordings.test.ts.
    expect(s3.objects.size).toBe(1);
  });

  test('is obeyed before anything began', async () => {
    const { places } = await openBucket();
    const recording = record(await insertTestCall(), places.spool);
    await recording.refuse();
    expect(await recording.begin()).toBe(false);
  });
});

describe('a caller whose no meets a fault of the database', () => {
  /** Takes the table away, as a fault does; answers what gives it back. */
  async function breakTable(): Promise<() => Promise<void>> {
    await sql`alter table call_recordings rename to away`.execute(database.db);
    let isBroken = true;
    const mend = async (): Promise<void> => {
      if (isBroken) await sql`alter table away rename to call_recordings`.execute(database.db);
      isBroken = false;
    };
    onTestFinished(mend);
    return mend;
  }

  async function recordTwice(spool: string) {
    const key = await insertTestCall();
    const earlier = record(key, spool);
    await earlier.begin();
    await earlier.end();
    const recording = record(key, spool);
    await recording.begin();
    return { key, recording };
  }

  test('is asked for again until it is written', async () => {
    const { places } = await openBucket();
    const { key, recording } = await recordTwice(places.spool);
    const mend = await breakTable();
    expect(await recording.refuse()).toBe(false);
    expect(recording.isOn).toBe(false);
    // The earlier one is there until it is written.
    expect(await readdir(places.spool)).toHaveLength(1);
    await mend();
    await vi.waitUntil(async () => (await listRecordings(database.db, key.callId)).length === 0, {
      timeout: 30_000,
      interval: 50,
    });
    expect(await recording.refuse()).toBe(true);
  });

  test('has it written at the end of the call at the latest', async () => {
    const { places } = await openBucket();
    const { key, recording } = await recordTwice(places.spool);
    const mend = await breakTable();
    expect(await recording.refuse()).toBe(false);
    await mend();
    await recording.end();
    expect(await listRecordings(database.db, key.callId)).toEqual([]);
    expect(await record(key, places.spool).begin()).toBe(false);
  });

  test('has no file kept while the database hangs', async () => {
    const { places } = await openBucket();
    const key = await insertTestCall();
    const recording = record(key, places.spool);
    await recording.begin();
    const locked = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    const holding = database.db.transaction().execute(async (transaction) => {
      await sql`lock table call_recordings in access exclusive mode`.execute(transaction);
      locked.resolve();
      await free.promise;
    });
    await locked.promise;
    const refused = recording.refuse();
    const ended = recording.end();
    await vi.waitUntil(async () => (await readdir(places.spool)).length === 0, { timeout: 10_000 });
    free.resolve();
    await holding;
    await Promise.all([refused, ended]);
    expect(await listRecordings(database.db, key.callId)).toEqual([]);
    expect(await readdir(places.spool)).toEqual([]);
  });

  test('has the file deleted that ended just before', async () => {
    const { places } = await openBucket();
    const recording = record(await insertTestCall(), places.spool);
    await recording.begin();
    await recording.end();
    await recording.refuse();
    expect(await readdir(places.spool)).toEqual([]);
  });
});

test('a folder keeps a recording as it is', async () => {
  const folder = await makeFolder();
  const places = openPlaces({ RECORDINGS_FOLDER: join(folder, 'kept') });
  const key = await insertTestCall();
  const recording = record(key, places.spool);
  await recording.begin();
  await recording.end();
  await upload(places);
  const [part] = await listRecordings(database.db, key.callId);
  expect(await readFile(join(folder, 'kept', `${part?.id}.wav`))).toHaveLength(part?.bytes ?? -1);
});
