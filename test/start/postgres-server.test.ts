import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clearStalePostmaster } from '../../start/postgres-directory.ts';
import { identifyProcess } from '../../runtime/running/process-identity.ts';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline } from '../../start/running.ts';
import { slotlineSteps } from '../../start/steps.ts';

let directory: string;
let started: StartedSlotline | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-postgres-'));
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  await rm(directory, { recursive: true, force: true });
});

async function startDatabase(environment: NodeJS.ProcessEnv = {}): Promise<StartedSlotline> {
  started = await startSlotline({
    dataDirectory: directory,
    ephemeral: true,
    environment: { PATH: process.env['PATH'], ...environment },
    steps: (plan) => slotlineSteps(plan).filter((step) => step.name === 'postgres'),
  });
  return started;
}

async function query(databaseUrl: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A server that is killed takes the connection with it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Somebody else on this machine, who reads what there is to read in a folder, again and again. Where
 * the tests do not run as root, it can only be the same user: it then looks at what others may.
 */
async function startReader(folder: string) {
  const stranger = 65_534;
  const asRoot = process.getuid?.() === 0;
  const script = `
    const { readdirSync, readFileSync, statSync } = require('node:fs');
    const { join } = require('node:path');
    let text = '';
    let looks = 0;
    const mayOthers = (path) => ${asRoot} || (statSync(path).mode & 0o004) !== 0;
    const look = (path) => {
      try {
        if (!mayOthers(path)) return;
        if (statSync(path).isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
        else text += readFileSync(path, 'utf8');
      } catch {}
    };
    setInterval(() => { looks += 1; look(process.argv[1]); }, 2);
    process.on('SIGTERM', () => { console.log(JSON.stringify({ text, looks })); process.exit(); });
    console.log('reading');`;
  const child = spawn(process.execPath, ['-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(asRoot ? { uid: stranger, gid: stranger } : {}),
  });
  await once(child.stdout, 'data');
  return {
    async stop(): Promise<{ text: string; looks: number }> {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      child.kill('SIGTERM');
      await once(child, 'close');
      return JSON.parse(output) as { text: string; looks: number };
    },
  };
}

const postmaster = async () =>
  Number((await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the database of a local start', () => {
  test('keeps its rows over a stop and over being killed', { timeout: 120_000 }, async () => {
    const first = await startDatabase();
    await query(first.databaseUrl, "create table kept as select 'Zürich' as town");
    await first.stop();

    const second = await startDatabase();
    process.kill(await postmaster(), 'SIGKILL');
    expect(await second.died).toMatchObject({ part: 'PostgreSQL 18' });
    await second.stop();
    // What PostgreSQL itself would have removed.
    await stat(join(directory, 'data', 'postmaster.pid'));

    const third = await startDatabase();
    expect(await query(third.databaseUrl, 'select town from kept')).toEqual([{ town: 'Zürich' }]);
    expect(
      await query(third.databaseUrl, "select current_setting('server_version') ~ '^18' as v18"),
    ).toEqual([{ v18: true }]);
  });

  test('lets nobody else read its password while it is made', { timeout: 120_000 }, async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'slotline-open-'));
    // As the system's own: everybody may enter and write.
    await chmod(temporary, 0o1777);
    const reader = await startReader(temporary);
    const { databaseUrl } = await startDatabase({ TMPDIR: temporary });
    const seen = await reader.stop();
    await rm(temporary, { recursive: true });
    expect(seen.looks).toBeGreaterThan(10);
    expect(seen.text).not.toContain(new URL(databaseUrl).password);
    expect(seen.text).toBe('');
  });

  test('refuses a wrong password', { timeout: 120_000 }, async () => {
    const { databaseUrl } = await startDatabase();
    const address = new URL(databaseUrl);
    address.password = 'wrong';
    await expect(query(address.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('a stale postmaster.pid', () => {
  test('is removed, and the program that has the pid by now is left alone', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    await once(bystander, 'spawn');
    const file = join(directory, 'postmaster.pid');
    await writeFile(file, `${bystander.pid}\n${directory}\n`);
    await clearStalePostmaster(directory);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(await identifyProcess(bystander.pid ?? 0)).toBeDefined();
    bystander.kill('SIGKILL');
  });

  test('of a server that still works there: that server is stopped first', async () => {
    const program = join(directory, 'postgres');
    await writeFile(program, '#!/bin/sh\necho up\nwhile :; do sleep 0.05; done\n');
    await chmod(program, 0o755);
    const orphan = spawn(program, ['-D', directory], { stdio: ['ignore', 'pipe', 'ignore'] });
    const exit = once(orphan, 'exit');
    await once(orphan.stdout, 'data');
    await writeFile(join(directory, 'postmaster.pid'), `${orphan.pid}\n`);
    await clearStalePostmaster(directory);
    expect(await exit).toEqual([null, 'SIGINT']);
  });
});
