import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../../booking/calendars/open-connection.ts';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import { OAuthClient } from '../../../calendar/oauth/oauth-client.ts';
import type { SignInProvider } from '../../../calendar/oauth/oauth-client.ts';
import type { Tokens } from '../../../calendar/oauth/tokens.ts';
import type { TokenSource } from '../../../calendar/oauth/token-source.ts';
import { readProviders } from '../../../calendar/providers.ts';
import {
  findCalendarConnection,
  insertCalendarConnection,
} from '../../../db/calendars/calendar-connections.ts';
import {
  readConnectionTokens,
  replaceConnectionTokens,
} from '../../../db/calendars/connection-tokens.ts';
import { openDatabase } from '../../../db/database.ts';
import type { Database } from '../../../db/database.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { agree } from '../../support/agree.ts';
import { ADA, DIARY_ENVIRONMENT, useDiary } from '../../support/signed-in-provider.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MASTER_KEY, OFFICE } from '../../token-server/office/start-office.ts';

describe.each([
  ['that are good once', true],
  ['that stay', false],
])('the tokens of a connection, with refresh tokens %s', (_name, isRotating) => {
  const database = useTestDatabase();
  const diary = useDiary({ isRotating });
  const pools: Database[] = [];
  let organizationId: string;
  beforeAll(async () => {
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    for (let pool = 0; pool < 3; pool += 1) {
      pools.push(openDatabase({ connectionString: database.url, maxConnections: 4 }));
    }
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.destroy())));

  const providers = () => readProviders(DIARY_ENVIRONMENT, [diary.provider]);

  async function signIn(): Promise<Tokens> {
    const provider = diary.provider as SignInProvider;
    const { environment } = providers();
    const client = new OAuthClient({ provider, access: { settings: {}, environment } });
    const consent = { redirectUri: `${OFFICE}/api/calendar/diary/callback`, state: randomUUID() };
    const verifier = 'v'.repeat(43);
    const url = await client.authorizationUrl(consent, verifier);
    const callback = await agree(url, { account: ADA });
    return client.exchange(callback, { state: consent.state, verifier, now: new Date() });
  }

  /** A connection whose access token has ended unless it is said to hold. */
  async function connect(change: Partial<Tokens> = { expiresAt: 0 }) {
    const id = await insertCalendarConnection(database.db, {
      organizationId,
      provider: 'diary',
      name: `Diary ${randomUUID()}`,
      timeZone: 'Europe/Zurich',
    });
    const key = { organizationId, id };
    const tokens = { ...(await signIn()), ...change };
    const plain = JSON.stringify(tokens);
    await replaceConnectionTokens(database.db, key, { plain, masterKey: MASTER_KEY });
    return { key, tokens };
  }

  async function open(key: { organizationId: string; id: string }, db = database.db) {
    const connection = await findCalendarConnection(db, key);
    if (!connection) throw new Error('The connection is gone.');
    const options = { masterKey: MASTER_KEY, providers: providers(), now: () => new Date() };
    const { access } = await openConnection(db, connection, options);
    if (!access.tokens) throw new Error('The connection has no tokens.');
    return access.tokens satisfies TokenSource;
  }

  const refreshes = () => diary.server.granted.filter((type) => type === 'refresh_token').length;

  it('are asked for once by thirty callers in three pools', async () => {
    const { key, tokens } = await connect();
    const before = refreshes();
    const from = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, caller) =>
        (await open(key, pools[caller % 3])).accessToken(),
      ),
    );
    const took = performance.now() - from;
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).not.toBe(tokens.accessToken);
    expect(refreshes() - before).toBe(1);
    expect(diary.server.refused).toBe(0);
    expect(took).toBeLessThan(8_000);
    expect(await diary.server.ownerOf(answers[0] ?? '')).toMatchObject({ account: ADA });
  });

  it('are not asked for while they hold', async () => {
    const { key, tokens } = await connect({});
    const before = refreshes();
    expect(await (await open(key)).accessToken()).toBe(tokens.accessToken);
    expect(refreshes()).toBe(before);
  });

  it('are renewed once when the provider refuses them, whoever else was refused too', async () => {
    const { key, tokens } = await connect({});
    diary.server.endAccessTokens();
    const before = refreshes();
    const answers = await Promise.all(
      Array.from({ length: 9 }, async (_, caller) =>
        (await open(key, pools[caller % 3])).renew(tokens.accessToken),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(refreshes() - before).toBe(1);
    expect(await diary.server.ownerOf(answers[0] ?? '')).toMatchObject({ account: ADA });
  });

  it('can be refreshed again and again', async () => {
    const { key } = await connect();
    const source = await open(key);
    let token = await source.accessToken();
    for (let round = 0; round < 3; round += 1) token = await source.renew(token);
    expect(await diary.server.ownerOf(token)).toMatchObject({ account: ADA });
  });

  it('that their owner took back leave the connection to be connected again', async () => {
    const { key } = await connect();
    await diary.server.takeBack(ADA);
    const source = await open(key);
    const refusal = await source.accessToken().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CalendarSetupError);
    expect(refusal).toMatchObject({
      problem: 'key-refused',
      advice: expect.stringMatching(/took it back.* Connect the calendar again/) as string,
    });
    const connection = await findCalendarConnection(database.db, key);
    expect(connection?.reconnectReason).toMatch(/^Diary gives no access any more/);
    expect(connection?.disconnectedAt).toBeNull();
    // Nobody asks in vain from then on.
    const before = diary.server.refused;
    await expect(source.accessToken()).rejects.toMatchObject({ problem: 'key-refused' });
    expect(diary.server.refused).toBe(before);
  });

  it('stay as they are while the authorization server does not answer', async () => {
    const { key, tokens } = await connect();
    diary.server.fail({ kind: 'unavailable', times: 1 });
    const source = await open(key);
    await expect(source.accessToken()).rejects.toBeInstanceOf(CalendarUnreachableError);
    const stored = await readConnectionTokens(database.db, key, MASTER_KEY);
    expect(JSON.parse(stored.tokens ?? '')).toEqual(tokens);
    const token = await source.accessToken();
    expect(await diary.server.ownerOf(token)).toMatchObject({ account: ADA });
  });

  it('are waited for by others while the server is slow', async () => {
    const { key } = await connect();
    diary.server.fail({ kind: 'slow', milliseconds: 700, times: 1 });
    const before = refreshes();
    const answers = await Promise.all(
      pools.map(async (pool) => (await open(key, pool)).accessToken()),
    );
    expect(new Set(answers).size).toBe(1);
    expect(refreshes() - before).toBe(1);
  });

  it('whose answer was lost are asked for again, and lost for good where they are good once', async () => {
    const { key } = await connect();
    diary.server.fail({ kind: 'lost-answer', times: 1 });
    const source = await open(key);
    const before = refreshes();
    await expect(source.accessToken()).rejects.toBeInstanceOf(CalendarUnreachableError);
    // It was sent once: nobody repeats it unasked.
    expect(refreshes() - before).toBe(1);
    const again = await source.accessToken().catch((error: unknown) => error);
    const owner = typeof again === 'string' ? await diary.server.ownerOf(again) : again;
    expect(owner).toMatchObject(isRotating ? { problem: 'key-refused' } : { account: ADA });
  });
});
