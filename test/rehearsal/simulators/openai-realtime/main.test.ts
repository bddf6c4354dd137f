import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CLOCK_VARIABLES } from '../../../support/test-clock.ts';

const MAIN = fileURLToPath(
  new URL('../../../../rehearsal/simulators/openai-realtime/main.ts', import.meta.url),
);

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

function start(environment: Record<string, string>): ChildProcess {
  child = spawn(process.execPath, [MAIN], {
    env: { ...CLOCK_VARIABLES, PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return child;
}

describe('the rehearsal model as a process', () => {
  it('says when it is ready, serves, and stops on SIGTERM', async () => {
    const model = start({ REHEARSAL_API_KEY: 'k', REHEARSAL_PORT: '0' });
    let port = 0;
    for await (const line of createInterface({ input: model.stdout! })) {
      const entry = JSON.parse(line) as { msg: string; port?: number };
      if (entry.msg !== 'ready') continue;
      port = entry.port ?? 0;
      break;
    }
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(health.status).toBe(200);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/realtime?model=gpt-realtime`, {
      headers: { authorization: 'Bearer k' },
    });
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(data.toString('utf8'))).toMatchObject({ type: 'session.created' });

    const exit = once(model, 'exit');
    const closed = once(socket, 'close');
    model.kill('SIGTERM');
    expect(await closed).toMatchObject([1001, {}]);
    expect(await exit).toStrictEqual([0, null]);
  });

  it('does not start without its key and says which variable it is', async () => {
    const model = start({});
    const errors: Buffer[] = [];
    model.stderr?.on('data', (piece: Buffer) => errors.push(piece));
    const [code] = (await once(model, 'close')) as [number];
    expect(code).toBe(1);
    expect(Buffer.concat(errors).toString('utf8')).toContain('REHEARSAL_API_KEY');
  });
});
