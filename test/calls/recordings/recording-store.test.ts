import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRecordings } from '../../../calls/recordings/open-store.ts';
import type { RecordingStore } from '../../../calls/recordings/recording-store.ts';
import { environmentOf, makeFolder, openPlaces } from '../../support/recordings.ts';
import { startS3Server } from '../../support/s3-server.ts';

const KEY = '7f5dbd0e-3c0e-4a1f-9a0c-0e6a7bb9a111.wav';

function open(environment: Record<string, string>): RecordingStore {
  return openPlaces(environment).store;
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Each is handed a folder for its files. */
const STORES: [string, (folder: string) => Promise<RecordingStore>][] = [
  ['a folder', (folder) => Promise.resolve(open({ RECORDINGS_FOLDER: join(folder, 'kept') }))],
  ['a bucket', async () => open(environmentOf(await startS3Server()))],
];

describe.each(STORES)('%s', (_, openStore) => {
  test('gives back what was put there, whatever is in it', async () => {
    const folder = await makeFolder();
    const store = await openStore(folder);
    const sound = Buffer.alloc(
      3_000_000,
      Uint8Array.from({ length: 251 }, (_each, at) => at),
    );
    await writeFile(join(folder, 'sound.wav'), sound);
    await store.put(KEY, join(folder, 'sound.wav'));
    await store.copyTo(KEY, join(folder, 'copy.wav'));
    expect((await readFile(join(folder, 'copy.wav'))).equals(sound)).toBe(true);
  });

  test('takes the same object twice, and its end twice', async () => {
    const folder = await makeFolder();
    const store = await openStore(folder);
    await writeFile(join(folder, 'sound.wav'), 'sound');
    await store.put(KEY, join(folder, 'sound.wav'));
    await store.put(KEY, join(folder, 'sound.wav'));
    await store.delete(KEY);
    await store.delete(KEY);
    await expect(store.copyTo(KEY, join(folder, 'copy.wav'))).rejects.toThrow(
      expect.objectContaining({ name: 'RecordingStoreError' }),
    );
    expect(await readdir(folder)).not.toContain('copy.wav');
  });

  test('gives the bytes that are asked for, and no more', async () => {
    const folder = await makeFolder();
    const store = await openStore(folder);
    const sound = Buffer.alloc(
      2_500_000,
      Uint8Array.from({ length: 251 }, (_each, at) => at),
    );
    await writeFile(join(folder, 'sound.wav'), sound);
    await store.put(KEY, join(folder, 'sound.wav'));
    const read = (first: number, last: number): Promise<Buffer> =>
      readAll(store.read(KEY, { first, last }));
    expect((await read(0, 2_499_999)).equals(sound)).toBe(true);
    expect((await read(1_000_000, 2_200_000)).equals(sound.subarray(1_000_000, 2_200_001))).toBe(
      true,
    );
    expect([...(await read(2_499_999, 2_499_999))]).toEqual([sound[2_499_999]]);
    for await (const piece of store.read(KEY, { first: 0, last: 2_499_999 })) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const nothing = store.read(KEY.replace('7', '8'), { first: 0, last: 1 });
    await expect(readAll(nothing)).rejects.toThrow(
      expect.objectContaining({ name: 'RecordingStoreError' }),
    );
  });

  test('has one name', async () => {
    const folder = await makeFolder();
    const store = await openStore(folder);
    await writeFile(join(folder, 'sound.wav'), 'sound');
    await store.put(KEY, join(folder, 'sound.wav'));
    const name = await store.name();
    await store.put(KEY, join(folder, 'sound.wav'));
    expect(await store.name()).toBe(name);
  });
});

test('a folder that is not there is not taken for an empty one', async () => {
  const folder = await makeFolder();
  const store = open({ RECORDINGS_FOLDER: join(folder, 'not-mounted') });
  await expect(store.name()).rejects.toThrow('is not mounted');
});

const OTHER_FILE_SYSTEM = '/dev/shm';

test.skipIf(!existsSync(OTHER_FILE_SYSTEM))(
  'a copy from another file system is private, and no broken one stays',
  async () => {
    const folder = await makeFolder();
    const kept = join(folder, 'kept');
    await mkdir(kept, { mode: 0o755 });
    const store = open({ RECORDINGS_FOLDER: kept });
    const elsewhere = await mkdtemp(join(OTHER_FILE_SYSTEM, 'slotline-test-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    const sound = join(elsewhere, 'sound.wav');
    await writeFile(sound, 'sound', { mode: 0o644 });
    // As of a worker that was killed in the middle.
    const broken = join(kept, `.${KEY}.part`);
    await writeFile(broken, 'sou', { mode: 0o644 });
    await store.put(KEY, sound);
    expect(await readFile(join(kept, KEY), 'utf8')).toBe('sound');
    expect((await stat(join(kept, KEY))).mode & 0o777).toBe(0o600);
    expect(await readdir(kept)).not.toContain(`.${KEY}.part`);
    await store.copyTo(KEY, join(folder, 'copy.wav'));
    expect((await stat(join(folder, 'copy.wav'))).mode & 0o777).toBe(0o600);
    await writeFile(broken, 'sou');
    await store.delete(KEY);
    expect((await readdir(kept)).filter((name) => name.includes(KEY))).toEqual([]);
  },
);

test('a folder that cannot be written says so', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'file'), '');
  const store = open({ RECORDINGS_FOLDER: join(folder, 'file', 'below') });
  await expect(store.put(KEY, join(folder, 'file'))).rejects.toThrow('ENOTDIR');
});

describe('a bucket that does not do as it should', () => {
  test.each([
    ['error', 'refuses: 500 InternalError'],
    ['denied', 'refuses: 403 AccessDenied'],
    ['reset', 'does not answer'],
    ['hangs up', 'does not answer'],
  ] as const)('%s', async (fault, message) => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'sound.wav'), Buffer.alloc(1_000_000));
    const s3 = await startS3Server();
    const store = open(environmentOf(s3));
    s3.fault = fault;
    await expect(store.put(KEY, join(folder, 'sound.wav'))).rejects.toThrow(message);
    expect(s3.objects.size).toBe(0);
    s3.fault = 'slow';
    await store.put(KEY, join(folder, 'sound.wav'));
    expect(s3.objects.get(KEY)).toHaveLength(1_000_000);
  });

  test('a wrong secret, region or bucket is named', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'sound.wav'), 'sound');
    const s3 = await startS3Server();
    const put = (change: Record<string, string>): Promise<void> =>
      open({ ...environmentOf(s3), ...change }).put(KEY, join(folder, 'sound.wav'));
    await expect(put({ RECORDINGS_S3_SECRET: 'another' })).rejects.toThrow('SignatureDoesNotMatch');
    await expect(put({ RECORDINGS_S3_REGION: 'us-west-2' })).rejects.toThrow(
      'AuthorizationHeaderMalformed',
    );
    await expect(put({ RECORDINGS_S3_BUCKET: 'other' })).rejects.toThrow('NoSuchBucket');
    await expect(
      open({ ...environmentOf(s3), RECORDINGS_S3_BUCKET: 'other' }).delete(KEY),
    ).rejects.toThrow('NoSuchBucket');
  });
});

describe('what the environment says', () => {
  test('nothing is recorded where no place is named', () => {
    expect(openRecordings({})).toBeNull();
  });

  test('two places, or a bucket without a key, are refused', () => {
    expect(() => openRecordings({ RECORDINGS_FOLDER: '/a', RECORDINGS_S3_BUCKET: 'b' })).toThrow(
      'two places',
    );
    expect(() => openRecordings({ RECORDINGS_S3_BUCKET: 'b' })).toThrow('RECORDINGS_S3_KEY_ID');
  });

  test('the bucket stands before the host, where nothing else is said', async () => {
    const keys = { RECORDINGS_S3_KEY_ID: 'id', RECORDINGS_S3_SECRET: 'secret' };
    const store = open({
      ...keys,
      RECORDINGS_S3_BUCKET: 'calls',
      RECORDINGS_S3_ENDPOINT: 'http://s3.localhost:1',
      RECORDINGS_S3_PATH_STYLE: '0',
    });
    expect(await store.name()).toBe('s3:calls@s3.localhost:1');
    await expect(store.delete(KEY)).rejects.toThrow('does not answer');
  });
});
