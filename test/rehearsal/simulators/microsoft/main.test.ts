import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { microsoft } from '../../../../calendar/microsoft/provider.ts';
import { OAuthClient, signsIn } from '../../../../calendar/oauth/oauth-client.ts';
import { freshTokens } from '../../../../calendar/oauth/tokens.ts';
import { memoryLimiter } from '../../../../calendar/request-limiter.ts';
import { agree } from '../../../support/agree.ts';
import { CLOCK_VARIABLES } from '../../../support/test-clock.ts';

const MAIN = fileURLToPath(
  new URL('../../../../rehearsal/simulators/microsoft/main.ts', import.meta.url),
);
const CALLBACK = 'http://localhost:3000/api/calendar/microsoft/callback';
const DENTIST = 'dentist@example.com';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

describe('the simulator of Microsoft as a process', () => {
  it('signs somebody in who agrees, opens their mailbox, and stops on SIGTERM', async () => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...CLOCK_VARIABLES,
        PATH: process.env['PATH'],
        SIGN_IN_SIMULATOR_CLIENT_ID: 'slotline',
        SIGN_IN_SIMULATOR_CLIENT_SECRET: 's3cret',
        SIGN_IN_SIMULATOR_CALLBACK: CALLBACK,
        SIGN_IN_SIMULATOR_PORT: '0',
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
    const environment = {
      MICROSOFT_GRAPH_URL: url,
      MICROSOFT_LOGIN_URL: url,
      MICROSOFT_CLIENT_ID: 'slotline',
      MICROSOFT_CLIENT_SECRET: 's3cret',
    };
    const access = { settings: {}, credential: null, environment, limiter: memoryLimiter };
    if (!signsIn(microsoft)) throw new Error('Nobody signs in.');
    const client = new OAuthClient({ provider: microsoft, access });
    const verifier = 'v'.repeat(43);
    const consent = { redirectUri: CALLBACK, state: 'a-state' };
    const allowed = await fetch(client.adminConsentUrl(consent) ?? '', { redirect: 'manual' });
    expect(allowed.headers.get('location')).toMatch(/admin_consent=True.*state=a-state/);
    const begin = await client.authorizationUrl(consent, verifier);
    const back = await agree(begin, { account: DENTIST });
    const checks = { state: 'a-state', verifier, now: new Date() };
    const tokens = await client.exchange(back, checks);
    const account = await microsoft.readAccount?.({ ...access, tokens: freshTokens(tokens) });
    expect(account).toMatchObject({ name: DENTIST, settings: { places: { name: 'Calendar' } } });
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toStrictEqual([0, null]);
  });
});
