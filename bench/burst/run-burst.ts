import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller } from '../../rehearsal/caller/caller.ts';
import { startSlotline } from '../../start/running.ts';
import type { Line } from '../calls/measure-call.ts';
import { memoryOfTree, untilSteady, workerOf } from '../calls/processes.ts';
import { dialSlotline } from '../calls/slotline-line.ts';
import { startStockLine } from '../calls/stock-line.ts';

/** Milliseconds after which a caller hears nothing any more. */
const PATIENCE = 20_000;
/** Milliseconds of quiet after everybody is greeted, in which memory and processor are read. */
const STEADY = 10_000;
const MEGABYTE = 1_048_576;

interface Burst {
  /** Milliseconds from asking for a token to the first audible sample; null of one not greeted. */
  greeted: (number | null)[];
  /** Bytes that the worker's processes have more than at rest, for each call. */
  memory: number;
  /** Milliseconds of processor that the worker's processes took for each call, until all were greeted. */
  beginning: number;
}

/**
 * Lets callers come in the same instant, to Slotline and to a stock worker in turn, and prints when the
 * last one was greeted and what a call costs.
 *
 * @param sizes callers at once, one burst each
 */
export async function runBurst(sizes: readonly number[]): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-burst-'));
  process.env['AGENT_MAX_CALLS'] = String(Math.max(...sizes));
  const slotline = await startSlotline({ ephemeral: true, rehearsal: true, dataDirectory });
  const secrets = JSON.parse(await readFile(join(dataDirectory, 'secrets.json'), 'utf8')) as {
    rehearsalApiKey: string;
  };
  const stock = await startStockLine(slotline, secrets.rehearsalApiKey);
  const peers = [
    {
      name: 'Slotline',
      line: { dial: () => dialSlotline(slotline) },
      pid: await workerOf(slotline.pid),
    },
    { name: 'peer', line: stock, pid: stock.pid },
  ];
  try {
    for (const { line, pid } of peers) await playBurst(line, pid, 1);
    console.log(`\n${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}\n`);
    console.log('| at once | | last greeted | greeted | processor a call | memory a call |');
    console.log('| --- | --- | --- | --- | --- | --- |');
    for (const size of sizes) {
      for (const { name, line, pid } of peers) {
        await untilSteady(pid);
        console.log(describe(size, name, await playBurst(line, pid, size)));
      }
    }
  } finally {
    await stock.stop();
    await slotline.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function playBurst(line: Line, pid: number, size: number): Promise<Burst> {
  const rest = await weigh(pid);
  const callers: Caller[] = [];
  const greeted = await Promise.all(
    Array.from({ length: size }, async () => {
      const asked = performance.now();
      const address = await line.dial();
      const answered = performance.now();
      const caller = await Caller.join(address);
      callers.push(caller);
      await caller.waitUntil(() => caller.meter.utterances.length > 0, PATIENCE);
      const [greeting] = caller.meter.utterances;
      return greeting ? answered - asked + greeting.start : null;
    }),
  );
  const begun = await weigh(pid);
  await pause(STEADY);
  const steady = await weigh(pid);
  await Promise.all(callers.map((caller) => caller.hangUp()));
  return {
    greeted,
    memory: (steady.pss - rest.pss) / size,
    beginning: (begun.processor - rest.processor) / size,
  };
}

async function weigh(root: number): Promise<{ pss: number; processor: number }> {
  const tree = await memoryOfTree(root);
  const times = await Promise.all(tree.map(({ pid }) => processorOf(pid)));
  return {
    pss: tree.reduce((sum, { pss }) => sum + pss, 0),
    processor: times.reduce((sum, time) => sum + time, 0),
  };
}

/** Milliseconds of processor that a process has taken; Linux counts in hundredths of a second. */
async function processorOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
}

function describe(size: number, name: string, { greeted, memory, beginning }: Burst): string {
  const times = greeted.filter((time) => time !== null);
  const last = times.length === 0 ? '–' : `${(Math.max(...times) / 1_000).toFixed(1)} s`;
  const cells = [
    size,
    name,
    last,
    `${times.length} of ${size}`,
    `${beginning.toFixed(0)} ms`,
    `${(memory / MEGABYTE).toFixed(0)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}
