import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { CLOCK_VARIABLES } from './test-clock.ts';

export interface TokenServerProcess {
  url: string;
  /** All that was logged so far. */
  logs: () => string;
  /** Kills it, as the kernel does. */
  kill: () => Promise<void>;
}

/** The token server as a process of its own, on a free port. */
export async function runTokenServer(
  databaseUrl: string,
  masterKey: Buffer,
): Promise<TokenServerProcess> {
  const child: ChildProcess & { stdout: NodeJS.ReadableStream } = spawn(
    process.execPath,
    ['token-server/main.ts'],
    {
      env: {
        ...CLOCK_VARIABLES,
        DATABASE_URL: databaseUrl,
        SLOTLINE_MASTER_KEY: masterKey.toString('base64'),
        LIVEKIT_URL: 'ws://127.0.0.1:1',
        LIVEKIT_API_KEY: 'key',
        LIVEKIT_API_SECRET: 'a-test-secret-of-at-least-32-characters',
        PORT: '0',
        LOG_LEVEL: 'trace',
        WEBHOOKS_PER_MINUTE: '100000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exit = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  let logs = '';
  const url = await new Promise<string>((resolve, reject) => {
    const output = createInterface(child.stdout);
    output.on('line', (text) => {
      logs += `${text}\n`;
      const line = JSON.parse(text) as { msg: string; url?: string };
      if (line.msg === 'ready') resolve(line.url ?? '');
    });
    output.on('close', () => reject(new Error('ended before it was ready')));
  });
  return { url, logs: () => logs, kill };
}
