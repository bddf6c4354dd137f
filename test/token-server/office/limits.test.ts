import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertApiKey } from '../../../db/accounts/api-keys.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { KEY_PREFIX } from '../../../manage/accounts/api-keys.ts';
import { makeSecretToken } from '../../../manage/accounts/secret-token.ts';
import { createAuthLimits } from '../../../token-server/auth/auth-limits.ts';
import { totp } from '../../support/totp.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, OFFICE, PASSWORD, signIn, startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let organizationId: string;
beforeAll(async () => {
  office = await startOffice(database.db, { trustProxy: 1 });
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
});
afterAll(() => office[Symbol.asyncDispose]());

const person = (email: string) =>
  insertPerson(database.db, email, { organizationId, role: 'staff' });

/** From an address of its own, so that the account alone is counted. */
let addresses = 0;
function from(browser: Browser, path: string, body: object) {
  addresses += 1;
  return browser.send('POST', `/api/auth${path}`, body, {
    'X-Forwarded-For': `198.51.100.${addresses}`,
  });
}

test('nobody lifts the lock of another account with their own', async () => {
  await person('locked@example.com');
  await person('attacker@example.com');
  const guess = (password: string) =>
    from(office.browser(), '/sign-in/email', { email: 'locked@example.com', password });
  for (let count = 0; count < 10; count += 1) await guess(`guess number ${count}`);
  expect((await guess(PASSWORD)).status).toBe(429);
  const attacker = await signIn(office, 'attacker@example.com');
  const changed = await from(attacker, '/change-password', {
    email: 'locked@example.com',
    currentPassword: PASSWORD,
    newPassword: 'quite another sentence',
  });
  expect(changed.status).toBe(200);
  expect((await guess(PASSWORD)).status).toBe(429);
}, 120_000);

test('nobody locks another account out by naming it where nothing is signed in to', async () => {
  await person('named@example.com');
  for (let count = 0; count < 11; count += 1) {
    const answer = await from(office.browser(), '/reset-password', {
      email: 'named@example.com',
      token: 'none',
      newPassword: 'quite another sentence',
    });
    expect(answer.status).toBe(400);
  }
  const signedIn = await from(office.browser(), '/sign-in/email', {
    email: 'named@example.com',
    password: PASSWORD,
  });
  expect(signedIn.status).toBe(200);
}, 120_000);

test('who has the session of another guesses their password ten times, and no more', async () => {
  await person('stolen@example.com');
  const thief = await signIn(office, 'stolen@example.com');
  const statuses = [];
  for (let count = 0; count < 11; count += 1) {
    const path = count % 2 === 0 ? '/change-password' : '/two-factor/enable';
    const answer = await from(thief, path, {
      currentPassword: `guess number ${count}`,
      password: `guess number ${count}`,
      newPassword: 'quite another sentence',
    });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(400), 429]);
  // Whoever knows the password is not locked out by that.
  const owner = await from(office.browser(), '/sign-in/email', {
    email: 'stolen@example.com',
    password: PASSWORD,
  });
  expect(owner.status).toBe(200);
}, 120_000);

test('the networks around an address have shares too: a /56 is no new address each time', async () => {
  const limits = createAuthLimits(database.db, 'a-test-secret');
  const take = (line: number) =>
    limits.take('mail', {
      address: `2001:db8:0:${line.toString(16)}::1`,
      account: null,
    });
  for (let line = 0; line < 80; line += 1) await take(line);
  await expect(take(80)).rejects.toMatchObject({ code: 'too_many_requests' });
  // Of the /56 beside it.
  await take(0x100);
});

test('a key is asked with as often as it says, however few requests people may send from there', async () => {
  await using narrow = await startOffice(database.db, {
    officeLimiter: { take: async () => 1_000 },
  });
  const { token, digest } = makeSecretToken(KEY_PREFIX);
  const scopes = ['agents:read'];
  await insertApiKey(database.db, {
    organizationId,
    name: 'Website',
    start: token.slice(0, 12),
    scopes,
    requestsPerMinute: 2,
    keyDigest: digest,
    createdBy: null,
    expiresAt: null,
  });
  const ask = (headers: Record<string, string>) =>
    narrow.browser().send('GET', '/api/v1/me', undefined, headers);
  expect((await ask({})).status).toBe(429);
  const statuses = [];
  for (let count = 0; count < 3; count += 1) {
    statuses.push((await ask({ Authorization: `Bearer ${token}` })).status);
  }
  expect(statuses).toEqual([200, 200, 429]);
});

test('a code of the second step lets in once, of any number who bring it at once', async () => {
  const email = 'watched@example.com';
  const userId = await person(email);
  const signedIn = async (): Promise<Browser> => {
    const browser = office.browser();
    expect((await from(browser, '/sign-in/email', { email, password: PASSWORD })).status).toBe(200);
    return browser;
  };
  const browser = await signedIn();
  const enabled = await from(browser, '/two-factor/enable', { password: PASSWORD });
  const secret = new URL((enabled.body as { totpURI: string }).totpURI).searchParams.get('secret');
  const verify = (who: Browser, code: string) => from(who, '/two-factor/verify-totp', { code });
  const code = totp(secret ?? '');
  expect((await verify(browser, code)).status).toBe(200);
  const next = totp(secret ?? '', 1);
  const browsers = await Promise.all([1, 2, 3].map(signedIn));
  // The code that switched the second step on opens no other session.
  for (const one of browsers) expect((await verify(one, code)).status).toBe(401);
  const others = await Promise.all([1, 2, 3].map(signedIn));
  const answers = await Promise.all(others.map((one) => verify(one, next)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.find(({ status }) => status === 401)?.body).toMatchObject({
    code: 'invalid_code',
  });
  const sessions = await database.db
    .selectFrom('userSessions')
    .select('id')
    .where('userId', '=', userId)
    .execute();
  // Of who switched it on, and of who came first.
  expect(sessions).toHaveLength(2);
}, 60_000);

test.each([
  '/office/..//elsewhere.example',
  '/office/../../\\elsewhere.example',
  '/%2e%2e//elsewhere.example',
  '/office/.//..//elsewhere.example',
  '//elsewhere.example',
])('a link with callbackURL=%s leads to no other site', async (callbackURL) => {
  const path = `/api/auth/verify-email?token=none&callbackURL=${encodeURIComponent(callbackURL)}`;
  const { status, headers } = await office.browser().send('GET', path);
  expect([302, 403]).toContain(status);
  // Refused, it leads nowhere.
  expect(new URL(headers.get('location') ?? '/', OFFICE).origin).toBe(OFFICE);
});

test('a link leads where it says within the office', async () => {
  const path = '/api/auth/verify-email?token=none&callbackURL=%2Foffice%2Faccount%3Fx%3D1';
  const { status, headers } = await office.browser().send('GET', path);
  expect(status).toBe(302);
  expect(headers.get('location')).toMatch(/^\/office\/account\?x=1&error=/);
});
