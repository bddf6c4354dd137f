import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CLOCK_VARIABLES } from '../../../support/test-clock.ts';

const MAIN = fileURLToPath(
  new URL('../../../../rehearsal/simulators/google/main.ts', import.meta.url),
);

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

describe('the Google simulator as a process', () => {
  it('says when it is ready, shows its consent page, and stops on SIGTERM', async () => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...CLOCK_VARIABLES,
        PATH: process.env['PATH'],
        SIGN_IN_SIMULATOR_PORT: '0',
        SIGN_IN_SIMULATOR_CLIENT_ID: 'slotline',
        SIGN_IN_SIMULATOR_CLIENT_SECRET: 'a secret',
        SIGN_IN_SIMULATOR_CALLBACK: 'http://localhost:3000/api/calendar/google/callback',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let port = 0;
    for await (const line of createInterface({ input: child.stdout! })) {
      const entry = JSON.parse(line) as { msg: string; port?: number };
      if (entry.msg !== 'ready') continue;
      port = entry.port ?? 0;
      break;
    }
    const url = new URL(`http://127.0.0.1:${port}/o/oauth2/v2/auth`);
    url.search = new URLSearchParams({
      client_id: 'slotline',
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/api/calendar/google/callback',
      scope: 'https://www.googleapis.com/auth/calendar.freebusy',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
      state: 'a state',
    }).toString();
    const asked = await fetch(url, { redirect: 'manual' });
    const cookie = asked.headers.getSetCookie().map((line) => line.split(';')[0]);
    const page = await fetch(new URL(asked.headers.get('location') ?? '', url), {
      headers: { Cookie: cookie.join('; ') },
    });
    expect(await page.text()).toContain('front-desk@example.com');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toStrictEqual([0, null]);
  });
});
