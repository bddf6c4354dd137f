import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StartStep } from '../../start/part.ts';
import { identifyProcess } from '../../runtime/running/process-identity.ts';
import { readRunning } from '../../runtime/running/running-file.ts';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline, StartOptions } from '../../start/running.ts';
import { PartDiedError, PortTakenError, StartError } from '../../start/start-error.ts';
import { preparation, scriptCommand, scriptPart } from './support.ts';

let directory: string;
let started: StartedSlotline[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-start-'));
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((one) => one.stop()));
  await rm(directory, { recursive: true, force: true });
});

async function start(
  steps: readonly StartStep[],
  options: StartOptions = {},
): Promise<StartedSlotline> {
  const one = await startSlotline({
    dataDirectory: directory,
    ephemeral: true,
    environment: {},
    steps: () => steps,
    ...options,
  });
  started.push(one);
  return one;
}

/** Pids by part, from the register. */
async function pids(): Promise<Record<string, number>> {
  const register = JSON.parse(await readFile(join(directory, 'processes.json'), 'utf8')) as {
    parts: { name: string; pid: number }[];
  };
  return Object.fromEntries(register.parts.map((part) => [part.name, part.pid]));
}

/** A part that writes its name into a file when it is told to stop. */
function witness(name: string, changes: Parameters<typeof scriptPart>[2], delay = 0): StartStep {
  const file = JSON.stringify(join(directory, 'order'));
  return scriptPart(
    name,
    `process.on('SIGTERM', () => setTimeout(() => {
       require('node:fs').appendFileSync(${file}, '${name} '); process.exit(0);
     }, ${delay}));
     console.log(JSON.stringify({ msg: 'ready' })); setInterval(() => {}, 1e6);`,
    changes,
  );
}

const order = async () => (await readFile(join(directory, 'order'), 'utf8')).trim().split(' ');

describe('starting', () => {
  test('begins a part only when what it needs is ready', async () => {
    const seen: string[] = [];
    const note = (name: string) => async () => {
      seen.push(name);
      return Promise.resolve(undefined);
    };
    await start([
      preparation('third', note('third'), ['second']),
      scriptPart('second', undefined, {
        needs: ['first'],
        command: () => {
          seen.push('second');
          return Promise.resolve(
            scriptCommand('console.log(\'{"msg":"ready"}\'); setInterval(() => {}, 1e6)'),
          );
        },
      }),
      preparation('first', note('first')),
    ]);
    expect(seen).toEqual(['first', 'second', 'third']);
  });

  test('tells others where it runs, in a file for its owner alone, until it stops', async () => {
    const one = await start([scriptPart('part')]);
    const running = await readRunning(directory);
    expect(running).toMatchObject({ pid: process.pid, url: one.url, rehearsal: true });
    expect((await stat(join(directory, 'running.json'))).mode & 0o777).toBe(0o600);
    await one.stop();
    expect(await readRunning(directory)).toBeUndefined();
  });

  test('takes the OpenAI key that is there unless a rehearsal is asked for', async () => {
    const environment = { OPENAI_API_KEY: 'sk-test' };
    const real = await start([], { environment });
    expect(real).toMatchObject({ rehearsal: false });
    expect(real.openaiBaseUrl).toBeUndefined();
    await real.stop();
    expect(await start([], { environment, rehearsal: true })).toMatchObject({ rehearsal: true });
  });

  test('names LiveKit variables that are missing beside LIVEKIT_URL', async () => {
    const environment = { LIVEKIT_URL: 'wss://example.com', LIVEKIT_API_KEY: 'key' };
    await expect(start([], { environment })).rejects.toThrow(/LIVEKIT_API_SECRET/);
  });

  test('says which port is taken and how to change it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const attempt = start([scriptPart('part')], { port });
    await expect(attempt).rejects.toThrow(PortTakenError);
    await expect(attempt).rejects.toThrow(new RegExp(`Port ${port},.*token server.*--port`));
    holder.close();
  });

  test('refuses a data directory that another start uses, and leaves that one alone', async () => {
    const first = await start([scriptPart('part')]);
    const attempt = start([scriptPart('part')]);
    await expect(attempt).rejects.toThrow(StartError);
    await expect(attempt).rejects.toThrow(/already running/);
    expect(await readRunning(directory)).toMatchObject({ url: first.url });
  });

  test('stops what has begun when one part cannot start, and shows its last lines', async () => {
    const attempt = start([
      scriptPart('good'),
      scriptPart('bad', "console.error('no such table'); process.exit(3)", { needs: ['good'] }),
    ]);
    await expect(attempt).rejects.toThrow(PartDiedError);
    await expect(attempt).rejects.toThrow(/bad stopped by itself with code 3[^]*no such table/);
    await expect(readFile(join(directory, 'processes.json'))).rejects.toThrow('ENOENT');
  });

  test('stops what has begun when a command of a preparation fails', async () => {
    const attempt = start([
      preparation('migrations', async ({ runToEnd }) => {
        await runToEnd(scriptCommand("console.error('database is newer'); process.exit(1)"));
        return 'done';
      }),
    ]);
    await expect(attempt).rejects.toThrow(/migrations stopped by itself[^]*database is newer/);
  });

  test('gives a part up that never becomes ready', async () => {
    const attempt = start([
      scriptPart('silent', 'setInterval(() => {}, 1e6)', { readyWithin: 300 }),
    ]);
    await expect(attempt).rejects.toThrow(/silent was not ready after 0.3 s/);
  });

  test('can be stopped while it starts', async () => {
    const stop = new AbortController();
    const attempt = start(
      [
        preparation('first', () => {
          stop.abort(new Error('asked to stop'));
          return Promise.resolve(undefined);
        }),
        scriptPart('second', undefined, { needs: ['first'] }),
      ],
      { signal: stop.signal },
    );
    await expect(attempt).rejects.toThrow(StartError);
    await expect(readFile(join(directory, 'processes.json'))).rejects.toThrow('ENOENT');
  });
});

describe('a data directory that cannot be used', () => {
  test.each([
    ['a file in its place', (path: string) => writeFile(path, ''), 'file where a folder should be'],
    [
      'a folder for the secrets',
      (path: string) => mkdir(join(path, 'secrets.json'), { recursive: true }),
      'folder where a file should be',
    ],
    [
      'a folder for the register',
      (path: string) => mkdir(join(path, 'processes.json'), { recursive: true }),
      'folder where a file should be',
    ],
    [
      'a place that nothing can be written to',
      () => Promise.resolve(),
      'may not be used by you|cannot be written',
    ],
  ])('is told in one sentence: %s', async (what, prepare, reason) => {
    // Of the kernel's: even root makes no folder there.
    const path = what.startsWith('a place') ? '/sys/slotline' : join(directory, 'home');
    await prepare(path);
    const attempt = start([], { dataDirectory: path });
    await expect(attempt).rejects.toThrow(StartError);
    await expect(attempt).rejects.toThrow(new RegExp(`${path}.*(${reason})`));
  });

  test('is told of a file of another version that says where it runs', async () => {
    await writeFile(join(directory, 'running.json'), '{"pid": 1}');
    expect(await readRunning(directory)).toBeUndefined();
  });
});

describe('while it runs', () => {
  test('names the part that dies, with its last lines', async () => {
    const one = await start([
      scriptPart('steady'),
      scriptPart(
        'frail',
        `process.once('SIGUSR2', () => { console.error('out of luck'); process.exit(7); });
         console.log('{"msg":"ready"}');
         setInterval(() => {}, 1e6);`,
      ),
    ]);
    process.kill((await pids())['frail'] ?? 0, 'SIGUSR2');
    const death = await one.died;
    expect(death).toMatchObject({ part: 'frail', lastLines: ['{"msg":"ready"}', 'out of luck'] });
    expect(death.message).toContain('code 7');
  });
});

describe('stopping', () => {
  test('ends the parts that take calls first and the database last', async () => {
    const one = await start([
      witness('database', { stop: { stage: 'database', killAfter: 2_000 } }),
      witness('model', { stop: { stage: 'model', killAfter: 2_000 } }),
      witness('media', { stop: { stage: 'media', killAfter: 2_000 } }),
      witness('calls', { stop: { stage: 'calls', killAfter: 2_000 } }, 200),
    ]);
    await one.stop();
    expect(await order()).toEqual(['calls', 'media', 'model', 'database']);
  });

  test('ends the media server while calls still go on, so that they end, and waits for them', async () => {
    const one = await start([
      witness('database', { stop: { stage: 'database', killAfter: 2_000 } }),
      witness('media', { stop: { stage: 'media', killAfter: 2_000 } }),
      witness('calls', { stop: { stage: 'calls', killAfter: 4_000 } }, 1_200),
    ]);
    await one.stop();
    expect(await order()).toEqual(['media', 'calls', 'database']);
  });

  test('asks a second time where a part only waits after the first', async () => {
    const one = await start([
      scriptPart(
        'media',
        `let asked = 0;
         process.on('SIGTERM', () => { asked += 1; if (asked === 2) process.exit(0); });
         console.log('{"msg":"ready"}'); setInterval(() => {}, 1e6);`,
        { stop: { stage: 'media', againAfter: 50, killAfter: 10_000 } },
      ),
    ]);
    const began = performance.now();
    await one.stop();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('ends a part that does not listen, and what it had started itself', async () => {
    const one = await start([
      scriptPart(
        'deaf',
        `process.on('SIGTERM', () => {});
         const child = require('node:child_process').spawn(process.execPath, ['-e',
           "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)"], { stdio: 'ignore' });
         require('node:fs').writeFileSync(${JSON.stringify(join(directory, 'child'))}, String(child.pid));
         console.log('{"msg":"ready"}'); setInterval(() => {}, 1e6);`,
        { stop: { stage: 'calls', killAfter: 200 } },
      ),
    ]);
    const pid = (await pids())['deaf'] ?? 0;
    const childPid = Number(await readFile(join(directory, 'child'), 'utf8'));
    expect(await identifyProcess(childPid)).toBeDefined();
    await one.stop();
    expect(await identifyProcess(pid)).toBeUndefined();
    await expect.poll(() => identifyProcess(childPid)).toBeUndefined();
  });

  test('removes a data directory that was made for this start alone', async () => {
    let path = '';
    const one = await startSlotline({
      ephemeral: true,
      environment: {},
      steps: (plan) => {
        path = plan.dataDirectory;
        return [];
      },
    });
    await stat(path);
    await one.stop();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('after a start was killed', () => {
  /** Runs a start with one part in a process of its own, and kills it when the part is ready. */
  async function killedStart(): Promise<number> {
    const script = `
      import { startSlotline } from '${new URL('../../start/running.ts', import.meta.url).href}';
      import { scriptPart } from '${new URL('support.ts', import.meta.url).href}';
      await startSlotline({ dataDirectory: ${JSON.stringify(directory)}, ephemeral: true,
        environment: {}, steps: () => [scriptPart('orphan')] });
      console.log('up');`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const pid = (await pids())['orphan'] ?? 0;
    child.kill('SIGKILL');
    await once(child, 'exit');
    return pid;
  }

  test('nothing of it stays behind', async () => {
    const pid = await killedStart();
    await expect.poll(() => identifyProcess(pid), { timeout: 30_000 }).toBeUndefined();
    await expect
      .poll(() => stat(join(directory, 'processes.json')).catch(() => undefined), {
        timeout: 30_000,
      })
      .toBeUndefined();
  });

  test('the next start ends what is left and takes the directory over', async () => {
    const stray = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
      detached: true,
      stdio: 'ignore',
    });
    const identity = await identifyProcess(stray.pid ?? 0);
    const gone = once(stray, 'exit');
    await writeFile(
      join(directory, 'processes.json'),
      JSON.stringify({
        owner: { pid: process.pid, began: 'another time' },
        parts: [{ name: 'stray', ...identity }],
      }),
    );
    await start([scriptPart('part')]);
    await gone;
    expect(Object.keys(await pids())).toEqual(['part']);
  });

  test('the next start leaves a process alone that was given the pid since', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
      detached: true,
      stdio: 'ignore',
    });
    await once(bystander, 'spawn');
    await writeFile(
      join(directory, 'processes.json'),
      JSON.stringify({
        owner: { pid: bystander.pid, began: 'another time' },
        parts: [{ name: 'part', pid: bystander.pid, began: 'another time' }],
      }),
    );
    await start([scriptPart('part')]);
    expect(await identifyProcess(bystander.pid ?? 0)).toBeDefined();
    bystander.kill('SIGKILL');
  });
});
