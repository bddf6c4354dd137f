import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../../rehearsal/simulators/calendly/config.ts';
import { calendarOf, clientOf, freeOf, wish } from '../../../calendar/calendly/simulated.ts';
import { EnvironmentError } from '../../../../runtime/environment.ts';
import { CLOCK_VARIABLES } from '../../../support/test-clock.ts';

const MAIN = fileURLToPath(
  new URL('../../../../rehearsal/simulators/calendly/main.ts', import.meta.url),
);

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

describe('the Calendly simulator as a process', () => {
  it('says when it is ready, can be booked and moved by hand, and stops on SIGTERM', async () => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...CLOCK_VARIABLES,
        PATH: process.env['PATH'],
        CALENDLY_SIMULATOR_TOKEN: 'eyJ.t',
        CALENDLY_SIMULATOR_PORT: '0',
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
    const simulator = { url: `http://127.0.0.1:${port}`, clock: { now: () => Date.now() } };
    expect((await fetch(`${simulator.url}/healthz`)).status).toBe(200);
    const calendar = calendarOf(simulator, { client: clientOf(simulator, { token: 'eyJ.t' }) });
    const [first, second] = await freeOf(simulator, calendar);
    const { reference } = await calendar.book(wish(first));
    const moved = await fetch(`${simulator.url}/simulator/hands/move`, {
      method: 'POST',
      headers: { 'X-Simulator-Control': 'test' },
      body: JSON.stringify({ meeting: reference, start: second?.start.toISOString() }),
    });
    expect(moved.status).toBe(200);
    expect(await calendar.findBookings({ reference })).toMatchObject([{ ...second }]);
    const uncontrolled = await fetch(`${simulator.url}/simulator/meetings`);
    expect(uncontrolled.status).toBe(403);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toStrictEqual([0, null]);
  });

  it.each([
    [{}, 'CALENDLY_SIMULATOR_TOKEN'],
    [{ CALENDLY_SIMULATOR_TOKEN: 't', CALENDLY_SIMULATOR_PORT: 'soon' }, 'CALENDLY_SIMULATOR_PORT'],
  ])('names what is wrong in %j', (variables, name) => {
    const read = (): unknown => readConfig(variables);
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(name);
  });
});
