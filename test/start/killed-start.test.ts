import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identifyProcess } from '../../runtime/running/process-identity.ts';

const STARTS = 20;
const AT_ONCE = 4;
/** Two requests to stop are waited for before force is used, on a machine that may be busy. */
const GONE_WITHIN = 30_000;
/** What each start runs: parts, and a child of one of them. */
const PROCESSES = 5;

/** Ordinary parts, one that does not listen, and one with a child that does not listen either. */
const SCRIPT = (directory: string) => `
  import { startSlotline } from '${new URL('../../start/running.ts', import.meta.url).href}';
  import { scriptPart } from '${new URL('support.ts', import.meta.url).href}';
  const note = "require('node:fs').appendFileSync(" + ${JSON.stringify(JSON.stringify(join(directory, 'pids')))}
    + ", process.pid + '\\\\n'); ";
  const ready = 'console.log(JSON.stringify({ msg: "ready" })); setInterval(() => {}, 1e6);';
  const deaf = "process.on('SIGTERM', () => {}); ";
  const parent = "require('node:child_process').spawn(process.execPath, ['-e', "
    + JSON.stringify(note + deaf + ready) + "], { stdio: 'ignore' }); ";
  await startSlotline({
    dataDirectory: ${JSON.stringify(directory)},
    ephemeral: true,
    environment: {},
    steps: () => [
      scriptPart('one', note + ready),
      scriptPart('two', note + ready),
      scriptPart('deaf', note + deaf + ready),
      scriptPart('parent', note + parent + ready),
    ],
  });
  console.log('up');`;

describe('a start that is killed', () => {
  it(
    'leaves no process behind, 20 times of 20, whenever it happens',
    {
      timeout: 240_000,
    },
    async () => {
      const rounds = Array.from({ length: STARTS }, (_, index) => index).values();
      const left: string[] = [];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const round of rounds) left.push(...(await startAndKill(round)));
        }),
      );
      expect(left).toEqual([]);
    },
  );
});

/** @returns the processes that are there long after the start was killed */
async function startAndKill(round: number): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'slotline-killed-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '-e', SCRIPT(directory)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const up = once(child.stdout, 'data');
  // Every other one while its parts come up, at another moment each.
  if (round % 2 === 0) await up;
  else await untilPids(directory, 1 + (round % PROCESSES));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const deadline = performance.now() + GONE_WITHIN;
  for (let looks = 1; ; looks += 1) {
    // A part that had just begun may write itself down only now.
    await pause(500);
    const running = await listRunning(directory);
    if (running.length === 0 && looks > 4) return [];
    if (performance.now() < deadline) continue;
    return Promise.all(
      running.map(
        async (pid) => `start ${round}: ${await readFile(`/proc/${pid}/cmdline`, 'utf8')}`,
      ),
    );
  }
}

async function untilPids(directory: string, count: number): Promise<void> {
  while ((await readPids(directory)).length < count) await pause(2);
}

async function readPids(directory: string): Promise<number[]> {
  const text = await readFile(join(directory, 'pids'), 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1).map(Number);
}

async function listRunning(directory: string): Promise<number[]> {
  const pids = await readPids(directory);
  const found = await Promise.all(pids.map((pid) => identifyProcess(pid)));
  return pids.filter((_pid, index) => found[index] !== undefined);
}
