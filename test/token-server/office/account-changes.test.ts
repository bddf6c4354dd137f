import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queueAccountLink, listWaitingLinks } from '../../../manage/accounts/account-links.ts';
import { noteAttempt, takeDueMessage } from '../../../db/messages/outbox-messages.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { up as oneSecondStep } from '../../../db/migrations/0025-one-second-step.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, PASSWORD, signIn, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const NEXT = 'quite another sentence';

const database = useTestDatabase();
let office: RunningOffice;
let organizationId: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
});
afterAll(() => office[Symbol.asyncDispose]());

const person = (email: string) =>
  insertPerson(database.db, email, { organizationId, role: 'owner' });

async function toldOf(userId: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', userId)
    .where('organizationId', '=', organizationId)
    .orderBy('id')
    .execute();
  return rows.map(({ action }) => action);
}

test('a changed password ends the other sessions, and the audit log tells of it', async () => {
  const userId = await person('changes@example.com');
  const other = await signIn(office, 'changes@example.com');
  const browser = await signIn(office, 'changes@example.com');
  const change = (currentPassword: string) =>
    browser.send('POST', '/api/auth/change-password', {
      currentPassword,
      newPassword: NEXT,
      revokeOtherSessions: false,
    });
  expect((await change('not it at all')).status).toBe(400);
  expect(await toldOf(userId)).toEqual([]);
  expect((await change(PASSWORD)).status).toBe(200);
  expect((await other.send('GET', '/api/auth/get-session')).body).toBeNull();
  expect((await browser.send('GET', '/api/auth/get-session')).body).not.toBeNull();
  expect(await toldOf(userId)).toEqual(['member.password_changed']);
});

test('a password that is set anew leaves no trusted device, and the audit log tells of it', async () => {
  const userId = await person('resets@example.com');
  await database.db
    .insertInto('verifications')
    .values({
      identifier: 'a-trusted-device',
      value: userId,
      expiresAt: sql<Date>`slotline_now() + interval '1 day'`,
    })
    .execute();
  const browser = office.browser();
  await browser.send('POST', '/api/auth/request-password-reset', { email: 'resets@example.com' });
  const links = async () =>
    (await listWaitingLinks(database.db, organizationId)).filter(
      ({ recipient }) => recipient === 'resets@example.com',
    );
  await expect.poll(async () => (await links()).length).toBe(1);
  const [link] = await links();
  const token = new URL(link?.url ?? '').hash.replace('#token=', '');
  const reset = await browser.send('POST', '/api/auth/reset-password', {
    token,
    newPassword: NEXT,
  });
  expect(reset.status).toBe(200);
  const left = await database.db
    .selectFrom('verifications')
    .select('id')
    .where('value', '=', userId)
    .execute();
  expect(left).toEqual([]);
  expect(await toldOf(userId)).toEqual(['member.password_reset']);
});

test('a link is kept in the outbox until it is sent, and no longer', async () => {
  await queueAccountLink(database.db, {
    organizationId,
    recipient: 'mary@example.com',
    payload: {
      purpose: 'invitation',
      organizationName: 'Harbor Street Clinic',
      name: '',
      url: 'https://office.example.com/office/invitation#token=secret',
      expiresAt: '2100-01-01T00:00:00.000Z',
    },
  });
  await database.db
    .deleteFrom('outboxMessages')
    .where('recipient', '!=', 'mary@example.com')
    .execute();
  const message = await takeDueMessage(database.db, 60_000);
  if (!message) throw new Error('no message is due');
  const payload = async () =>
    (
      await database.db
        .selectFrom('outboxMessages')
        .select('payload')
        .where('id', '=', message.id)
        .executeTakeFirstOrThrow()
    ).payload;
  await noteAttempt(database.db, message, { state: 'pending', lastError: 'try again' });
  expect(await payload()).toHaveProperty('url');
  await noteAttempt(database.db, message, { state: 'sent', lastError: null });
  expect(await payload()).not.toHaveProperty('url');
  expect(await payload()).toMatchObject({ purpose: 'invitation' });
});

test('of two second steps of a user the one is kept that was proved', async () => {
  const userId = await person('twice@example.com');
  await database.db.transaction().execute(async (transaction) => {
    await sql`
        alter table two_factors drop constraint two_factors_user_id_key;
        create index two_factors_by_user on two_factors (user_id);
        insert into two_factors (user_id, secret, backup_codes, verified)
        values (${sql.lit(userId)}, 'unproved', '', false), (${sql.lit(userId)}, 'proved', '', true),
          (${sql.lit(userId)}, 'unproved', '', false);
      `.execute(transaction);
    await oneSecondStep(transaction);
    const { rows } = await sql<{ secret: string }>`
        select secret from two_factors where user_id = ${userId}`.execute(transaction);
    expect(rows).toEqual([{ secret: 'proved' }]);
  });
  const again = sql`
    insert into two_factors (user_id, secret, backup_codes) values (${userId}, 'second', '')`;
  await expect(again.execute(database.db)).rejects.toMatchObject({ code: '23505' });
});
