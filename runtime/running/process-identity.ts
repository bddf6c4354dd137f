import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as one run of a program: the system gives the same pid to another program later. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in words of the system; null where that cannot be learnt. */
  began: string | null;
}

/** Says when the process began, or undefined when there is no such process. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!processExists(pid)) return undefined;
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined) return processExists(pid) ? { pid, began: null } : undefined;
    // The name in brackets may hold spaces and brackets: fields are counted from the last one.
    // proc(5): the state is field 3, the start time in clock ticks since boot is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended: only its parent has not asked for the exit code yet.
    if (fields[0] === 'Z') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return { pid, began: `${boot.trim()}:${fields[19] ?? ''}` };
  }
  if (process.platform === 'win32') return { pid, began: null };
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  );
  return { pid, began: stdout.trim() || null };
}

/** True while the very process that was recorded is running. */
export async function isStillRunning(recorded: ProcessIdentity): Promise<boolean> {
  const current = await identifyProcess(recorded.pid);
  if (!current) return false;
  return recorded.began === null || current.began === null || recorded.began === current.began;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
