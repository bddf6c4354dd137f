import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { createAuthLimits } from '../../../token-server/auth/auth-limits.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, PASSWORD, signIn, startOffice } from './start-office.ts';
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
