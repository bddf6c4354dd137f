import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Readable } from 'node:stream';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { runSlotline } from '../../cli/run-slotline.ts';
import { listCalendarConnections } from '../../db/calendars/calendar-connections.ts';
import { noteReconnect } from '../../db/calendars/connection-tokens.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { agree } from '../support/agree.ts';
import { ADA, DIARY_ENVIRONMENT, GRACE, useDiary } from '../support/signed-in-provider.ts';
import { MACHINE_CLOCK } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MASTER_KEY, OFFICE, startOffice } from '../token-server/office/start-office.ts';
import type { RunningOffice } from '../token-server/office/start-office.ts';

const database = useTestDatabase();
const diary = useDiary();
let office: RunningOffice;
let organizationId: string;
beforeAll(async () => {
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  const providers = readProviders(DIARY_ENVIRONMENT, [...PROVIDERS, diary.provider]);
  office = await startOffice(database.db, { outside: { providers } });
});
afterAll(() => office[Symbol.asyncDispose]());

interface Running {
  /** What was printed so far. */
  output: () => string;
  /** The address to sign in at, once it was printed. */
  url: () => Promise<string>;
  ended: Promise<number>;
}

function run(
  given: string[],
  environment: NodeJS.ProcessEnv = DIARY_ENVIRONMENT,
  command: 'connect' | 'list' = 'connect',
): Running {
  let output = '';
  const printed = Promise.withResolvers<string>();
  const write = (text: string): void => {
    output += text;
    const url = /http:\S+\/auth\?\S+/.exec(output)?.[0];
    if (url !== undefined) printed.resolve(url);
  };
  const options = command === 'connect' ? ['--provider', 'diary'] : [];
  const ended = runSlotline(['calendars', command, ...given, ...options], {
    environment: {
      DATABASE_URL: database.url,
      SLOTLINE_MASTER_KEY: MASTER_KEY.toString('base64'),
      OFFICE_URL: OFFICE,
      ...environment,
    },
    providers: [...PROVIDERS, diary.provider],
    input: Readable.from([]),
    write,
    writeError: write,
    now: MACHINE_CLOCK.now,
  });
  return { output: () => output, url: () => printed.promise, ended };
}

/** On whatever device: no cookie of the office comes with it. */
const comeBack = ({ pathname, search }: URL) => fetch(`${office.url}${pathname}${search}`);

describe('slotline calendars connect, of a provider whose owners sign in', () => {
  it('prints the address, and tells when somebody has signed in', async () => {
    const running = run(['Desk', '--volume', 'II']);
    const page = await comeBack(await agree(await running.url(), { account: ADA }));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('“Desk” is connected');
    expect(await running.ended).toBe(0);
    expect(running.output()).toContain(
      'Connected "Desk" of the account "ada@example.com", in Europe/Zurich.',
    );
    const connections = await listCalendarConnections(database.db, organizationId);
    expect(connections).toMatchObject([{ name: 'Desk', settings: { volume: 'II', account: ADA } }]);
  });

  it('changes a setting without anybody who signs in', async () => {
    const running = run(['Desk', '--volume', 'III']);
    expect(await running.ended).toBe(0);
    expect(running.output()).toContain('"Desk" of the account "ada@example.com" is connected anew');
  });

  it('tells why nobody was connected', async () => {
    const running = run(['Other']);
    await comeBack(await agree(await running.url(), { account: GRACE, answer: 'deny' }));
    expect(await running.ended).toBe(2);
    expect(running.output()).toContain('did not agree');
  });

  it('says in the list that somebody must sign in again', async () => {
    const [desk] = await listCalendarConnections(database.db, organizationId);
    if (!desk) throw new Error('There is no calendar.');
    await noteReconnect(database.db, desk, 'Its owner took it back.');
    const listed = run([], DIARY_ENVIRONMENT, 'list');
    expect(await listed.ended).toBe(0);
    expect(listed.output()).toMatch(/^Desk +diary +sign in again /m);
    const running = run(['Desk']);
    await comeBack(await agree(await running.url(), { account: ADA }));
    expect(await running.ended).toBe(0);
  });

  it('does not wait where it is told so, and under --json', async () => {
    const later = run(['Later', '--no-wait']);
    expect(await later.ended).toBe(0);
    const json = run(['Json', '--json']);
    expect(await json.ended).toBe(0);
    expect(JSON.parse(json.output())).toMatchObject({
      url: expect.stringContaining('/auth?') as string,
      adminConsentUrl: null,
    });
    await comeBack(await agree(await later.url(), { account: GRACE }));
    const connections = await listCalendarConnections(database.db, organizationId);
    expect(connections.map(({ name }) => name)).toContain('Later');
  });

  it('names the variables that it does not find', async () => {
    const running = run(['Unset'], {});
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain('DIARY_CLIENT_ID and DIARY_CLIENT_SECRET must be set');
  });
});
