import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller } from '../../rehearsal/caller/caller.ts';
import type { Line } from './measure-call.ts';
import { memoryOfTree } from './processes.ts';

/** Milliseconds after which a caller hears nothing any more. */
const PATIENCE = 20_000;
/** Milliseconds after everybody is greeted in which memory and processor are read. */
const STEADY = 10_000;

export interface Burst {
  /** Milliseconds from asking for a token to the first audible sample; null of one not greeted. */
  greeted: (number | null)[];
  /** Bytes that the worker's processes have more than at rest, for each call. */
  memory: number;
  /** Milliseconds of processor that the worker's processes took for each call, until all were greeted. */
  beginning: number;
  /** Milliseconds of processor that a minute of a call takes then. */
  minute: number;
}

/**
 * Lets callers come in the same instant.
 *
 * @param options.pid the worker's process
 * @param options.sentence what each says after all were greeted; nobody says anything without it
 */
export async function playBurst(
  line: Line,
  { pid, size, sentence }: { pid: number; size: number; sentence?: Int16Array },
): Promise<Burst> {
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
  const steadySince = performance.now();
  await Promise.all([
    pause(STEADY),
    ...(sentence ? callers.map((caller) => caller.say(sentence)) : []),
  ]);
  const steady = await weigh(pid);
  const seconds = (performance.now() - steadySince) / 1_000;
  await Promise.all(callers.map((caller) => caller.hangUp()));
  return {
    greeted,
    memory: (steady.pss - rest.pss) / size,
    beginning: (begun.processor - rest.processor) / size,
    minute: ((steady.processor - begun.processor) / size / seconds) * 60,
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
