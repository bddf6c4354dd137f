import { getAuthTables } from 'better-auth/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteVerifications } from '../../../db/accounts/users.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { listWaitingLinks } from '../../../manage/accounts/account-links.ts';
import { createAuth } from '../../../token-server/auth/create-auth.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { totp } from '../../support/totp.ts';
import { insertPerson, OFFICE, PASSWORD, signIn, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let organizationId: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
});
afterAll(() => office[Symbol.asyncDispose]());

const person = (email: string) =>
  insertPerson(database.db, email, { organizationId, role: 'admin' });

describe('signing in', () => {
  test('gives a session that is known, listed and ended by signing out', async () => {
    await person('in@example.com');
    const browser = await signIn(office, 'in@example.com');
    const session = await browser.send('GET', '/api/auth/get-session');
    expect(session.body).toMatchObject({ user: { email: 'in@example.com' } });
    expect((await browser.send('GET', '/api/auth/list-sessions')).body).toHaveLength(1);
    expect((await browser.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await browser.send('GET', '/api/auth/get-session')).body).toBeNull();
  });

  test('is refused in the same words for a wrong password and an address that nobody has', async () => {
    await person('known@example.com');
    const answers = await Promise.all(
      ['known@example.com', 'unknown@example.com'].map((email) =>
        office
          .browser()
          .send('POST', '/api/auth/sign-in/email', { email, password: 'not it at all' }),
      ),
    );
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(answers[0]?.body).toMatchObject({ code: 'invalid_email_or_password', status: 401 });
  });

  test('is locked for an account after ten wrong passwords, whether it exists or not', async () => {
    await person('guessed@example.com');
    for (const email of ['guessed@example.com', 'nobody@example.com']) {
      const browser = office.browser();
      const statuses = [];
      for (let count = 0; count < 11; count += 1) {
        const answer = await browser.send('POST', '/api/auth/sign-in/email', {
          email,
          password: `guess number ${count}`,
        });
        statuses.push(answer.status);
      }
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    }
    const right = await office.browser().send('POST', '/api/auth/sign-in/email', {
      email: 'Guessed@Example.com',
      password: PASSWORD,
    });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
  }, 120_000);

  test('gives another session than the cookie that was there before', async () => {
    await person('fixed@example.com');
    const first = await signIn(office, 'fixed@example.com');
    const planted = first.cookies.get('slotline.session_token') ?? '';
    const victim = office.browser();
    victim.cookies.set('slotline.session_token', planted);
    await victim.send('POST', '/api/auth/sign-in/email', {
      email: 'fixed@example.com',
      password: PASSWORD,
    });
    expect(victim.cookies.get('slotline.session_token')).not.toBe(planted);
  });

  test('is refused to the page of another site, with and without a cookie', async () => {
    await person('lured@example.com');
    const browser = await signIn(office, 'lured@example.com');
    for (const jar of [browser, office.browser()]) {
      const answer = await jar.send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'lured@example.com', password: PASSWORD },
        { Origin: 'https://elsewhere.example' },
      );
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'origin_refused' });
    }
  });

  test('is for those who are let in: nobody signs up', async () => {
    const answer = await office.browser().send('POST', '/api/auth/sign-up/email', {
      name: 'Stranger',
      email: 'stranger@example.com',
      password: PASSWORD,
    });
    expect(answer.status).toBe(404);
  });

  test('sets a cookie that scripts do not see, and behind TLS one that plain http does not carry', async () => {
    await person('cookie@example.com');
    await using secure = await startOffice(database.db, {
      office: { url: 'https://office.example.com', origins: [OFFICE] },
      trustProxy: 1,
    });
    const cookieOf = async (where: RunningOffice): Promise<string> => {
      const answer = await where.browser().send('POST', '/api/auth/sign-in/email', {
        email: 'cookie@example.com',
        password: PASSWORD,
      });
      return answer.headers.getSetCookie().find((line) => line.includes('session_token')) ?? '';
    };
    const [plain, behindTls] = [await cookieOf(office), await cookieOf(secure)];
    expect(plain).toMatch(/HttpOnly/);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/);
    expect(behindTls).toMatch(/^__Secure-slotline.*Secure/);
  });
});

describe('a password', () => {
  test('is set anew by a link that works once, and ends all sessions', async () => {
    await person('forgot@example.com');
    const before = await signIn(office, 'forgot@example.com');
    const asked = await office
      .browser()
      .send('POST', '/api/auth/request-password-reset', { email: 'forgot@example.com' });
    const unknown = await office
      .browser()
      .send('POST', '/api/auth/request-password-reset', { email: 'nobody-here@example.com' });
    expect(asked.body).toEqual(unknown.body);
    await expect
      .poll(async () => (await listWaitingLinks(database.db, organizationId)).length)
      .toBe(1);
    const [link] = await listWaitingLinks(database.db, organizationId);
    expect(link).toMatchObject({ purpose: 'reset-password', recipient: 'forgot@example.com' });
    const token = new URL(link?.url ?? '').hash.replace('#token=', '');
    const reset = (newPassword: string) =>
      office.browser().send('POST', '/api/auth/reset-password', { token, newPassword });
    expect((await reset('password1234')).body).toMatchObject({
      code: 'invalid_request',
      field: 'newPassword',
    });
    expect((await reset('quite another sentence')).status).toBe(200);
    expect((await reset('and a third sentence')).status).toBe(400);
    expect((await before.send('GET', '/api/auth/get-session')).body).toBeNull();
    const again = await office.browser().send('POST', '/api/auth/sign-in/email', {
      email: 'forgot@example.com',
      password: 'quite another sentence',
    });
    expect(again.status).toBe(200);
  });
});

describe('a second step', () => {
  test('is asked for once it is set up, and a code or a backup code passes it', async () => {
    const userId = await person('two@example.com');
    const browser = await signIn(office, 'two@example.com');
    const enabled = await browser.send('POST', '/api/auth/two-factor/enable', {
      password: PASSWORD,
    });
    expect(enabled.status).toBe(200);
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
    const verified = await browser.send('POST', '/api/auth/two-factor/verify-totp', {
      code: totp(new URL(totpURI).searchParams.get('secret') ?? ''),
    });
    expect(verified.status).toBe(200);

    const next = await signIn(office, 'two@example.com');
    expect((await next.send('GET', '/api/auth/get-session')).body).toBeNull();
    const wrong = await next.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    const passed = await next.send('POST', '/api/auth/two-factor/verify-totp', {
      code: totp(new URL(totpURI).searchParams.get('secret') ?? '', 1),
      trustDevice: true,
    });
    expect(passed.status).toBe(200);
    expect((await next.send('GET', '/api/auth/get-session')).body).toMatchObject({
      user: { email: 'two@example.com' },
    });

    const sessionAfterPassword = async (): Promise<unknown> => {
      await next.send('POST', '/api/auth/sign-out', {});
      await next.send('POST', '/api/auth/sign-in/email', {
        email: 'two@example.com',
        password: PASSWORD,
      });
      return (await next.send('GET', '/api/auth/get-session')).body;
    };
    expect(await sessionAfterPassword()).not.toBeNull();
    // As where a password is set anew: no device is trusted any more.
    await deleteVerifications(database.db, userId);
    expect(await sessionAfterPassword()).toBeNull();
    const told = await database.db
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', userId)
      .execute();
    expect(told).toEqual([{ action: 'member.second_step_on' }]);

    for (const expected of [200, 401]) {
      const other = await signIn(office, 'two@example.com');
      const answer = await other.send('POST', '/api/auth/two-factor/verify-backup-code', {
        code: backupCodes[0],
      });
      expect(answer.status).toBe(expected);
    }
  });
});

test('keeps every table and column that better-auth asks for', async () => {
  const logger = createLogger('token-server', 'silent');
  const auth = createAuth({
    db: database.db,
    logger,
    secret: 'a-test-secret-of-at-least-32-characters',
    office: {
      url: OFFICE,
      origins: [OFFICE],
      oidc: { issuer: 'https://id.example.com', clientId: 'slotline', clientSecret: 'secret' },
    },
  });
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public'`.execute(database.db);
  const there = new Set(rows.map(({ name }) => name));
  const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (it) => `_${it.toLowerCase()}`);
  const wanted = Object.values(getAuthTables(auth.options)).flatMap(({ modelName, fields }) =>
    ['id', ...Object.entries(fields).map(([name, field]) => field.fieldName ?? name)].map(
      (field) => `${snake(modelName)}.${snake(field)}`,
    ),
  );
  expect(wanted.length).toBeGreaterThan(40);
  expect(wanted.filter((name) => !there.has(name))).toEqual([]);
});

test('writes no address, password or token into the log', async () => {
  await person('quiet@example.com');
  await signIn(office, 'quiet@example.com');
  expect(office.logText()).not.toMatch(/example\.com"|rowing past|session_token=/);
});
