import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Heard } from './audit.ts';
import type { StormOrders } from './crashing-caller.ts';

export interface StormProcess {
  /** Resolves at its end: whether it killed itself. */
  ended: Promise<'killed' | 'ended'>;
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
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [email, heard] = JSON.parse(line) as [string, Heard];
    onHeard(email, heard);
  });
  return { ended: endOf(child, once(lines, 'close')), terminate: () => child.kill('SIGTERM') };
}

async function endOf(child: ChildProcess, read: Promise<unknown>): Promise<'killed' | 'ended'> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await read;
  if (signal === 'SIGKILL') return 'killed';
  if (code === 0) return 'ended';
  throw new Error(`A process of the storm ended with ${code ?? signal}.`);
}
