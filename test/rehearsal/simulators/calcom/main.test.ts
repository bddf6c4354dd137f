import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { request } from './start-calcom.ts';
import { CLOCK_VARIABLES } from '../../../support/test-clock.ts';

const MAIN = fileURLToPath(
  new URL('../../../../rehearsal/simulators/calcom/main.ts', import.meta.url),
);

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

describe('the Cal.com simulator as a process', () => {
  it('says when it is ready, serves the front desk, and stops on SIGTERM', async () => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...CLOCK_VARIABLES,
        PATH: process.env['PATH'],
        CALCOM_SIMULATOR_API_KEY: 'cal_k',
        CALCOM_SIMULATOR_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let port = 0;
    for await (const line of createInterface({ input: child.stdout! })) {
      const entry = JSON.parse(line) as { msg: string; port?: number };
      if (entry.msg !== 'ready') continue;
      port = entry.port ?? 0;
      break;
    }
    const url = `http://127.0.0.1:${port}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const { body } = await request({ url }, 'GET', '/v2/event-types', { key: 'cal_k' });
    expect(body.data).toMatchObject([
      { slug: 'appointment', lengthInMinutes: 30 },
      { slug: 'consultation', lengthInMinutes: 60 },
    ]);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toStrictEqual([0, null]);
  });
});
