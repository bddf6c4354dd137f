import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { storedBookings } from '../../../booking/calendars/stored-bookings.ts';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { syncCalendar } from '../../../booking/mirror/sync-calendar.ts';
import type { CalendarSyncParts } from '../../../booking/mirror/sync-calendar.ts';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { replaceBusyCalendars } from '../../../db/busy-calendars.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { listConnectionsToSync } from '../../../db/calendars/calendar-syncs.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const { now } = CLOCK;
const tuesday: Slot = {
  start: new Date('2026-11-24T15:00:00Z'),
  end: new Date('2026-11-24T15:30:00Z'),
};
const wednesday: Slot = {
  start: new Date('2026-11-25T15:00:00Z'),
  end: new Date('2026-11-25T15:30:00Z'),
};

function keyOf({ organizationId, calendarConnectionId }: Tenant) {
  return { organizationId, calendarConnectionId };
}

function storeOf(tenant: Tenant) {
  return storedBookings(database.db, { ...keyOf(tenant), eventType: 'appointment' });
}

/** What somebody books, moves or cancels at the provider without us. */
async function bookBehindOurBack(tenant: Tenant, slot: Slot): Promise<string> {
  const uid = `fake_${randomUUID()}`;
  await storeOf(tenant).insert({
    reference: uid,
    uid,
    ...slot,
    status: 'confirmed',
    attendee: { name: 'Ada', email: 'ada@example.com', phone: null, timeZone: 'UTC' },
    key: randomUUID(),
    location: null,
    notes: null,
  });
  return uid;
}

function parts(more: Partial<CalendarSyncParts> = {}): CalendarSyncParts {
  return {
    db: database.db,
    now,
    interval: 0,
    openCalendar: (event) =>
      openEventCalendar(database.db, event, {
        masterKey: Buffer.alloc(32),
        now,
        providers: readProviders({}),
      }),
    ...more,
  };
}

/** Long ago, so that a list of now is newer. */
async function age(tenant: Tenant): Promise<void> {
  await database.db
    .updateTable('appointments')
    .set({ updatedAt: CLOCK.ago(3_600_000) })
    .where('organizationId', '=', tenant.organizationId)
    .execute();
}

function appointmentsOf(tenant: Tenant) {
  return database.db
    .selectFrom('appointments')
    .selectAll()
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('startAt')
    .execute();
}

describe('syncCalendar', () => {
  test('repairs what was missed, and writes down how much that was', async () => {
    const tenant = await insertTenant(database.db);
    const moved = await bookBehindOurBack(tenant, tuesday);
    const cancelled = await bookBehindOurBack(tenant, {
      start: new Date('2026-11-24T16:00:00Z'),
      end: new Date('2026-11-24T16:30:00Z'),
    });
    expect(await syncCalendar(parts(), keyOf(tenant))).toEqual({
      seen: 2,
      missing: 2,
      changed: 0,
      error: null,
    });
    await age(tenant);
    await storeOf(tenant).move(moved, wednesday);
    await storeOf(tenant).cancel(cancelled, 'ill');
    expect(await syncCalendar(parts(), keyOf(tenant))).toMatchObject({ missing: 0, changed: 2 });
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: cancelled, status: 'cancelled', cancellationReason: 'ill', source: 'provider' },
      { reference: moved, status: 'confirmed', startAt: wednesday.start },
    ]);
    await age(tenant);
    expect(await syncCalendar(parts(), keyOf(tenant))).toMatchObject({ missing: 0, changed: 0 });
    const syncs = await database.db
      .selectFrom('calendarSyncs')
      .select(['seen', 'missing', 'changed', 'error', 'endedAt'])
      .where('calendarConnectionId', '=', tenant.calendarConnectionId)
      .orderBy('id')
      .execute();
    expect(syncs).toMatchObject([{ missing: 2 }, { changed: 2 }, { missing: 0, changed: 0 }]);
    expect(syncs.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  test('writes nothing where nothing has changed', async () => {
    const tenant = await insertTenant(database.db);
    await bookBehindOurBack(tenant, tuesday);
    await syncCalendar(parts(), keyOf(tenant));
    await age(tenant);
    const before = await appointmentsOf(tenant);
    expect(before).toHaveLength(1);
    await syncCalendar(parts(), keyOf(tenant));
    expect(await appointmentsOf(tenant)).toEqual(before);
  });

  test('leaves alone what was written while the list was on its way', async () => {
    const tenant = await insertTenant(database.db);
    const uid = await bookBehindOurBack(tenant, tuesday);
    await syncCalendar(parts(), keyOf(tenant));
    await storeOf(tenant).move(uid, wednesday);
    // Just written: whether the list knows better cannot be told, and the next one will be asked.
    expect(await syncCalendar(parts(), keyOf(tenant))).toMatchObject({ changed: 0 });
    await age(tenant);
    expect(await syncCalendar(parts(), keyOf(tenant))).toMatchObject({ changed: 1 });
  });

  test('is one process’s turn, and the next only after the interval', async () => {
    const tenant = await insertTenant(database.db);
    const results = await Promise.all(
      Array.from({ length: 4 }, () => syncCalendar(parts({ interval: 60_000 }), keyOf(tenant))),
    );
    expect(results.filter((result) => result !== undefined)).toHaveLength(1);
    const due = await listConnectionsToSync(database.db, 60_000);
    expect(due.map(({ calendarConnectionId }) => calendarConnectionId)).not.toContain(
      tenant.calendarConnectionId,
    );
    expect(
      (await listConnectionsToSync(database.db, 0)).map((key) => key.calendarConnectionId),
    ).toContain(tenant.calendarConnectionId);
  });

  test('is the turn of every host’s calendar, and not of the first one’s alone', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId, agentId, calendarConnectionId: adams } = tenant;
    const baker = await insertCalendarConnection(database.db, {
      organizationId,
      provider: 'fake',
      name: 'Baker',
      timeZone: 'America/New_York',
      settings: { seed: 7 },
    });
    const host = (name: string, calendarConnectionId: string) => ({
      name,
      calendarConnectionId,
      availability: null,
      busyCalendars: [],
    });
    await insertBookingEvent(database.db, {
      organizationId,
      agentId,
      calendarConnectionId: adams,
      name: 'Cleaning',
      eventType: 'cleaning',
      hosts: [host('Dr. Adams', adams), host('Dr. Baker', baker)],
    });
    const due = (await listConnectionsToSync(database.db, 0)).map(
      (key) => key.calendarConnectionId,
    );
    expect(due).toContain(adams);
    expect(due).toContain(baker);
  });

  test('goes on where a calendar that blocks its event is disconnected', async () => {
    const tenant = await insertTenant(database.db);
    const { organizationId, bookingEventId } = tenant;
    const other = await insertCalendarConnection(database.db, {
      organizationId,
      provider: 'fake',
      name: 'Private',
      timeZone: 'America/New_York',
      settings: { seed: 7 },
    });
    await replaceBusyCalendars(database.db, { organizationId, id: bookingEventId }, [other]);
    await database.db
      .updateTable('calendarConnections')
      .set({ disconnectedAt: now() })
      .where('id', '=', other)
      .execute();
    await bookBehindOurBack(tenant, tuesday);
    expect(await syncCalendar(parts(), keyOf(tenant))).toMatchObject({ missing: 1, error: null });
  });

  test('says why it failed, by the name of the error, and keeps the last success', async () => {
    const tenant = await insertTenant(database.db);
    const down: Partial<Calendar> = {
      listBookings: () =>
        Promise.reject(new CalendarUnreachableError('nothing for ada@example.com')),
    };
    const result = await syncCalendar(
      parts({ openCalendar: () => Promise.resolve(down as Calendar) }),
      keyOf(tenant),
    );
    expect(result).toEqual({ seen: 0, missing: 0, changed: 0, error: 'CalendarUnreachableError' });
    const { lastSyncedAt } = await database.db
      .selectFrom('calendarConnections')
      .select('lastSyncedAt')
      .where('id', '=', tenant.calendarConnectionId)
      .executeTakeFirstOrThrow();
    expect(lastSyncedAt).toBeNull();
  });

  test('passes over a booking that cannot be written down, and says how many there were', async () => {
    const tenant = await insertTenant(database.db);
    const news = (reference: string, more: object) => ({
      uid: reference,
      reference,
      changedAt: null,
      status: 'confirmed' as const,
      ...tuesday,
      attendees: [{ name: 'Ada', email: 'ada@example.com', phone: null, timeZone: 'UTC' }],
      ...more,
    });
    const listed = [
      news('nul', { title: 'a\u0000b' }),
      news('half', { responses: { why: '\ud800' } }),
      news('early', { start: new Date(-8.6e15), end: new Date(-8.5e15) }),
      news('good', {}),
    ];
    const odd: Partial<Calendar> = { listBookings: () => Promise.resolve(listed) };
    const result = await syncCalendar(
      parts({ openCalendar: () => Promise.resolve(odd as Calendar) }),
      keyOf(tenant),
    );
    expect(result).toMatchObject({
      missing: 1,
      error: expect.stringMatching(/^3 booking\(s\) could not be written down \(.*22\w{3}\)\.$/),
    });
    expect(await appointmentsOf(tenant)).toMatchObject([{ reference: 'good' }]);
    const { lastSyncedAt } = await database.db
      .selectFrom('calendarConnections')
      .select('lastSyncedAt')
      .where('id', '=', tenant.calendarConnectionId)
      .executeTakeFirstOrThrow();
    expect(lastSyncedAt).not.toBeNull();
  });

  test('passes over a calendar that was disconnected', async () => {
    const tenant = await insertTenant(database.db);
    await database.db
      .updateTable('calendarConnections')
      .set({ disconnectedAt: now() })
      .where('id', '=', tenant.calendarConnectionId)
      .execute();
    const due = await listConnectionsToSync(database.db, 0);
    expect(due.map((key) => key.calendarConnectionId)).not.toContain(tenant.calendarConnectionId);
  });
});
