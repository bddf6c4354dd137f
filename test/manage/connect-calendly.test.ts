import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../booking/calendars/open-connection.ts';
import { CalendarSetupError } from '../../calendar/calendar-error.ts';
import { openClient } from '../../calendar/calendly/open-client.ts';
import { readAccount } from '../../calendar/calendly/account.ts';
import { readProviders } from '../../calendar/providers.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import { beginSignIn } from '../../manage/sign-in/begin-sign-in.ts';
import { finishSignIn } from '../../manage/sign-in/finish-sign-in.ts';
import { rejection } from '../calendar/contract/contract-world.ts';
import { startCalendly, TOKEN } from '../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../rehearsal/simulators/calendly/start-calendly.ts';
import { agree } from '../support/agree.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MASTER_KEY, OFFICE } from '../token-server/office/start-office.ts';

const OWNER = 'front-desk@example.com';

describe('a Calendly account whose owner signs in', () => {
  const database = useTestDatabase({ maxConnections: 10 });
  let simulator: ValidatedSimulator;
  let organizationId: string;
  let connection: CalendarConnection;

  beforeAll(async () => {
    const redirectUris = [`${OFFICE}/api/calendar/calendly/callback`];
    const clients = [{ id: 'slotline', secret: 'secret', redirectUris }];
    simulator = await startCalendly({ now: Date.now, clients });
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  });
  afterAll(() => simulator.close());

  const parts = (environment: Record<string, string> = {}) => ({
    db: database.db,
    masterKey: MASTER_KEY,
    now: () => new Date(),
    providers: readProviders({
      CALENDLY_BASE_URL: simulator.url,
      CALENDLY_CLIENT_ID: 'slotline',
      CALENDLY_CLIENT_SECRET: 'secret',
      ...environment,
    }),
  });

  async function signIn(environment: Record<string, string> = {}) {
    const input = { provider: 'calendly', name: 'Work', webhookUrl: OFFICE };
    const { url } = await beginSignIn(parts(environment), organizationId, input, {
      actor: { kind: 'operator', id: null, name: 'Test' },
      sessionId: null,
      publicUrl: OFFICE,
    });
    const { searchParams: query } = await agree(url, { account: OWNER });
    const returned = { provider: 'calendly', query, sessionId: null };
    return finishSignIn(parts(environment), returned, () => Promise.resolve());
  }

  it('is connected by clicking through the consent, in the account’s zone', async () => {
    ({ connection } = await signIn());
    expect(connection).toMatchObject({
      provider: 'calendly',
      timeZone: 'America/New_York',
      settings: { account: OWNER },
    });
    // They would be signed with a key that nobody has told us.
    expect(simulator.state.subscriptions.size).toBe(0);
  });

  it('has its webhooks believed by the application’s own key', async () => {
    ({ connection } = await signIn({ CALENDLY_SIGNING_SECRET: 'of the application' }));
    const subscriptions = [...simulator.state.subscriptions.values()];
    expect(subscriptions).toMatchObject([{ signingKey: 'of the application' }]);
  });

  it('is asked on with other tokens when the first have ended, refreshed once for many', async () => {
    simulator.oauth.endAccessTokens();
    const before = simulator.oauth.granted.length;
    const accounts = await Promise.all(
      Array.from({ length: 8 }, async () => {
        // Each is one process's.
        const { access } = await openConnection(database.db, connection, parts());
        return readAccount(openClient(access));
      }),
    );
    expect(new Set(accounts.map(({ email }) => email))).toEqual(new Set([OWNER]));
    expect(simulator.oauth.granted.slice(before)).toEqual(['refresh_token']);
    expect(simulator.oauth.refused).toBe(0);
  });

  it('says that its owner must sign in again where access was taken back', async () => {
    await simulator.oauth.takeBack(OWNER);
    const { access } = await openConnection(database.db, connection, parts());
    const refused = await rejection(readAccount(openClient(access)));
    expect(refused).toBeInstanceOf(CalendarSetupError);
    expect((refused as CalendarSetupError).problem).toBe('key-refused');
  });

  it('signs in to no address that the settings name: the token would be sent there', async () => {
    const input = { provider: 'calendly', name: 'Astray', baseUrl: 'https://elsewhere.example' };
    const beginning = beginSignIn(parts(), organizationId, input, {
      actor: { kind: 'operator', id: null, name: 'Test' },
      sessionId: null,
      publicUrl: OFFICE,
    });
    expect(await rejection(beginning)).toMatchObject({ name: 'ManageError', field: 'baseUrl' });
  });

  it('can be connected by a personal access token as well', async () => {
    const input = { provider: 'calendly', name: 'Work' };
    const read = () => Promise.resolve(TOKEN);
    const { account } = await connectCalendar(parts(), organizationId, input, read);
    expect(account).toBe(OWNER);
  });
});
