import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { identifyProcess } from '../../runtime/running/process-identity.ts';
import { readRunning } from '../../runtime/running/running-file.ts';
import { listeners, membersOf } from './listeners.ts';

const projectRoot = join(import.meta.dirname, '../..');
/** The first start of a machine may have to build LiveKit server. */
const FIRST_START = 300_000;

let directory: string;
let child: ChildProcess | undefined;
let output: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-main-'));
  output = '';
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
  child = undefined;
  await rm(directory, { recursive: true, force: true });
});

function run(options: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return runNode(['start/main.ts', '--data-dir', directory, ...options], environment);
}

function runNode(given: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const { OPENAI_API_KEY: _key, npm_lifecycle_event: _npm, ...inherited } = process.env;
  child = spawn(process.execPath, [...given], {
    cwd: projectRoot,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return child;
}

async function untilReady(start: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    start.once('exit', () => reject(new Error(`The start ended:\n${output}`)));
    start.stdout?.on('data', () => {
      if (output.includes('Ready in')) resolve();
    });
  });
}

async function groups(): Promise<Record<string, number>> {
  const register = JSON.parse(await readFile(join(directory, 'processes.json'), 'utf8')) as {
    parts: { name: string; pid: number }[];
  };
  return Object.fromEntries(register.parts.map((part) => [part.name, part.pid]));
}

describe.skipIf(!inject('livekitServer'))('npm start', () => {
  test(
    'serves the page, listens on loopback alone, and leaves no process at SIGTERM',
    { timeout: FIRST_START + 60_000 },
    async () => {
      const start = run(['--ephemeral']);
      await untilReady(start);
      const running = await readRunning(directory);
      expect(running).toMatchObject({ pid: start.pid, rehearsal: true });
      expect(output).toContain(`Open ${running?.url}`);

      const page = await fetch(`${running?.url}/`);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
      // Nobody owns it yet: the office is there, and the link that makes the owner.
      expect(output).toMatch(/http:\/\/localhost:\d+\/office\/set-up#token=\S+/);
      expect((await fetch(`${running?.url}/office`)).status).toBe(200);
      const agent = await fetch(`${running?.url}/api/agents/front-desk`);
      expect(await agent.json()).toMatchObject({ slug: 'front-desk', rehearsal: true });

      const members = await membersOf(Object.values(await groups()));
      const open = await listeners([...members, start.pid ?? 0]);
      expect(open.length).toBeGreaterThanOrEqual(6);
      expect(open.filter((socket) => !socket.isLoopback)).toEqual([]);

      const leaders = Object.values(await groups());
      const exit = once(start, 'exit');
      const began = performance.now();
      start.kill('SIGTERM');
      expect(await exit).toEqual([0, null]);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(await membersOf(leaders)).toEqual([]);
      expect(await readRunning(directory)).toBeUndefined();
    },
  );

  test(
    'stops in order when the npm that started it is killed',
    { timeout: FIRST_START + 60_000 },
    async () => {
      // As npm: a parent that hands nothing on.
      const npm = `require('node:child_process').spawn(process.execPath,
        ['start/run.mjs', 'start/main.ts', '--data-dir', process.argv[1], '--ephemeral'],
        { stdio: 'inherit', env: { ...process.env, npm_lifecycle_event: 'start' } })`;
      const parent = runNode(['-e', npm, directory]);
      await untilReady(parent);
      const leaders = Object.values(await groups());
      const running = await readRunning(directory);
      expect(running).toBeDefined();
      parent.kill('SIGKILL');
      await expect
        .poll(() => identifyProcess(running?.pid ?? 0), { timeout: 30_000 })
        .toBeUndefined();
      expect(await membersOf(leaders)).toEqual([]);
      expect(output).toContain('Stopped in');
    },
  );

  test(
    'names a part that died, stops the others and exits with an error',
    { timeout: FIRST_START + 60_000 },
    async () => {
      const start = run(['--ephemeral'], { OPENAI_API_KEY: 'sk-test' });
      await untilReady(start);
      const leaders = await groups();
      const exit = once(start, 'exit');
      process.kill(leaders['token-server'] ?? 0, 'SIGKILL');
      expect(await exit).toEqual([1, null]);
      expect(output).toContain('The token server was ended from outside by SIGKILL. The whole log');
      expect(output).not.toContain('"level":30');
      expect(await membersOf(Object.values(leaders))).toEqual([]);
    },
  );

  test('says which port is taken and how to change it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const start = run(['--ephemeral', '--port', String(port)]);
    expect(await once(start, 'exit')).toEqual([1, null]);
    expect(output).toContain(`Port ${port}, which the token server needs, is taken`);
    expect(output).toContain('--port');
    expect(output).toContain('--ephemeral');
    holder.close();
  });

  test('refuses an address that this machine does not have', async () => {
    for (const host of ['192.0.2.1', 'host.invalid']) {
      expect(await once(run(['--ephemeral'], { HOST: host }), 'exit')).toEqual([1, null]);
      expect(output).toContain(`✗ HOST is ${host}, which is no address of this machine`);
    }
  });

  test('refuses a port that is none', async () => {
    expect(await once(run(['--port', 'seventy']), 'exit')).toEqual([1, null]);
    expect(output).toContain('from 1 to 65535');
  });
});
