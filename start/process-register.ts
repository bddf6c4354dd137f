import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { writePrivateFile } from '../runtime/running/private-file.ts';
import { identifyProcess, isStillRunning } from '../runtime/running/process-identity.ts';
import type { ProcessIdentity } from '../runtime/running/process-identity.ts';
import { StartError } from './start-error.ts';

const identitySchema = z.object({ pid: z.number().int(), began: z.string().nullable() });
const registerSchema = z.object({
  owner: identitySchema,
  parts: z.array(identitySchema.extend({ name: z.string() })),
});

type Recorded = z.infer<typeof registerSchema>;

/** The data directory's list of running processes, and with it the right to use the directory. */
export interface ProcessRegister {
  add(name: string, pid: number): Promise<void>;
  remove(pid: number): Promise<void>;
  /** Gives the data directory back. */
  release(): Promise<void>;
}

function registerPath(dataDirectory: string): string {
  return join(dataDirectory, 'processes.json');
}

async function readRegister(dataDirectory: string): Promise<Recorded | undefined> {
  const text = await readFile(registerPath(dataDirectory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return registerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Takes the data directory for this process. What an earlier start left running, because it was
 * killed, is ended first.
 *
 * @throws StartError when another start uses the directory
 */
export async function openRegister(dataDirectory: string): Promise<ProcessRegister> {
  const path = registerPath(dataDirectory);
  const owner = (await identifyProcess(process.pid)) ?? { pid: process.pid, began: null };
  const parts: Recorded['parts'] = [];
  const text = () => JSON.stringify({ owner, parts } satisfies Recorded);

  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, text(), { mode: 0o600 });
  try {
    // A hard link is made whole or not at all, and fails when the name is taken: of two starts at
    // the same instant one gets the directory.
    for (let taken = false; !taken;) {
      taken = await link(draft, path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      if (!taken) await clearStrays(dataDirectory);
    }
  } finally {
    await rm(draft, { force: true });
  }

  // One write after the other: parts start at the same time.
  let written: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    written = written.then(() => writePrivateFile(path, text()));
    return written;
  };
  return {
    async add(name, pid) {
      const identity = await identifyProcess(pid);
      if (!identity) return;
      parts.push({ name, ...identity });
      await save();
    },
    async remove(pid) {
      const index = parts.findIndex((part) => part.pid === pid);
      if (index === -1) return;
      parts.splice(index, 1);
      await save();
    },
    async release() {
      await written;
      await rm(path, { force: true });
    },
  };
}

/**
 * Ends what a killed start left running and frees its data directory.
 *
 * @throws StartError when that start is still running
 */
export async function clearStrays(dataDirectory: string): Promise<void> {
  const recorded = await readRegister(dataDirectory);
  if (recorded && (await isStillRunning(recorded.owner))) {
    throw new StartError(
      `Slotline is already running on ${dataDirectory} (process ${recorded.owner.pid}). ` +
        'Stop that one, or give this one another directory with --data-dir.',
    );
  }
  await Promise.all((recorded?.parts ?? []).map((part) => endStray(part)));
  const now = await readRegister(dataDirectory);
  // Another start may have come first and own the file by now.
  if (now?.owner.pid === recorded?.owner.pid && now?.owner.began === recorded?.owner.began) {
    await rm(registerPath(dataDirectory), { force: true });
  }
}

/**
 * Asks twice (LiveKit server leaves its rooms only when asked again), then ends the whole process
 * group that the part led: its descendants may be there although it is gone.
 */
export async function endStray(part: ProcessIdentity): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGTERM'] as const) {
    if (!(await isStillRunning(part))) break;
    signalProcess(part.pid, signal);
    for (let waited = 0; waited < 1_500 && (await isStillRunning(part)); waited += 50) {
      await delay(50);
    }
  }
  // The pid is not given to another program while its group has members; where another program has
  // it, the group is gone.
  const current = await identifyProcess(part.pid);
  if (!current || (await isStillRunning(part))) signalProcess(-part.pid, 'SIGKILL');
}

/** Sends a signal; a process that is gone already is what was wanted. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? Math.abs(pid) : pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
