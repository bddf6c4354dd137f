import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pickFreePorts } from '../../start/ports.ts';

const MAIN = fileURLToPath(new URL('../../agent/main.ts', import.meta.url));

export interface Worker {
  pid: number;
  /** Lines of the log, parsed, those of its job processes included. */
  log: Record<string, unknown>[];
  /** Resolves with the first line, past or future, that fits. */
  logged(fits: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** Sends SIGTERM and resolves when the process is gone. */
  stop(): Promise<void>;
  /** Sends a signal to the worker itself and to nothing that it started. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it and all its processes as kill -9 does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with the exit code, or with the signal that ended it. */
  gone: Promise<number | NodeJS.Signals | null>;
}

/** The worker as a process of its own, ready to take calls. */
export async function startWorker(environment: Record<string, string>): Promise<Worker> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      AGENT_HEALTH_PORT: String((await pickFreePorts(1))[0]),
      AGENT_PROCESSES: '1',
      AGENT_DRAIN_TIMEOUT: '1000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // The leader of a process group, which can be killed as a whole.
    detached: true,
  });
  const exited = once(child, 'exit');
  const log: Record<string, unknown>[] = [];
  const waiting = new Set<(line: Record<string, unknown>) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) return;
    const line = JSON.parse(text) as Record<string, unknown>;
    log.push(line);
    for (const look of waiting) look(line);
  });
  const worker: Worker = {
    pid: child.pid ?? 0,
    log,
    logged: (fits) => {
      const known = log.find(fits);
      if (known) return Promise.resolve(known);
      const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
      const look = (line: Record<string, unknown>): void => {
        if (!fits(line)) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      return promise;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null)
        process.kill(-worker.pid, 'SIGKILL');
      await exited;
    },
    gone: exited.then(() => child.exitCode ?? child.signalCode),
  };
  await Promise.race([
    worker.logged((line) => line['msg'] === 'ready'),
    exited.then(() => Promise.reject(new Error('The worker ended before it was ready.'))),
  ]);
  return worker;
}
