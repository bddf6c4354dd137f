import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSecrets } from '../../start/secrets.ts';
import { StartError } from '../../start/start-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-secrets-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const path = () => join(directory, 'secrets.json');
const mode = async () => (await stat(path())).mode & 0o777;

describe('local secrets', () => {
  test('are long enough for what uses them', async () => {
    const secrets = await loadSecrets(directory);
    expect(secrets.livekitApiSecret.length).toBeGreaterThanOrEqual(32);
    expect(Buffer.from(secrets.masterKey, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  });

  test('stay the same from one start to the next', async () => {
    const first = await loadSecrets(directory);
    expect(await loadSecrets(directory)).toEqual(first);
  });

  test('are readable by their owner alone, also when the file had been opened up', async () => {
    await loadSecrets(directory);
    expect(await mode()).toBe(0o600);
    await chmod(path(), 0o644);
    await loadSecrets(directory);
    expect(await mode()).toBe(0o600);
  });

  test('keep what is there and add what an older version did not make', async () => {
    const { masterKey } = await loadSecrets(directory);
    await writeFile(path(), JSON.stringify({ masterKey }));
    const completed = await loadSecrets(directory);
    expect(completed.masterKey).toBe(masterKey);
    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(completed);
  });

  test.each([
    ['is gone', undefined],
    ['has lost the key', '{"postgresPassword": "secret"}'],
  ])('are not made anew while the database is there and the file %s', async (_what, text) => {
    await mkdir(join(directory, 'data'));
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18\n');
    if (text !== undefined) await writeFile(path(), text);
    await expect(loadSecrets(directory)).rejects.toThrow(StartError);
    await expect(loadSecrets(directory)).rejects.toThrow(/secrets\.json is missing or.*Restore it/);
    expect(await readFile(path(), 'utf8').catch(() => undefined)).toBe(text);
  });

  test.each([
    ['half a file', '{"masterKey": "'],
    ['a master key of the wrong length', '{"masterKey": "c2hvcnQ="}'],
    ['a master key of zeros', JSON.stringify({ masterKey: Buffer.alloc(32).toString('base64') })],
  ])('are never replaced when the file holds %s', async (_what, text) => {
    await writeFile(path(), text);
    await expect(loadSecrets(directory)).rejects.toThrow(StartError);
    expect(await readFile(path(), 'utf8')).toBe(text);
  });
});
