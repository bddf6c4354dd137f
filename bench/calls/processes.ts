import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Linux only: elsewhere there is nothing to read and the figures are left out. */
export interface ProcessMemory {
  pid: number;
  /** Proportional set size in bytes: shared pages are divided among those who share them. */
  pss: number;
}

/** Memory of the processes below one, itself included. */
export async function memoryOfTree(root: number): Promise<ProcessMemory[]> {
  const parents = await parentsOfAll();
  const tree = [root];
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  const memories = await Promise.all(tree.map(async (pid) => ({ pid, pss: await pssOf(pid) })));
  return memories.filter((memory) => memory.pss > 0);
}

async function parentsOfAll(): Promise<Map<number, number>> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const entries = await Promise.all(
    pids.map(async (pid): Promise<[number, number]> => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // "pid (name) state parent …", where the name may hold blanks and brackets.
      return [pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)];
    }),
  );
  return new Map(entries);
}

async function pssOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

/** Waits until the same processes run below one for two seconds, and answers them. */
export async function untilSteady(root: number): Promise<ProcessMemory[]> {
  let before = '';
  for (let same = 0; ;) {
    const tree = await memoryOfTree(root);
    const now = JSON.stringify(tree.map(({ pid }) => pid));
    same = now === before ? same + 1 : 0;
    before = now;
    if (same === 4) return tree;
    await pause(500);
  }
}

/** Slotline's worker among the processes that a start runs. */
export async function workerOf(root: number): Promise<number> {
  for (const { pid } of await memoryOfTree(root)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('agent/main.ts')) return pid;
  }
  throw new Error('The worker is not among the processes of the start (memory needs Linux).');
}
