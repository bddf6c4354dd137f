import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { listMemberships } from '../../../db/accounts/members.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { makeFirstSetupLink, makeSetupLink, setUpOwner } from '../../../manage/accounts/set-up.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, OFFICE, signIn, startOffice } from './start-office.ts';

const database = useTestDatabase();
let organizationId: string;
beforeAll(async () => {
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
});

const owner = { name: 'Mary Smith', password: 'a lantern in the harbor' };
const tokenOf = (link: string): string => new URL(link).hash.replace('#token=', '');
const parts = (userId: string | null = null) => ({ db: database.db, hashPassword, userId });

test('a set-up link makes an owner, who signs in', async () => {
  await using office = await startOffice(database.db);
  const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
  const browser = office.browser();
  const made = await browser.send('POST', '/api/auth/set-up', {
    ...owner,
    token,
    email: 'Mary@Example.com',
  });
  expect(made.status).toBe(201);
  const { password } = owner;
  const signedIn = await browser.send('POST', '/api/auth/sign-in/email', {
    email: 'mary@example.com',
    password,
  });
  expect(signedIn.status).toBe(200);
  const { userId } = made.body as { userId: string };
  expect(await listMemberships(database.db, userId)).toEqual([
    { organizationId, organizationName: 'Harbor Street Clinic', role: 'owner' },
  ]);

  const again = await office
    .browser()
    .send('POST', '/api/auth/set-up', { ...owner, token, email: 'second@example.com' });
  expect(again.status).toBe(400);
  expect(again.body).toMatchObject({ code: 'invalid_request', field: 'token' });
});

test('of ten who use a set-up link in the same instant one becomes the owner', async () => {
  const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
  const ends = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      setUpOwner(parts(), { ...owner, token, email: `racer-${index}@example.com` }),
    ),
  );
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { count } = await database.db
    .selectFrom('users')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('email', 'like', 'racer-%')
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(1);
});

test('a set-up link ends after an hour, and when a newer one is made', async () => {
  const link = () => makeSetupLink(database.db, { organizationId, officeUrl: OFFICE });
  const older = tokenOf(await link());
  const newer = tokenOf(await link());
  const use = (token: string) =>
    setUpOwner(parts(), { ...owner, token, email: 'late@example.com' });
  await expect(use(older)).rejects.toMatchObject({ name: 'ManageError', field: 'token' });
  await sql`
    update setup_links set expires_at = expires_at - interval '1 hour'
    where used_at is null`.execute(database.db);
  await expect(use(newer)).rejects.toMatchObject({ name: 'ManageError', field: 'token' });
});

test('a set-up link gives somebody who is known a new password, and ends their sessions', async () => {
  await using office = await startOffice(database.db);
  await insertPerson(database.db, 'lost@example.com');
  const before = await signIn(office, 'lost@example.com');
  const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
  await setUpOwner(parts(), { ...owner, token, email: 'lost@example.com' });
  expect((await before.send('GET', '/api/auth/get-session')).body).toBeNull();
  const after = await office.browser().send('POST', '/api/auth/sign-in/email', {
    email: 'lost@example.com',
    password: owner.password,
  });
  expect(after.status).toBe(200);
});

test('a set-up link takes no account over that another organization has too', async () => {
  await using office = await startOffice(database.db);
  const elsewhere = await insertOrganization(database.db, 'Lighthouse Dental');
  const userId = await insertPerson(database.db, 'theirs@example.com', {
    organizationId: elsewhere,
    role: 'viewer',
  });
  const before = await signIn(office, 'theirs@example.com');
  await insertPerson(database.db, 'third@example.com');
  const third = await signIn(office, 'third@example.com');
  const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
  const given = { ...owner, token, email: 'theirs@example.com' };
  for (const browser of [office.browser(), third]) {
    const refused = await browser.send('POST', '/api/auth/set-up', given);
    expect(refused.body).toMatchObject({ code: 'forbidden', field: 'email' });
  }
  expect((await before.send('GET', '/api/auth/get-session')).body).not.toBeNull();
  expect((await before.send('POST', '/api/auth/set-up', given)).status).toBe(201);
  expect(await listMemberships(database.db, userId)).toHaveLength(2);
  // The last test is of a first start, with one organization.
  await database.db.deleteFrom('organizations').where('id', '=', elsewhere).execute();
});

test.each(['mary&co@example.com', 'márta@example.com', 'mary@example.xn--p1ai'])(
  'the address "%s" is refused, which nobody could sign in with',
  async (email) => {
    const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
    await expect(setUpOwner(parts(), { ...owner, token, email })).rejects.toMatchObject({
      field: 'email',
      message: expect.stringContaining('cannot be signed in with') as string,
    });
  },
);

test.each(['1234567890', 'Password123!', 'short', 'aaaaaaaaaaaaaa', 'qwertyuiop12'])(
  'the password "%s" is refused, and the link stays good',
  async (password) => {
    const token = tokenOf(await makeSetupLink(database.db, { organizationId, officeUrl: OFFICE }));
    const given = { ...owner, token, email: 'weak@example.com' };
    await expect(setUpOwner(parts(), { ...given, password })).rejects.toMatchObject({
      field: 'password',
    });
    await setUpOwner(parts(), given);
  },
);

test('a first start prints a link as long as nobody owns an organization', async () => {
  expect(await makeFirstSetupLink(database.db, OFFICE)).toBeNull();
  await database.db.deleteFrom('members').execute();
  const link = await makeFirstSetupLink(database.db, OFFICE);
  expect(link).toMatch(/^http:\/\/localhost:3000\/office\/set-up#token=[\w-]{43}$/);
});
