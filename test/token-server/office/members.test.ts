import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRole, putMember } from '../../../db/accounts/members.ts';
import { LOCKS, takeLock } from '../../../db/locks.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import type { Role } from '../../../db/values.ts';
import { listWaitingLinks } from '../../../manage/accounts/account-links.ts';
import { acceptInvitation } from '../../../manage/accounts/invitations.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { insertPerson, signIn, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const newcomer = { name: 'Ann Lee', password: 'a kettle on the stove' };
const ANY = { 'If-Match': '*' };

/** Invites as the owner and answers the token of the mail. */
async function invite(email: string, role = 'staff'): Promise<string> {
  const made = await tenant.browsers.owner.send('POST', `${root}/invitations`, { email, role });
  expect(made.status).toBe(201);
  const links = await listWaitingLinks(database.db, tenant.organizationId);
  const link = links.find(({ recipient }) => recipient === email);
  return new URL(link?.url ?? '').hash.replace('#token=', '');
}

const accept = (body: object, browser = office.browser()) =>
  browser.send('POST', '/api/auth/accept-invitation', body);

const roleOf = async (email: string) => {
  const { id } = await database.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  return findRole(database.db, { organizationId: tenant.organizationId, userId: id });
};

describe('an invitation', () => {
  test('makes a member of somebody new, once', async () => {
    const token = await invite('ann@example.com');
    expect((await accept({ token })).body).toMatchObject({ code: 'invalid_request' });
    expect((await accept({ token, ...newcomer })).status).toBe(201);
    expect(await roleOf('ann@example.com')).toBe('staff');
    const again = await accept({ token, ...newcomer });
    expect(again.body).toMatchObject({ code: 'invalid_request', field: 'token' });
    const { password } = newcomer;
    const signedIn = await office
      .browser()
      .send('POST', '/api/auth/sign-in/email', { email: 'ann@example.com', password });
    expect(signedIn.status).toBe(200);
  });

  test('of somebody who has an account is accepted by them alone', async () => {
    await insertPerson(database.db, 'known@example.com');
    await insertPerson(database.db, 'other@example.com');
    const token = await invite('known@example.com', 'viewer');
    const other = await signIn(office, 'other@example.com');
    for (const browser of [office.browser(), other]) {
      expect((await accept({ token, ...newcomer }, browser)).body).toMatchObject({
        code: 'forbidden',
      });
    }
    const known = await signIn(office, 'known@example.com');
    expect((await accept({ token }, known)).status).toBe(201);
    expect(await roleOf('known@example.com')).toBe('viewer');
  });

  test('is good no more once it is withdrawn, replaced or too old', async () => {
    const replaced = await invite('late@example.com');
    const withdrawn = await invite('late@example.com', 'viewer');
    expect((await accept({ token: replaced, ...newcomer })).status).toBe(400);
    const { body } = await tenant.browsers.owner.send('GET', `${root}/invitations`);
    const { items } = body as { items: { id: string; email: string }[] };
    const open = items.filter(({ email }) => email === 'late@example.com');
    expect(open).toHaveLength(1);
    await tenant.browsers.owner.send('DELETE', `${root}/invitations/${open[0]?.id}`);
    expect((await accept({ token: withdrawn, ...newcomer })).status).toBe(400);
    const old = await invite('late@example.com');
    await sql`
      update invitations set expires_at = slotline_now()
      where email = 'late@example.com'`.execute(database.db);
    expect((await accept({ token: old, ...newcomer })).status).toBe(400);
  });

  test('is used by one of ten who open it in the same instant', async () => {
    const token = await invite('race@example.com');
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        acceptInvitation({ db: database.db, hashPassword, userId: null }, { token, ...newcomer }),
      ),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('goes to one address five times a day, and to no address that cannot sign in', async () => {
    const ask = (email: string) =>
      tenant.browsers.owner.send('POST', `${root}/invitations`, { email, role: 'viewer' });
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await ask('often@example.com'));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(5).fill(201), 429]);
    expect(answers.at(-1)?.body).toMatchObject({ code: 'too_many_requests', field: 'email' });
    expect((await ask('somebody-else@example.com')).status).toBe(201);
    expect((await ask('mary&co@example.com')).body).toMatchObject({
      code: 'invalid_request',
      field: 'email',
    });
  });

  test('is refused while a hundred are open', async () => {
    const { organizationId, browsers } = await makeTenant(database.db, office);
    await sql`
      insert into invitations (organization_id, email, role, token_digest, expires_at)
      select ${organizationId}, 'open-' || n || '@example.com', 'viewer', 'digest ' || n,
        slotline_now() + interval '1 day'
      from generate_series(1, 100) as n`.execute(database.db);
    const ask = (email: string) =>
      browsers.owner.send('POST', `/api/v1/organizations/${organizationId}/invitations`, {
        email,
        role: 'viewer',
      });
    expect((await ask('one-more@example.com')).status).toBe(429);
    // In place of one that is open.
    expect((await ask('open-1@example.com')).status).toBe(201);
  });

  test('to be an owner is not for an admin to give', async () => {
    const answer = await tenant.browsers.admin.send('POST', `${root}/invitations`, {
      email: 'boss@example.com',
      role: 'owner',
    });
    expect(answer.body).toMatchObject({ code: 'forbidden', field: 'role' });
  });
});

describe('members', () => {
  test('have an owner always: the last one is neither removed nor demoted, also in a race', async () => {
    const owners = async (): Promise<string[]> => {
      const { body } = await tenant.browsers.owner.send('GET', `${root}/members`);
      const { items } = body as { items: { userId: string; role: string }[] };
      return items.filter(({ role }) => role === 'owner').map(({ userId }) => userId);
    };
    const [only = ''] = await owners();
    const { owner } = tenant.browsers;
    const demoted = await owner.send('PATCH', `${root}/members/${only}`, { role: 'admin' }, ANY);
    expect(demoted.body).toMatchObject({ code: 'last_owner', status: 409 });
    const removed = await owner.send('DELETE', `${root}/members/${only}`);
    expect(removed.body).toMatchObject({ code: 'last_owner' });

    const second = await insertPerson(database.db, 'second-owner@example.com', {
      organizationId: tenant.organizationId,
      role: 'owner',
    });
    const other = await signIn(office, 'second-owner@example.com');
    const race = await Promise.all([
      owner.send('DELETE', `${root}/members/${second}`),
      other.send('DELETE', `${root}/members/${only}`),
    ]);
    expect(race.filter(({ status }) => status === 200)).toHaveLength(1);
    const { count } = await database.db
      .selectFrom('members')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('organizationId', '=', tenant.organizationId)
      .where('role', '=', 'owner')
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
    // For the tests after this one.
    await database.db
      .insertInto('members')
      .values({ organizationId: tenant.organizationId, userId: only, role: 'owner' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });

  test('who are owners are not touched by an admin', async () => {
    const userId = await insertPerson(database.db, 'safe-owner@example.com', {
      organizationId: tenant.organizationId,
      role: 'owner',
    });
    const { admin } = tenant.browsers;
    const path = `${root}/members/${userId}`;
    expect((await admin.send('DELETE', path)).status).toBe(403);
    expect((await admin.send('PATCH', path, { role: 'viewer' }, ANY)).status).toBe(403);
  });

  test('are changed by nobody whose role is taken away in the same instant', async () => {
    const { organizationId, browsers } = await makeTenant(database.db, office);
    const path = `/api/v1/organizations/${organizationId}`;
    const { body } = await browsers.owner.send('GET', `${path}/members`);
    const { items } = body as { items: { userId: string; role: Role }[] };
    const idOf = (role: Role): string => items.find((item) => item.role === role)?.userId ?? '';
    const asked = await database.db.transaction().execute(async (transaction) => {
      await takeLock(transaction, LOCKS.members(organizationId));
      const answer = browsers.admin.send('DELETE', `${path}/members/${idOf('viewer')}`);
      await expect
        .poll(async () => {
          const { rows } = await sql<{ waiting: number }>`
            select count(*)::integer as waiting from pg_locks
            where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())
          `.execute(database.db);
          return rows[0]?.waiting;
        })
        .toBe(1);
      await putMember(transaction, { organizationId, userId: idOf('admin'), role: 'staff' });
      // Not the answer itself, which comes when this has ended.
      return { answer };
    });
    expect((await asked.answer).status).toBe(403);
  });

  test('come page by page, each once', async () => {
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const query: string = next === '' ? '?limit=2' : `?limit=2&after=${next}`;
      const { body } = await tenant.browsers.owner.send('GET', `${root}/members${query}`);
      const page = body as { items: { email: string }[]; next: string | null };
      seen.push(...page.items.map(({ email }) => email));
      next = page.next;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  test('have API keys and invitations that come page by page, the newest first', async () => {
    const { owner } = tenant.browsers;
    const made = { 'api-keys': [] as string[], invitations: [] as string[] };
    for (const name of ['one', 'two', 'three']) {
      const bodies = {
        'api-keys': { name, scopes: ['agents:read'] },
        invitations: { email: `${name}@pages.example`, role: 'staff' },
      };
      for (const list of ['api-keys', 'invitations'] as const) {
        const { body } = await owner.send('POST', `${root}/${list}`, bodies[list]);
        made[list].unshift((body as { id: string }).id);
      }
    }
    for (const [list, ids] of Object.entries(made)) {
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const query: string = next === '' ? '?limit=2' : `?limit=2&after=${next}`;
        const { body } = await owner.send('GET', `${root}/${list}${query}`);
        const page = body as { items: { id: string }[]; next: string | null };
        seen.push(...page.items.map(({ id }) => id));
        next = page.next;
      }
      expect(seen.slice(0, ids.length)).toEqual(ids);
      expect(seen).toHaveLength(new Set(seen).size);
    }
  });

  test('of a rehearsal are nobody: it is in no list and cannot be asked', async () => {
    const organizationId = await insertOrganization(database.db, 'Rehearsal', {
      isRehearsal: true,
    });
    await insertPerson(database.db, 'actor@example.com', { organizationId, role: 'owner' });
    const browser = await signIn(office, 'actor@example.com');
    expect((await browser.send('GET', '/api/v1/me')).body).toMatchObject({ organizations: [] });
    const agents = await browser.send('GET', `/api/v1/organizations/${organizationId}/agents`);
    expect(agents.status).toBe(404);
  });
});

describe('an invitation of somebody who is a manager no more', () => {
  test.each([
    ['removed', 'DELETE', undefined],
    ['made staff', 'PATCH', { role: 'staff' }],
  ] as const)('is no way back in for who was %s', async (how, method, body) => {
    const mark = how.replace(' ', '-');
    const userId = await insertPerson(database.db, `${mark}@example.com`, {
      organizationId: tenant.organizationId,
      role: 'admin',
    });
    const admin = await signIn(office, `${mark}@example.com`);
    const email = `${mark}-again@example.com`;
    const made = await admin.send('POST', `${root}/invitations`, { email, role: 'admin' });
    expect(made.status).toBe(201);
    const links = await listWaitingLinks(database.db, tenant.organizationId);
    const link = links.find(({ recipient }) => recipient === email);
    const token = new URL(link?.url ?? '').hash.replace('#token=', '');
    const others = await invite(`${mark}-else@example.com`);

    const ended = await tenant.browsers.owner.send(method, `${root}/members/${userId}`, body, ANY);
    expect(ended.status).toBe(200);
    expect((await accept({ token, ...newcomer })).body).toMatchObject({ field: 'token' });
    expect((await accept({ token: others, ...newcomer })).status).toBe(201);
    const log = await tenant.browsers.owner.send('GET', `${root}/audit-log?limit=2`);
    const { items } = log.body as { items: unknown[] };
    expect(items).toContainEqual(
      expect.objectContaining({ after: expect.objectContaining({ invitationsWithdrawn: 1 }) }),
    );
  });
});
