import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Heard } from './audit.ts';
import type { StormOrders } from './crashing-caller.ts';
import type { StormPoint } from './storm-points.ts';

export interface StormProcess {
  /** Resolves at its end: where it killed itself, or null, and whether it failed. */
  ended: Promise<{ diedAt: StormPoint | null; failed: boolean }>;
  terminate(): void;
}

/** Starts a process of the storm. What its callers hear is handed on line by line. */
export function startStormProcess(
  orders: StormOrders,
  onHeard: (email: string, heard: Heard) => void,
): StormProcess {
  const program = fileURLToPath(new URL('job.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
    // Compiled code kept from the last process: most of a short life is loading.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'slotline-storm-compile-cache') },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  let diedAt: StormPoint | null = null;
  lines.on('line', (line) => {
    const said = JSON.parse(line) as [string, Heard] | { diedAt: StormPoint };
    if (Array.isArray(said)) onHeard(...said);
    else diedAt = said.diedAt;
  });
  const ended = endOf(child, once(lines, 'close')).then((failed) => ({ diedAt, failed }));
  return { ended, terminate: () => child.kill('SIGTERM') };
}

/** Whether it failed: a machine that is too busy lets connections time out. */
async function endOf(child: ChildProcess, read: Promise<unknown>): Promise<boolean> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await read;
  // It may be told to end before it listens to that.
  return !(signal === 'SIGKILL' || signal === 'SIGTERM' || code === 0);
}
