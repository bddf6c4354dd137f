import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { syncCalendar } from '../../../booking/mirror/sync-calendar.ts';
import type { CalcomCalendar } from '../../../calendar/calcom/calcom-calendar.ts';
import { registerWebhook } from '../../../calendar/calcom/webhook-registration.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { replaceWebhook } from '../../../db/calendars/calendar-connections.ts';
import { applyWebhook } from '../../../jobs/tasks/apply-webhook.ts';
import { createRateLimiter } from '../../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../../token-server/webhooks/receive-delivery.ts';
import { calendarOf, clientOf, FRONT_DESK } from '../../calendar/calcom/simulated.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../../token-server/start-token-server.ts';
import type { RunningTokenServer } from '../../token-server/start-token-server.ts';
import { entry, openLedgerCall, pick, CLOCK } from '../ledger/ledger-call.ts';
import type { LedgerCall } from '../ledger/ledger-call.ts';

const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });
const masterKey = randomBytes(32);
const SECRET = 'whsec_simulated';

let simulator: ValidatedSimulator;
let server: RunningTokenServer;
let tenant: Tenant;
/** The owner's own hands on the calendar, which we learn of by webhooks alone. */
let owner: CalcomCalendar;
let call: LedgerCall;
let free: Slot[];

beforeEach(async () => {
  const { db } = database;
  simulator = await startCalcom({ accounts: [FRONT_DESK], clock: CLOCK });
  server = await startTokenServer({
    webhooks: {
      providers: PROVIDERS,
      receiveDelivery: deliveryReceiver({ db, masterKey }),
      webhookLimiter: createRateLimiter({ perMinute: 10_000, secret: 'a secret' }),
    },
  });
  tenant = await insertTenant(db);
  const id = tenant.calendarConnectionId;
  await db
    .updateTable('calendarConnections')
    .set({ provider: 'calcom' })
    .where('id', '=', id)
    .execute();
  const webhookId = await registerWebhook(clientOf(simulator), {
    url: `${server.url}/api/webhooks/calcom/${id}`,
    secret: SECRET,
  });
  await replaceWebhook(
    db,
    { organizationId: tenant.organizationId, id },
    { id: webhookId, secret: { plain: SECRET, masterKey } },
  );
  owner = calendarOf(simulator);
  // Only its call and event are used: the calendar is the simulator's.
  await db
    .updateTable('calendarConnections')
    .set({ provider: 'fake' })
    .where('id', '=', id)
    .execute();
  call = await openLedgerCall(db, { tenant, context: { calendar: owner } });
  await db
    .updateTable('calendarConnections')
    .set({ provider: 'calcom' })
    .where('id', '=', id)
    .execute();
  const from = new Date(simulator.clock.now());
  free = await owner.listSlots({ from, to: new Date(from.getTime() + 7 * 86_400_000) });
});

afterEach(async () => {
  await simulator.close();
  await server[Symbol.asyncDispose]();
});

async function apply(): Promise<void> {
  const task = applyWebhook({
    db: database.db,
    logger: pino({ level: 'silent' }),
    providers: readProviders({}),
  });
  await task({}, undefined as never);
}

async function book(index: number): Promise<string> {
  const outcome = await bookThroughLedger(call.context, entry(pick(free, index)));
  if (outcome.state !== 'confirmed') throw new Error(`not booked: ${outcome.state}`);
  return outcome.booking.reference;
}

async function mirror() {
  const rows = await database.db
    .selectFrom('appointments')
    .selectAll()
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('startAt')
    .orderBy('reference')
    .execute();
  return rows.map(({ reference, status, startAt, source }) => ({
    reference,
    status,
    startAt,
    source,
  }));
}

/** The same of the provider, whose owner sees every booking. */
async function truth() {
  const from = new Date(simulator.clock.now());
  const listed = await owner.listBookings({ from, to: new Date(from.getTime() + 30 * 86_400_000) });
  return listed
    .map(({ reference, status, start, key }) => ({
      reference,
      status,
      startAt: start,
      source: key ? 'slotline' : 'provider',
    }))
    .sort(
      (a, b) =>
        (a.startAt?.getTime() ?? 0) - (b.startAt?.getTime() ?? 0) ||
        (a.reference < b.reference ? -1 : 1),
    );
}

async function intentStates() {
  const rows = await database.db
    .selectFrom('bookingIntents')
    .select(['state', 'reference'])
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ state }) => state);
}

function sync() {
  return syncCalendar(
    {
      db: database.db,
      now: () => new Date(simulator.clock.now()),
      interval: 0,
      openCalendar: () => Promise.resolve(owner),
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

describe('what happens at Cal.com', () => {
  test('comes into the mirror, told late, backwards and twice', async () => {
    simulator.webhooks.hold();
    const [moved, cancelled] = [await book(0), await book(3), await book(6)];
    await owner.reschedule(moved, pick(free, 9), 'The owner is late.');
    await owner.reschedule(moved, pick(free, 12), 'Later still.');
    await owner.cancel(cancelled, 'The owner is ill.');
    expect(await intentStates()).toEqual(['confirmed', 'confirmed', 'confirmed']);
    await simulator.webhooks.release({ order: 'reversed', copies: 2 });
    await apply();
    expect(await mirror()).toEqual(await truth());
    expect(await mirror()).toHaveLength(3);
    // Both times are free for others again.
    expect(await intentStates()).toEqual(['released', 'released', 'confirmed']);
    const statuses = simulator.webhooks.deliveries.flatMap((delivery) => delivery.statuses);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('is one row even when the webhook is faster than the ledger', async () => {
    const { context } = call;
    const outcome = await bookThroughLedger(
      {
        ...context,
        onStep: async (step) => {
          if (step !== 'provider-answered') return;
          await simulator.webhooks.settled();
          await apply();
          expect(await mirror()).toMatchObject([{ status: 'confirmed', source: 'slotline' }]);
        },
      },
      entry(pick(free, 0)),
    );
    expect(outcome.state).toBe('confirmed');
    const rows = await database.db
      .selectFrom('appointments')
      .selectAll()
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    expect(rows).toMatchObject([
      { callId: context.callId, agentId: tenant.agentId, title: expect.stringContaining('Mary') },
    ]);
    expect(rows[0]?.intentId).not.toBeNull();
  });

  test('is found by the sync when no webhook came', async () => {
    simulator.webhooks.hold();
    const [moved, cancelled] = [await book(0), await book(3)];
    await owner.book({
      slot: pick(free, 6),
      attendee: {
        name: 'Walk In',
        email: 'walk.in@example.com',
        phone: null,
        timeZone: 'America/New_York',
      },
      key: 'somebody-else',
      notes: null,
      answers: {},
    });
    await owner.reschedule(moved, pick(free, 9), 'The owner is late.');
    await owner.cancel(cancelled, 'The owner is ill.');
    simulator.webhooks.discard();
    await age();
    expect(await sync()).toEqual({ seen: 3, missing: 1, changed: 2, error: null });
    // The walk-in has a key, and no intent of ours has it.
    expect(await mirror()).toEqual(
      (await truth()).map((row) =>
        row.startAt?.getTime() === pick(free, 6).start.getTime()
          ? { ...row, source: 'provider' }
          : row,
      ),
    );
    expect(await intentStates()).toEqual(['released', 'released']);
    await age();
    expect(await sync()).toEqual({ seen: 3, missing: 0, changed: 0, error: null });
  });
});
