import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../calendar/providers.ts';
import { readCommandLineConfig } from '../../cli/config.ts';
import { runSlotline } from '../../cli/run-slotline.ts';
import { MASTER_KEY } from './slotline.ts';

const DATABASE_URL = 'postgres://slotline:secret@127.0.0.1:1/slotline';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slotline-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function run(environment: NodeJS.ProcessEnv, ...given: string[]) {
  let output = '';
  let errors = '';
  const exitCode = await runSlotline([...given, '--data-dir', folder], {
    environment,
    providers: PROVIDERS,
    input: Readable.from([]),
    write: (text) => (output += text),
    writeError: (text) => (errors += text),
    now: () => new Date(),
  });
  return { exitCode, output, errors };
}

describe('the command line', () => {
  it('explains every command, with examples', async () => {
    const { exitCode, output } = await run({}, '--help');
    expect(exitCode).toBe(0);
    for (const group of ['agents', 'calendars', 'events', 'appointments', 'intents', 'doctor']) {
      expect(output).toContain(group);
      expect((await run({}, group, '--help')).exitCode).toBe(0);
    }
    expect((await run({}, 'calendars', 'connect', '--help')).output).toContain('< key.txt');
  });

  it('answers a wrong command with its kin, as text and as JSON', async () => {
    const text = await run({}, 'agents', 'lst');
    expect(text).toMatchObject({ exitCode: 2, output: '' });
    expect(text.errors).toContain('Did you mean list?');
    const json = await run({}, 'agents', 'lst', '--json');
    expect(json).toMatchObject({ exitCode: 2, errors: '' });
    expect(JSON.parse(json.output).error.message).toContain("unknown command 'lst'");
  });

  it('says to start or to set a database when there is none', async () => {
    const { exitCode, errors } = await run({}, 'agents', 'list');
    expect(exitCode).toBe(2);
    expect(errors).toContain('Run `npm start` first');
    expect(errors).toContain('DATABASE_URL');
  });

  it('says what to do when the database does not answer, without its password', async () => {
    const { exitCode, errors } = await run({ DATABASE_URL }, 'agents', 'list');
    expect(exitCode).toBe(1);
    expect(errors).toBe(
      'The database cannot be reached (ECONNREFUSED). Check DATABASE_URL; without it `npm start` brings a database.\n',
    );
  });

  it('never repeats a key that somebody wrote into an argument', async () => {
    const key = 'cal_live_0123456789abcdef';
    const connect = ['calendars', 'connect', 'Work', '--provider', 'calcom'];
    for (const given of [[`--credential=${key}`], [key], ['--api-key', key]]) {
      const { exitCode, output, errors } = await run({ DATABASE_URL }, ...connect, ...given);
      expect(exitCode).toBe(2);
      expect(output + errors).not.toContain('0123456789abcdef');
    }
    const { errors } = await run({ DATABASE_URL }, ...connect, '--key', key);
    expect(errors).toMatch(/^key: is never read from an argument/);
  });
});

describe('its configuration', () => {
  const running = {
    pid: process.pid,
    url: 'http://127.0.0.1:3000',
    rehearsal: true,
    databaseUrl: DATABASE_URL,
    masterKey: MASTER_KEY,
    livekitUrl: 'ws://127.0.0.1:7880',
    livekitApiKey: 'a-key',
    livekitApiSecret: 'a-secret',
    workerName: 'receptionist',
  };
  const write = (content: object) =>
    writeFile(join(folder, 'running.json'), JSON.stringify(content));

  it('takes database, master key and LiveKit from the start that runs', async () => {
    await write(running);
    expect(await readCommandLineConfig({ DATABASE_URL: '' }, folder, PROVIDERS)).toMatchObject({
      databaseUrl: DATABASE_URL,
      masterKey: MASTER_KEY,
      livekit: { url: 'ws://127.0.0.1:7880', apiKey: 'a-key', workerName: 'receptionist' },
    });
  });

  it('wants the key of a LiveKit that the environment names', async () => {
    await write(running);
    const LIVEKIT_URL = 'wss://livekit.example.com';
    const without = readCommandLineConfig({ LIVEKIT_URL }, folder, PROVIDERS);
    await expect(without).rejects.toThrow('LIVEKIT_API_SECRET');
    const key = { LIVEKIT_API_KEY: 'another-key', LIVEKIT_API_SECRET: 'another-secret' };
    expect(await readCommandLineConfig({ LIVEKIT_URL, ...key }, folder, PROVIDERS)).toMatchObject({
      livekit: { url: LIVEKIT_URL, apiKey: 'another-key', apiSecret: 'another-secret' },
    });
  });

  it('neither seals with the key of another database nor syncs it with this LiveKit', async () => {
    await write(running);
    const other = 'postgres://db.example.com/slotline';
    const config = await readCommandLineConfig({ DATABASE_URL: other }, folder, PROVIDERS);
    expect(config).toMatchObject({ databaseUrl: other, masterKey: null, livekit: null });
  });

  it('does not believe the file of a start that is gone', async () => {
    await write({ ...running, pid: 2 ** 30 });
    await expect(readCommandLineConfig({}, folder, PROVIDERS)).rejects.toThrow('npm start');
  });

  it('names a variable that is wrong', async () => {
    const wrong = { DATABASE_URL: 'mysql://x', SLOTLINE_MASTER_KEY: 'short' };
    await expect(readCommandLineConfig(wrong, folder, PROVIDERS)).rejects.toThrow(
      /DATABASE_URL.*SLOTLINE_MASTER_KEY must be 32 bytes in base64/,
    );
  });
});
