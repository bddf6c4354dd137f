import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';
import { pickFreePorts } from '../../start/ports.ts';
import type { Running } from '../../runtime/running/running-file.ts';
import type { Line } from './measure-call.ts';

const MAIN = fileURLToPath(new URL('../stock-worker/main.ts', import.meta.url));

/** Runs the stock worker beside Slotline's, on the same LiveKit server and the same model. */
export async function startStockLine(
  running: Running,
  rehearsalApiKey: string,
): Promise<Line & { pid: number; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [MAIN, 'start'], {
    env: {
      PATH: process.env['PATH'],
      STOCK_PORT: String((await pickFreePorts(1))[0]),
      LIVEKIT_URL: running.livekitUrl,
      LIVEKIT_API_KEY: running.livekitApiKey,
      LIVEKIT_API_SECRET: running.livekitApiSecret,
      OPENAI_API_KEY: rehearsalApiKey,
      OPENAI_BASE_URL: running.openaiBaseUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    const lines = createInterface(child.stdout);
    lines.on('line', (text) => {
      if (text.includes('registered worker')) resolve();
    });
    lines.on('close', () => reject(new Error('The stock worker ended before it was ready.')));
  });
  return {
    pid: child.pid ?? 0,
    dial: async () => ({ url: running.livekitUrl, token: await sign(running) }),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function sign(running: Running): Promise<string> {
  const identity = `visitor-${randomUUID()}`;
  const token = new AccessToken(running.livekitApiKey, running.livekitApiSecret, { identity });
  token.addGrant({ roomJoin: true, room: `stock-${randomUUID()}` });
  token.roomConfig = new RoomConfiguration({
    agents: [new RoomAgentDispatch({ agentName: 'stock' })],
  });
  return token.toJwt();
}
