import { readdir, readFile } from 'node:fs/promises';

/** In the environment of every process that a start begins, and so of those that they begin. */
export const START_MARK = 'SLOTLINE_START';

/**
 * The processes of a start, by the mark in their environment: also one that was begun in the very
 * moment in which the start was killed, and that nobody was told of. None where the system does not
 * show environments as files (only Linux does).
 *
 * @returns the pids; `isLeader` of those that lead a process group, as each part does
 */
export async function findMarked(mark: string): Promise<{ pid: number; isLeader: boolean }[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (!environment.split('\0').includes(`${START_MARK}=${mark}`)) return [];
      // proc(5): the process group is field 5, counted from the bracket behind the name.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      return [{ pid, isLeader: group === pid }];
    }),
  );
  return found.flat();
}
