import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identifyProcess } from '../runtime/running/process-identity.ts';
import { signalProcess } from './process-register.ts';
import { StartError } from './start-error.ts';

/**
 * Makes a data directory usable whose server was killed. PostgreSQL refuses to start while the
 * process named in postmaster.pid exists, and after a reboot, or in a new container, that pid may
 * belong to any other program. So: a server that still works on this directory is stopped; the file
 * of one that is gone is removed. Only to be called by the owner of the process register.
 */
export async function clearStalePostmaster(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) {
    await rm(file, { force: true });
    return;
  }
  // PostgreSQL's manual, "Shutting Down the Server": SIGINT is a fast shutdown, SIGQUIT an
  // immediate one that the next start recovers from.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isServerOf(directory, pid))) break;
    signalProcess(pid, signal);
    for (let waited = 0; waited < 3_000 && (await identifyProcess(pid)); waited += 50) {
      await delay(50);
    }
  }
  await rm(file, { force: true });
}

async function isServerOf(directory: string, pid: number): Promise<boolean> {
  if (!(await identifyProcess(pid))) return false;
  // Elsewhere than on Linux PostgreSQL's own check of the pid has to do.
  if (process.platform !== 'linux') return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').includes(directory);
}

/**
 * As root, PostgreSQL's server runs as the user `postgres`, who must be able to enter every folder
 * on the way to its data and to its program.
 *
 * @throws StartError that names the folder that keeps it out
 */
export async function requireReachableForPostgres(paths: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const entry = await stat(folder).catch(() => undefined);
      if (!entry || (entry.mode & 0o001) !== 0) continue;
      throw new StartError(
        `You are root, so PostgreSQL runs as the user "postgres", and ${folder} lets only its owner in. ` +
          'Start as another user, move to a folder that everybody may enter, or set DATABASE_URL to a database of yours.',
      );
    }
  }
}
