import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { LedgerContext } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { syncCalendar } from '../../../booking/mirror/sync-calendar.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { applyWebhook } from '../../../jobs/tasks/apply-webhook.ts';
import { connectCalendar } from '../../../manage/connect-calendar.ts';
import { createRateLimiter } from '../../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../../token-server/webhooks/receive-delivery.ts';
import { startCalendly, TOKEN } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../../token-server/start-token-server.ts';
import type { RunningTokenServer } from '../../token-server/start-token-server.ts';
import { MASTER_KEY, openCalendlyCall, openCalendlyOf } from '../ledger/calendly-call.ts';
import { CLOCK, entry, MARY, pick } from '../ledger/ledger-call.ts';

const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });

let simulator: ValidatedSimulator;
let server: RunningTokenServer;
let tenant: Tenant;
let context: LedgerContext;
let free: Slot[];

beforeEach(async () => {
  const { db } = database;
  simulator = await startCalendly({
    clock: CLOCK,
    requestLimit: { limit: 500, window: 60_000 },
  });
  server = await startTokenServer({
    webhooks: {
      providers: PROVIDERS,
      receiveDelivery: deliveryReceiver({ db, masterKey: MASTER_KEY }),
      webhookLimiter: createRateLimiter({ perMinute: 10_000, secret: 'a secret' }),
    },
  });
  const made = await insertTenant(db);
  const { organizationId, agentId } = made;
  // As an operator connects it.
  const { connection } = await connectCalendar(
    {
      db,
      masterKey: MASTER_KEY,
      providers: readProviders({ CALENDLY_BASE_URL: simulator.url }),
      now: CLOCK.now,
    },
    organizationId,
    { provider: 'calendly', name: 'Work', plan: 'enterprise', webhookUrl: server.url },
    () => Promise.resolve(TOKEN),
  );
  await db.deleteFrom('bookingEvents').where('id', '=', made.bookingEventId).execute();
  const bookingEventId = await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId: connection.id,
    name: 'Appointment',
    eventType: 'appointment',
  });
  tenant = { ...made, calendarConnectionId: connection.id, bookingEventId };
  const reach = { url: simulator.url, now: CLOCK.now };
  ({ context } = await openCalendlyCall(db, tenant, reach));
  const from = CLOCK.now();
  free = await context.calendar.listSlots({ from, to: new Date(from.getTime() + 7 * 86_400_000) });
});

afterEach(async () => {
  await simulator.close();
  await server[Symbol.asyncDispose]();
});

async function apply(): Promise<void> {
  await simulator.webhooks.settled();
  const task = applyWebhook({
    db: database.db,
    logger: pino({ level: 'silent' }),
    providers: readProviders({}),
  });
  await task({}, undefined as never);
}

async function book(index: number): Promise<{ appointmentId: string; uid: string }> {
  const outcome = await bookThroughLedger(context, entry(pick(free, index)));
  if (outcome.state !== 'confirmed') throw new Error(`not booked: ${outcome.state}`);
  return { appointmentId: outcome.appointmentId, uid: outcome.booking.uid };
}

async function mirror() {
  const rows = await database.db
    .selectFrom('appointments')
    .select(['id', 'status', 'startAt', 'source', 'eventType', 'attendeeName'])
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('startAt')
    .execute();
  return rows.map(({ id, ...row }) => ({ appointmentId: id, ...row }));
}

async function intentStates() {
  const rows = await database.db
    .selectFrom('bookingIntents')
    .select(['kind', 'state'])
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ kind, state }) => `${kind} ${state}`);
}

function sync() {
  const { db } = database;
  return syncCalendar(
    {
      db,
      now: CLOCK.now,
      interval: 0,
      openCalendar: (event) => openCalendlyOf(db, event, { url: simulator.url, now: CLOCK.now }),
    },
    tenant,
  );
}

/** The rows are of long ago: a list of now is newer. */
async function age(): Promise<void> {
  await database.db
    .updateTable('appointments')
    .set({ updatedAt: CLOCK.ago(3_600_000) })
    .where('organizationId', '=', tenant.organizationId)
    .execute();
}

describe('what happens at Calendly', () => {
  test('is subscribed to when the calendar is connected, under a key of its own', () => {
    const [subscription] = simulator.state.subscriptions.values();
    expect(simulator.state.subscriptions.size).toBe(1);
    expect(subscription).toMatchObject({
      url: `${server.url}/api/webhooks/calendly/${tenant.calendarConnectionId}`,
      signingKey: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
  });

  test('is known here: what was booked in a call, then moved and cancelled by hand', async () => {
    const { appointmentId, uid } = await book(0);
    await apply();
    const moved = simulator.hands.move(uid, pick(free, 4).start.getTime());
    await apply();
    const row = { appointmentId, source: 'slotline', eventType: 'appointment' };
    expect(await mirror()).toMatchObject([
      { ...row, status: 'confirmed', startAt: pick(free, 4).start },
    ]);
    // The time it had is free for others again.
    expect(await intentStates()).toEqual(['book released']);
    simulator.hands.cancel(moved, 'No time.');
    await apply();
    expect(await mirror()).toMatchObject([{ ...row, status: 'cancelled' }]);
    const statuses = simulator.webhooks.deliveries.flatMap((delivery) => delivery.statuses);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('is the same when it is told backwards and twice, our own move too', async () => {
    simulator.webhooks.hold();
    const { appointmentId, uid } = await book(0);
    const slot = pick(free, 2);
    const change = { appointmentId, slot, reason: 'They asked.' };
    const outcome = await rescheduleThroughLedger(context, change);
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    expect(outcome.booking.uid).not.toBe(uid);
    simulator.hands.move(outcome.booking.uid, pick(free, 5).start.getTime());
    await simulator.webhooks.release({ order: 'reversed', copies: 2 });
    await apply();
    expect(await mirror()).toMatchObject([
      { appointmentId, status: 'confirmed', startAt: pick(free, 5).start },
    ]);
    expect(await intentStates()).toEqual(['book released', 'reschedule released']);
  });

  test('our own move is not taken for a cancellation', async () => {
    const { appointmentId } = await book(0);
    await apply();
    const change = { appointmentId, slot: pick(free, 2), reason: 'They asked.' };
    expect(await rescheduleThroughLedger(context, change)).toMatchObject({ state: 'confirmed' });
    await apply();
    expect(await mirror()).toMatchObject([
      { appointmentId, status: 'confirmed', startAt: pick(free, 2).start },
    ]);
    expect(await intentStates()).toEqual(['book released', 'reschedule confirmed']);
  });

  test('is found by the sync when no webhook came, and then only what changed is asked for', async () => {
    simulator.webhooks.hold();
    const [moved, cancelled] = [await book(0), await book(3)];
    const person = { name: 'Walk In', email: 'walk.in@example.com' };
    simulator.hands.book('asking', pick(free, 6).start.getTime(), person);
    simulator.hands.book('group', pick(free, 8).start.getTime(), person);
    simulator.hands.move(moved.uid, pick(free, 10).start.getTime());
    simulator.hands.cancel(cancelled.uid);
    simulator.webhooks.discard();
    await age();
    expect(await sync()).toEqual({ seen: 3, missing: 1, changed: 2, error: null });
    expect(await mirror()).toMatchObject([
      { appointmentId: cancelled.appointmentId, status: 'cancelled', attendeeName: MARY.name },
      { status: 'confirmed', source: 'provider', eventType: 'asking', attendeeName: 'Walk In' },
      { appointmentId: moved.appointmentId, status: 'confirmed', startAt: pick(free, 10).start },
    ]);
    expect(await intentStates()).toEqual(['book released', 'book released']);
    // All but one have not changed for an hour.
    const [changed, ...others] = simulator.state.meetings.values();
    for (const meeting of others) meeting.updatedAt -= 3_600_000;
    if (!changed) throw new Error('There is no meeting.');
    changed.updatedAt = CLOCK.now().getTime();
    await age();
    expect(await sync()).toMatchObject({ seen: 1, missing: 0, error: null });
  });

  test('is told by no stranger, and never with an answer that ends the subscription', async () => {
    await book(0);
    await apply();
    const [delivery] = simulator.webhooks.deliveries;
    if (!delivery) throw new Error('Nothing was sent.');
    const forged = await fetch(delivery.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Calendly-Webhook-Signature': `t=${Math.floor(CLOCK.now().getTime() / 1_000)},v1=${'0'.repeat(64)}`,
      },
      body: delivery.rawBody,
    });
    expect(forged.status).toBe(401);
    const unreadable = await fetch(delivery.url, { method: 'POST', body: 'x' });
    expect(unreadable.status).not.toBe(410);
    // A calendar that is not there any more does not say so either.
    await database.db
      .updateTable('calendarConnections')
      .set({ disconnectedAt: CLOCK.now() })
      .where('id', '=', tenant.calendarConnectionId)
      .execute();
    const gone = await fetch(delivery.url, { method: 'POST', body: delivery.rawBody });
    expect(gone.status).toBe(401);
  });
});
