import { describe, expect, test } from 'vitest';
import { mirrorBooking } from '../../../booking/mirror/mirror.ts';
import type { MirrorOptions } from '../../../booking/mirror/mirror.ts';
import type { BookingNews } from '../../../calendar/calendar.ts';
import { insertAppointment } from '../../../db/appointments/appointments.ts';
import { LOCKS, takeLock } from '../../../db/locks.ts';
import { takeUpIntent } from '../../../db/intents/intent-states.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

/** The evening that the provider's news is of. */
const CLOCK = clockFrom('2026-11-20T20:01:00Z');
const database = useTestDatabase({ clock: CLOCK });

const nine = new Date('2026-12-07T15:00:00Z');
const ten = new Date('2026-12-07T16:00:00Z');
const half = 30 * 60_000;

function said(uid: string, second: number, more: Partial<BookingNews> = {}): BookingNews {
  const start = more.start ?? nine;
  return {
    uid,
    changedAt: new Date(Date.UTC(2026, 10, 20, 20, 0, second)),
    status: 'confirmed',
    eventType: 'appointment',
    attendees: [
      { name: 'Ada Caller', email: 'ada@example.com', phone: null, timeZone: 'America/New_York' },
    ],
    ...more,
    start,
    end: new Date(start.getTime() + half),
  };
}

function mirror(tenant: Tenant, all: [BookingNews, ...BookingNews[]], options?: MirrorOptions) {
  const { organizationId, calendarConnectionId } = tenant;
  const key = { organizationId, calendarConnectionId };
  return database.db.transaction().execute(async (transaction) => {
    await takeLock(transaction, LOCKS.mirror(key.calendarConnectionId));
    return mirrorBooking(transaction, key, all, options);
  });
}

function appointmentsOf(tenant: Tenant) {
  return database.db
    .selectFrom('appointments')
    .selectAll()
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('startAt')
    .execute();
}

/** An intent of ours that the provider has confirmed, unless another state is given. */
async function ourIntent(
  tenant: Tenant,
  idempotencyKey: string,
  more: { state?: 'claimed' | 'confirmed' | 'refused'; startAt?: Date; reference?: string } = {},
): Promise<string> {
  const startAt = more.startAt ?? nine;
  const { id } = await database.db
    .insertInto('bookingIntents')
    .values({
      organizationId: tenant.organizationId,
      calendarConnectionId: tenant.calendarConnectionId,
      agentId: tenant.agentId,
      bookingEventId: tenant.bookingEventId,
      eventType: 'appointment',
      resource: 'calendar',
      idempotencyKey,
      startAt,
      endAt: new Date(startAt.getTime() + half),
      attendee: JSON.stringify({
        name: 'Ada Caller',
        email: 'ada@example.com',
        phone: '+14155552671',
        timeZone: 'America/New_York',
      }),
      state: more.state ?? 'confirmed',
      steps: '[]',
      reference: more.reference ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function ledgerAppointment(tenant: Tenant, intentId: string, reference: string) {
  return insertAppointment(database.db, {
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId: null,
    calendarConnectionId: tenant.calendarConnectionId,
    intentId,
    bookingEventId: tenant.bookingEventId,
    eventType: 'appointment',
    reference,
    providerUid: reference,
    status: 'confirmed',
    location: null,
    startAt: nine,
    endAt: new Date(nine.getTime() + half),
    attendee: {
      name: 'Ada Caller',
      email: 'ada@example.com',
      phone: '+14155552671',
      timeZone: 'America/New_York',
    },
    organizerEmail: null,
    notes: 'Window seat.',
    providerChangedAt: new Date(Date.UTC(2026, 10, 20, 20, 0, 0)),
  });
}

async function intentState(id: string) {
  const { state } = await database.db
    .selectFrom('bookingIntents')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return state;
}

describe('a booking that was not made by us', () => {
  test('is mirrored with all that was said of it', async () => {
    const tenant = await insertTenant(database.db);
    const news = said('u1', 1, {
      title: 'Consultation',
      organizer: { name: 'Olive Owner', email: 'owner@example.com' },
      location: 'https://meet.example.com/1',
      responses: { name: 'Ada Caller' },
      metadata: { source: 'page' },
      paid: true,
      paymentId: '41',
    });
    expect(await mirror(tenant, [news])).toBe('inserted');
    expect(await appointmentsOf(tenant)).toMatchObject([
      {
        source: 'provider',
        reference: 'u1',
        providerUid: 'u1',
        status: 'confirmed',
        attendeeEmail: 'ada@example.com',
        organizerEmail: 'owner@example.com',
        location: 'https://meet.example.com/1',
        attendees: [{ name: 'Ada Caller' }],
        metadata: { source: 'page' },
        paid: true,
        paymentId: '41',
        providerChangedAt: news.changedAt,
      },
    ]);
    expect(await mirror(tenant, [news])).toBe('kept');
  });

  test('keeps its first name through moves, even when the last is told first', async () => {
    const tenant = await insertTenant(database.db);
    const first = said('u1', 1);
    const second = said('u2', 2, { previousUid: 'u1', start: ten });
    const third = said('u3', 3, { previousUid: 'u2' });
    expect(await mirror(tenant, [third])).toBe('inserted');
    expect(await mirror(tenant, [first])).toBe('inserted');
    expect(await appointmentsOf(tenant)).toHaveLength(2);
    // Only now is it known that both are one.
    await mirror(tenant, [second, third, first]);
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: 'u1', providerUid: 'u3', startAt: nine },
    ]);
  });

  test('is not made of a sentence that tells neither time nor attendee', async () => {
    const tenant = await insertTenant(database.db);
    const paid: BookingNews = { uid: 'u1', changedAt: CLOCK.now(), paid: true };
    expect(await mirror(tenant, [paid])).toBe('incomplete');
    expect(await mirror(tenant, [paid, said('u1', 1)])).toBe('inserted');
    expect(await appointmentsOf(tenant)).toMatchObject([{ paid: true }]);
  });
});

describe('a booking of ours', () => {
  test('is one row with its call and intent, whoever writes it first', async () => {
    const tenant = await insertTenant(database.db);
    const news = said('u1', 1, { key: 'k1', title: 'Consultation' });
    const intentId = await ourIntent(tenant, 'k1', { state: 'claimed' });
    await mirror(tenant, [news]);
    expect(await appointmentsOf(tenant)).toMatchObject([
      {
        source: 'slotline',
        intentId,
        agentId: tenant.agentId,
        bookingEventId: tenant.bookingEventId,
      },
    ]);
    await ledgerAppointment(tenant, intentId, 'u1');
    const [row, ...others] = await appointmentsOf(tenant);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      intentId,
      title: 'Consultation',
      notes: 'Window seat.',
      attendeePhone: '+14155552671',
    });
    await mirror(tenant, [news]);
    expect(await appointmentsOf(tenant)).toMatchObject([
      { notes: 'Window seat.', attendeePhone: '+14155552671', title: 'Consultation' },
    ]);
  });

  test('gives its time free when its owner cancels', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1', { reference: 'u1' });
    await ledgerAppointment(tenant, intentId, 'u1');
    const cancelled = said('u1', 5, { status: 'cancelled', reason: 'ill' });
    expect(await mirror(tenant, [cancelled])).toBe('changed');
    expect(await appointmentsOf(tenant)).toMatchObject([
      { status: 'cancelled', cancellationReason: 'ill' },
    ]);
    expect(await intentState(intentId)).toBe('released');
  });

  test('gives its old time free when it moves, and keeps the new one claimed', async () => {
    const tenant = await insertTenant(database.db);
    const old = await ourIntent(tenant, 'k1', { reference: 'u1' });
    await ledgerAppointment(tenant, old, 'u1');
    const move = await ourIntent(tenant, 'k2', { reference: 'u1', startAt: ten });
    await mirror(tenant, [said('u2', 5, { previousUid: 'u1', start: ten, key: 'k1' })]);
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: 'u1', providerUid: 'u2', startAt: ten, intentId: old },
    ]);
    expect([await intentState(old), await intentState(move)]).toEqual(['released', 'confirmed']);
  });

  test('that moved twice is known by its key when the first move was not told', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1', { reference: 'u1' });
    await ledgerAppointment(tenant, intentId, 'u1');
    const again = said('u3', 6, { previousUid: 'u2', start: ten, key: 'k1' });
    expect(await mirror(tenant, [again])).toBe('changed');
    expect(await appointmentsOf(tenant)).toMatchObject([{ reference: 'u1', providerUid: 'u3' }]);
  });

  test('that its owner has to accept anew where it moved to is known by its key', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1', { reference: 'u1' });
    await ledgerAppointment(tenant, intentId, 'u1');
    const requested = { start: ten, key: 'k1', status: 'pending' } as const;
    expect(await mirror(tenant, [said('u2', 5, requested)])).toBe('changed');
    const moved = { reference: 'u1', providerUid: 'u2', startAt: ten, status: 'pending' };
    expect(await appointmentsOf(tenant)).toMatchObject([moved]);
    // Told late, from before: of a place between the two.
    expect(await mirror(tenant, [said('u9', 3, { ...requested, start: nine })])).toBe('stale');
    expect(await appointmentsOf(tenant)).toMatchObject([moved]);
  });

  test('is not confused with the next of a series, which carries the same key', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1', { reference: 'u1' });
    await ledgerAppointment(tenant, intentId, 'u1');
    expect(await mirror(tenant, [said('w1', 1, { key: 'k1', start: ten })])).toBe('inserted');
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: 'u1', startAt: nine },
      { reference: 'w1', startAt: ten },
    ]);
    expect(await intentState(intentId)).toBe('confirmed');
  });
});

describe('older news', () => {
  test('never brings a booking back that we cancelled', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1');
    const id = await ledgerAppointment(tenant, intentId, 'u1');
    await database.db
      .updateTable('appointments')
      .set({ status: 'cancelled' })
      .where('id', '=', id)
      .execute();
    expect(await mirror(tenant, [said('u1', 1, { key: 'k1' })])).toBe('stale');
    expect(await appointmentsOf(tenant)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('never undoes a move of ours', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'k1');
    const id = await ledgerAppointment(tenant, intentId, 'u1');
    await database.db
      .updateTable('appointments')
      .set({ providerUid: 'u2', startAt: ten, endAt: new Date(ten.getTime() + half) })
      .where('id', '=', id)
      .execute();
    expect(await mirror(tenant, [said('u1', 9, { key: 'k1' })])).toBe('stale');
    expect(await appointmentsOf(tenant)).toMatchObject([{ startAt: ten, providerUid: 'u2' }]);
    expect(
      await mirror(tenant, [said('u1', 1), said('u2', 8, { previousUid: 'u1', start: ten })]),
    ).toBe('kept');
  });
});

describe('a list', () => {
  const listed = (more: Partial<BookingNews> = {}) =>
    said('u2', 1, { reference: 'u1', start: ten, ...more });

  test('is believed, whatever was known before', async () => {
    const tenant = await insertTenant(database.db);
    await mirror(tenant, [said('u1', 9)]);
    expect(await mirror(tenant, [listed()], { listedAt: CLOCK.ago(-1_000) })).toBe('changed');
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: 'u1', providerUid: 'u2', startAt: ten },
    ]);
  });

  test('says nothing of what was written after it was asked for', async () => {
    const tenant = await insertTenant(database.db);
    await mirror(tenant, [said('u1', 9)]);
    expect(await mirror(tenant, [listed()], { listedAt: CLOCK.ago(60_000) })).toBe('stale');
    expect(await appointmentsOf(tenant)).toMatchObject([{ startAt: nine }]);
  });
});

test('two organizations never see each other, even with the same names', async () => {
  const [one, other] = [await insertTenant(database.db), await insertTenant(database.db)];
  await mirror(one, [said('u1', 1)]);
  await mirror(other, [said('u1', 2, { status: 'cancelled' })]);
  expect(await appointmentsOf(one)).toMatchObject([{ status: 'confirmed' }]);
  expect(await appointmentsOf(other)).toMatchObject([{ status: 'cancelled' }]);
});

describe('a booking that arrives after its absence was taken for proof', () => {
  async function told(tenant: Tenant) {
    const { organizationId } = tenant;
    const [intents, messages] = await Promise.all([
      database.db
        .selectFrom('bookingIntents')
        .select(['idempotencyKey', 'state', 'reference', 'reason'])
        .where('organizationId', '=', organizationId)
        .orderBy('idempotencyKey')
        .execute(),
      database.db
        .selectFrom('outboxMessages')
        .select('kind')
        .where('organizationId', '=', organizationId)
        .execute(),
    ]);
    return { intents, messages: messages.map(({ kind }) => kind) };
  }

  test('is confirmed late, and its attendee told once, when the time is free', async () => {
    const tenant = await insertTenant(database.db);
    const intentId = await ourIntent(tenant, 'late', { state: 'refused' });
    await mirror(tenant, [said('uid-1', 1, { key: 'late' })]);
    await mirror(tenant, [said('uid-1', 1, { key: 'late' })]);
    expect(await told(tenant)).toMatchObject({
      intents: [{ state: 'confirmed', reference: 'uid-1' }],
      messages: ['settled_booked'],
    });
    expect(await appointmentsOf(tenant)).toMatchObject([{ intentId, source: 'slotline' }]);
  });

  test('wants an operator when somebody else was given the time', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId } = tenant;
    await ourIntent(tenant, 'first', { reference: 'uid-2' });
    const id = await ourIntent(tenant, 'late', { state: 'refused' });
    await mirror(tenant, [said('uid-1', 1, { key: 'late' })]);
    expect(await told(tenant)).toMatchObject({
      intents: [
        { state: 'confirmed', reference: 'uid-2' },
        {
          state: 'attention',
          reference: 'uid-1',
          reason: expect.stringMatching(/cancel one of the two/) as string,
        },
      ],
      messages: [],
    });
    const times = { grace: 0, firstLook: 0, firstPause: 0, longestPause: 0, attentionPause: 0 };
    expect(await takeUpIntent(database.db, { organizationId, id }, times)).toBeUndefined();
  });

  test('stays refused when it is not there any more, or the list is older than the refusal', async () => {
    const tenant = await insertTenant(database.db);
    await ourIntent(tenant, 'late', { state: 'refused' });
    await mirror(tenant, [said('uid-1', 1, { key: 'late' })], { listedAt: new Date(0) });
    await mirror(tenant, [said('uid-1', 2, { key: 'late', status: 'cancelled' })]);
    expect(await told(tenant)).toMatchObject({ intents: [{ state: 'refused' }], messages: [] });
  });
});
