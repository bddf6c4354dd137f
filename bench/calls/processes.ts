import { readFile, readdir } from 'node:fs/promises';

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
