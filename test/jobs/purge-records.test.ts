import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { readProviders } from '../../calendar/providers.ts';
import { insertAppointment } from '../../db/appointments/appointments.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { requestIntent } from '../../db/intents/request-intent.ts';
import { replaceWebhook } from '../../db/calendars/calendar-connections.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import { applyWebhook } from '../../jobs/tasks/apply-webhook.ts';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { deliverAsCalcom } from '../support/calcom-delivery.ts';
import { recordedWebhooks } from '../support/recorded-webhooks.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

/** An hour after the recorded webhooks. */
const CLOCK = clockFrom('2026-11-20T22:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const logger = pino({ level: 'silent' });
const masterKey = randomBytes(32);
const attendee = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: null,
  timeZone: 'America/New_York',
};
let tenant: Tenant;

beforeEach(async () => {
  tenant = await insertTenant(database.db);
});

/** By ones, so that one batch is never all. */
async function purge(): Promise<void> {
  await purgeRecords({ db: database.db, logger, batch: 1 })({}, undefined as never);
}

const ago = (days: number) => CLOCK.ago(days * 86_400_000);

test('a guess at somebody is kept as long as it counts', async () => {
  const { organizationId, agentId } = tenant;
  const of = { organizationId, agentId, roomName: 'room', line: 'web' } as const;
  const callId = await insertCall(database.db, { ...of, startedAt: ago(0) });
  await database.db
    .insertInto('callerGuesses')
    .values(
      [1, 6.9, 7.1, 8, 400].map((days) => ({
        organizationId,
        email: `${days}@example.com`,
        callId,
        guessedAt: ago(days),
      })),
    )
    .execute();
  await purge();
  const kept = await database.db
    .selectFrom('callerGuesses')
    .select('email')
    .where('organizationId', '=', organizationId)
    .orderBy('id')
    .execute();
  expect(kept.map(({ email }) => email)).toEqual(['1@example.com', '6.9@example.com']);
});

test('a mailed code is kept as long as it counts', async () => {
  const { organizationId, agentId } = tenant;
  const of = { organizationId, agentId, roomName: 'room', line: 'web' } as const;
  const callId = await insertCall(database.db, { ...of, startedAt: ago(0) });
  await database.db
    .insertInto('mailedCodes')
    .values(
      [0, 0.9, 1.1].map((days) => ({
        organizationId,
        callId,
        email: `${days}@example.com`,
        code: '123456',
        expiresAt: ago(days),
      })),
    )
    .execute();
  await purge();
  const kept = await database.db
    .selectFrom('mailedCodes')
    .select('email')
    .where('organizationId', '=', organizationId)
    .orderBy('expiresAt')
    .execute();
  expect(kept.map(({ email }) => email)).toEqual(['0.9@example.com', '0@example.com']);
});

test('whose call it was is forgotten a day after its process died', async () => {
  const { organizationId, agentId } = tenant;
  const call = { organizationId, agentId, roomName: 'room', line: 'web' } as const;
  await database.db
    .insertInto('calls')
    .values(
      [0, 0.9, 1.1, 30].map((days) => ({ ...call, visitor: `${days}`, lastSignAt: ago(days) })),
    )
    .execute();
  await purge();
  const calls = await database.db
    .selectFrom('calls')
    .select('visitor')
    .where('organizationId', '=', organizationId)
    .orderBy('lastSignAt', 'desc')
    .execute();
  expect(calls.map(({ visitor }) => visitor)).toEqual(['0', '0.9', null, null]);
});

test('of a calendar that was not synced for long its newest sync is kept', async () => {
  const { db } = database;
  const idle = await insertTenant(db);
  const syncs = [
    ...[1, 29, 31, 90].map((days) => ({ ...keyOf(tenant), startedAt: ago(days) })),
    ...[60, 90].map((days) => ({ ...keyOf(idle), startedAt: ago(days) })),
  ];
  await db.insertInto('calendarSyncs').values(syncs).execute();
  await purge();
  const countOf = async ({ calendarConnectionId }: Tenant) =>
    (
      await db
        .selectFrom('calendarSyncs')
        .select('id')
        .where('calendarConnectionId', '=', calendarConnectionId)
        .execute()
    ).length;
  expect([await countOf(tenant), await countOf(idle)]).toEqual([2, 1]);
});

describe('a webhook', () => {
  /** Of one booking: that it was made, and that it was cancelled. */
  const [MADE, CANCELLED] = [3, 4];

  beforeEach(async () => {
    const { organizationId, calendarConnectionId: id } = tenant;
    await database.db
      .updateTable('calendarConnections')
      .set({ provider: 'calcom' })
      .where('id', '=', id)
      .execute();
    const secret = { plain: 'whsec_test', masterKey };
    await replaceWebhook(database.db, { organizationId, id }, { id: 'webhook-1', secret });
  });

  async function deliver(at: number) {
    const body = recordedWebhooks[at]?.rawBody ?? '';
    const receive = deliveryReceiver({ db: database.db, masterKey });
    const connectionId = tenant.calendarConnectionId;
    const reception = await deliverAsCalcom(receive, { connectionId, body, secret: 'whsec_test' });
    await applyWebhook({ db: database.db, logger, providers: readProviders({}) })(
      {},
      undefined as never,
    );
    return reception;
  }

  async function settled(days: number) {
    await database.db
      .updateTable('webhookDeliveries')
      .set({ receivedAt: ago(days), settledAt: ago(days) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
  }

  async function appointmentEnds(at: Date) {
    await database.db
      .updateTable('appointments')
      .set({ startAt: new Date(at.getTime() - 1_800_000), endAt: at })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
  }

  async function state() {
    const { organizationId } = tenant;
    const rows = await database.db
      .selectFrom('appointments')
      .select('status')
      .where('organizationId', '=', organizationId)
      .execute();
    const deliveries = await database.db
      .selectFrom('webhookDeliveries')
      .select('state')
      .where('organizationId', '=', organizationId)
      .execute();
    return { statuses: rows.map(({ status }) => status), deliveries: deliveries.length };
  }

  test('is kept for weeks, and as long as its appointment is to come', async () => {
    await deliver(MADE);
    await deliver(CANCELLED);
    await appointmentEnds(ago(1));
    await settled(29);
    await purge();
    expect(await state()).toMatchObject({ deliveries: 2 });
    await appointmentEnds(ago(-1));
    await settled(31);
    await purge();
    expect(await state()).toMatchObject({ deliveries: 2 });
    await appointmentEnds(ago(1));
    await purge();
    expect(await state()).toMatchObject({ deliveries: 0 });
  });

  test('that comes once more after it was forgotten brings nothing back', async () => {
    await deliver(MADE);
    await deliver(CANCELLED);
    await appointmentEnds(ago(1));
    await settled(31);
    await purge();
    expect(await deliver(MADE)).toBe('stored');
    expect(await state()).toEqual({ statuses: ['cancelled'], deliveries: 1 });
  });

  test('that was not applied yet is kept', async () => {
    await database.db
      .insertInto('webhookDeliveries')
      .values({
        ...keyOf(tenant),
        trigger: 'BOOKING_CREATED',
        deliveryKey: 'waiting',
        payload: '{}',
        receivedAt: ago(400),
      })
      .execute();
    await purge();
    expect(await state()).toMatchObject({ deliveries: 1 });
  });
});

describe('a message to an attendee', () => {
  /** A message that old of an appointment that ends then. */
  async function queue(
    days: number,
    endAt: Date,
    messageState: 'pending' | 'sent' | 'failed' = 'sent',
  ): Promise<string> {
    const { db } = database;
    const { organizationId } = tenant;
    const of = {
      ...keyOf(tenant),
      agentId: tenant.agentId,
      callId: null,
      bookingEventId: tenant.bookingEventId,
      eventType: 'appointment',
      startAt: new Date(endAt.getTime() - 1_800_000),
      endAt,
      attendee,
      notes: null,
      organizerEmail: null,
    };
    const { id: intentId } = await requestIntent(db, {
      ...of,
      resource: randomUUID(),
      idempotencyKey: randomUUID(),
      kind: 'book',
      appointmentId: null,
      answers: {},
    });
    const appointmentId = await insertAppointment(db, {
      ...of,
      intentId,
      reference: intentId,
      providerUid: intentId,
      status: 'confirmed',
      location: null,
      providerChangedAt: ago(days),
    });
    const messageKey = `${intentId}/booked`;
    await insertOutboxMessage(db, {
      organizationId,
      kind: 'booked',
      messageKey,
      appointmentId,
      intentId,
      recipient: attendee.email,
      payload: {},
    });
    await db
      .updateTable('outboxMessages')
      .set({ createdAt: ago(days), state: messageState })
      .where('messageKey', '=', messageKey)
      .execute();
    return messageKey;
  }

  test('is kept for 90 days, and until its appointment is over', async () => {
    const young = await queue(89, ago(88));
    const toCome = await queue(91, ago(-1));
    await queue(91, ago(1));
    await queue(91, ago(1), 'failed');
    await queue(91, ago(1), 'pending');
    await purge();
    const kept = await database.db
      .selectFrom('outboxMessages')
      .select('messageKey')
      .where('organizationId', '=', tenant.organizationId)
      .orderBy('createdAt', 'desc')
      .execute();
    expect(kept.map(({ messageKey }) => messageKey)).toEqual([young, toCome]);
  });
});

test('the draft of a test call is kept for as long as the call may last', async () => {
  const { organizationId, agentId } = tenant;
  for (const hours of [1, 23, 25]) {
    await database.db
      .insertInto('testCalls')
      .values({
        id: randomUUID(),
        organizationId,
        agentId,
        roomName: `${agentId}-${hours}`,
        content: '{}',
        startedBy: 'Mary Smith',
        createdAt: ago(hours / 24),
      })
      .execute();
  }
  await purge();
  const kept = await database.db
    .selectFrom('testCalls')
    .select('roomName')
    .where('agentId', '=', agentId)
    .orderBy('createdAt', 'desc')
    .execute();
  expect(kept.map(({ roomName }) => roomName)).toEqual([`${agentId}-1`, `${agentId}-23`]);
});

function keyOf({ organizationId, calendarConnectionId }: Tenant) {
  return { organizationId, calendarConnectionId };
}

test('what cannot be forgotten keeps nothing else, and is told', async () => {
  const { organizationId, agentId } = tenant;
  const of = { organizationId, agentId, roomName: 'room', line: 'web' } as const;
  const callId = await insertCall(database.db, { ...of, startedAt: ago(0) });
  const guess = { organizationId, email: 'old@example.com', callId, guessedAt: ago(400) };
  await database.db.insertInto('callerGuesses').values(guess).execute();
  const code = { organizationId, email: 'old@example.com', code: '123456', callId };
  await database.db
    .insertInto('mailedCodes')
    .values({ ...code, mailedAt: ago(400), expiresAt: ago(400) })
    .execute();
  await sql`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'refused'; end $$`.execute(database.db);
  await sql`
    create trigger refuse before delete on caller_guesses
      for each row execute function refuse()`.execute(database.db);
  try {
    await expect(purge()).rejects.toThrow('could not be purged');
    const kept = database.db.selectFrom('mailedCodes').select('id').where('callId', '=', callId);
    expect(await kept.execute()).toEqual([]);
  } finally {
    await sql`drop trigger refuse on caller_guesses`.execute(database.db);
  }
});
