import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import type { CrashPoint } from '../../../booking/ledger/crash-point.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { readProviders } from '../../../calendar/providers.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { SCOPES } from '../../../manage/accounts/policies.ts';
import { stateOf } from '../../booking/ledger/ledger-call.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import type { KilledOfficeOrders } from './killed-office.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const PROGRAM = fileURLToPath(new URL('killed-office.ts', import.meta.url));

const database = useTestDatabase({ maxConnections: 20 });
let office: RunningOffice;
let tenant: OfficeTenant;
let token: string;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  ({ token } = await tenant.makeKey(SCOPES));
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

interface Asked {
  path: string;
  body: object;
  key: string;
}

async function send(url: string, { path, body, key }: Asked) {
  const response = await fetch(`${url}${root}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${token}`,
      'Idempotency-Key': key,
      'If-Match': '*',
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { id: string; state: string; start: string };
  return { ...answer, status: response.status };
}

/** Sends a request to an office whose process dies there; no answer comes. */
async function sendToDying(point: CrashPoint, asked: Asked): Promise<void> {
  const orders: KilledOfficeOrders = { databaseUrl: database.url, point };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  await expect(send(url, asked)).rejects.toThrow('fetch failed');
  expect((await ended)[1]).toBe('SIGKILL');
  // As if the client tried again a while later.
  await sql`update idempotent_answers set created_at = created_at - interval '1 minute'`.execute(
    database.db,
  );
}

/** As the jobs do it, without their pauses. */
async function reconcile(): Promise<void> {
  const openCalendar = (event: BookingEvent) =>
    openEventCalendar(database.db, event, {
      masterKey: MASTER_KEY,
      now: () => new Date(),
      providers: readProviders({}),
    });
  const times = { ...USUAL_TIMES, grace: 0, firstLook: 0, firstPause: 0, absenceProves: 0 };
  const { intents } = await stateOf(database.db, tenant);
  for (const intent of intents) {
    await reconcileIntent({ db: database.db, openCalendar, times }, intent);
  }
}

async function countOf(action: string): Promise<number> {
  const { count } = await database.db
    .selectFrom('auditEntries')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', tenant.organizationId)
    .where('action', '=', action)
    .executeTakeFirstOrThrow();
  return Number(count);
}

const wish = (start: string) => ({
  eventId: tenant.bookingEventId,
  start,
  attendee: { name: 'Mary Smith', email: 'mary.smith@example.com' },
});

test.each(['claimed', 'provider-answered', 'confirming'] as const)(
  'a booking whose process died when it was %s is made once, and told as it is',
  async (point) => {
    const start = tenant.freeStart();
    const asked = { path: '/appointments', body: wish(start), key: `dies-${point}` };
    const requests = await countOf('appointment.booking-requested');
    const done = await countOf('appointment.booked');
    await sendToDying(point, asked);
    expect(await countOf('appointment.booking-requested')).toBe(requests + 1);
    const again = await send(office.url, asked);
    // What cannot be told yet is not told.
    expect(again.status).toBe(point === 'claimed' ? 202 : 201);
    await reconcile();
    const last = await send(office.url, asked);
    expect(last).toMatchObject({ status: 201, state: 'confirmed', start });
    const { live, appointments } = await stateOf(database.db, tenant);
    const at = (row: { startAt: Date }) => row.startAt.getTime() === Date.parse(start);
    expect(live.filter(at)).toHaveLength(1);
    expect(appointments.filter(at)).toMatchObject([{ id: last.id, status: 'confirmed' }]);
    expect(await countOf('appointment.booking-requested')).toBe(requests + 1);
    expect(await countOf('appointment.booked')).toBe(done + 1);
  },
  120_000,
);

test('a move whose process died is not made again over a newer one', async () => {
  const made = await send(office.url, {
    path: '/appointments',
    body: wish(tenant.freeStart()),
    key: 'to-be-moved',
  });
  const path = `/appointments/${made.id}/move`;
  const [first, second] = [tenant.freeStart(), tenant.freeStart()];
  const asked = { path, body: { start: first, reason: 'Ill' }, key: 'dies-moving' };
  await sendToDying('confirmed', asked);
  const newer = { path, body: { start: second, reason: 'Still ill' }, key: 'newer' };
  expect(await send(office.url, newer)).toMatchObject({ status: 200, start: second });
  // It was done, and the appointment has gone on since.
  expect(await send(office.url, asked)).toMatchObject({ status: 200, start: second });
  const { bookings } = await stateOf(database.db, tenant);
  const booking = bookings.filter(({ startAt }) => startAt.toISOString() === second);
  expect(booking).toMatchObject([{ status: 'confirmed' }]);
}, 120_000);
