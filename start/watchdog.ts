import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { findMarked } from './marked-processes.ts';
import { identifyProcess, isStillRunning } from '../runtime/running/process-identity.ts';
import type { ProcessIdentity } from '../runtime/running/process-identity.ts';
import { clearStrays, endStray, signalProcess } from './process-register.ts';
import { removeRunning } from '../runtime/running/running-file.ts';

// Run as a program beside every start. Its standard input is a pipe that only the start holds, and
// that brings the pid of every process the start begins, a line each. The pipe ends when the start
// ends, however that happened (SIGKILL, out of memory); an orderly stop ends this program first.
// Milliseconds; a process that is killed closes its pipes before it is gone.
const OWNER_GOES_WITHIN = 10_000;

const [dataDirectory, ownerPid, mark] = process.argv.slice(2);
if (!dataDirectory || !ownerPid || !mark) throw new Error('watchdog: an argument is missing.');
const owner = identifyProcess(Number(ownerPid));
/** The register may be behind: a start is killed at any moment. */
const begun: Promise<ProcessIdentity | undefined>[] = [];

const lines = createInterface({ input: process.stdin });
lines.on('line', (pid) => begun.push(identifyProcess(Number(pid))));
lines.once('close', () => {
  void endAll(dataDirectory, mark).then(
    () => process.exit(0),
    // The directory belongs to a newer start by now.
    () => process.exit(1),
  );
});

async function untilGone(one: ProcessIdentity): Promise<void> {
  const deadline = performance.now() + OWNER_GOES_WITHIN;
  while ((await isStillRunning(one)) && performance.now() < deadline) await delay(20);
}

async function endAll(directory: string, mark: string): Promise<void> {
  const killed = await owner;
  if (killed) await untilGone(killed);
  // Parts alone are asked to stop; they, or force, end their own children.
  const parts = (await findMarked(mark)).filter(({ isLeader }) => isLeader);
  const left = await Promise.all([...begun, ...parts.map(({ pid }) => identifyProcess(pid))]);
  await Promise.all([
    clearStrays(directory),
    ...left.filter((one) => one !== undefined).map((one) => endStray(one)),
  ]);
  // Also what one of them began meanwhile.
  for (const { pid } of await findMarked(mark)) signalProcess(pid, 'SIGKILL');
  await removeRunning(directory);
}
