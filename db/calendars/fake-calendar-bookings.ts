import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';
import type { AppointmentStatus, AttendeeRecord } from '../schema.ts';

/** The calendar whose bookings are meant. */
export interface FakeCalendarKey {
  organizationId: string;
  calendarConnectionId: string;
}

export interface FakeCalendarBooking {
  uid: string;
  idempotencyKey: string;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  attendee: AttendeeRecord;
}

const COLUMNS = ['uid', 'idempotencyKey', 'startAt', 'endAt', 'status', 'attendee'] as const;

/** Confirmed bookings that overlap the range from `from` to `to`. */
export async function listFakeCalendarBookings(
  db: Database,
  key: FakeCalendarKey,
  range: { from: Date; to: Date },
): Promise<FakeCalendarBooking[]> {
  return bookingsOf(db, key)
    .where('status', '=', 'confirmed')
    .where('startAt', '<', range.to)
    .where('endAt', '>', range.from)
    .execute();
}

/** What a fake calendar tells of a booking in a list. */
export interface ListedFakeBooking extends FakeCalendarBooking {
  eventType: string;
  notes: string | null;
  cancellationReason: string | null;
  updatedAt: Date;
}

/** Bookings of every event type and status that start in the range. */
export async function listAllFakeCalendarBookings(
  db: Database,
  key: FakeCalendarKey,
  range: { from: Date; to: Date },
): Promise<ListedFakeBooking[]> {
  return bookingsOf(db, key)
    .select(['eventType', 'notes', 'cancellationReason', 'updatedAt'])
    .where('startAt', '>=', range.from)
    .where('startAt', '<', range.to)
    .execute();
}

/** All bookings that match every field given, in order of their start. */
export async function findFakeCalendarBookings(
  db: Database,
  key: FakeCalendarKey,
  query: { uid?: string; idempotencyKey?: string; email?: string; phone?: string },
): Promise<FakeCalendarBooking[]> {
  let rows = bookingsOf(db, key);
  if (query.uid !== undefined) rows = rows.where('uid', '=', query.uid);
  if (query.idempotencyKey !== undefined) {
    rows = rows.where('idempotencyKey', '=', query.idempotencyKey);
  }
  if (query.email !== undefined) {
    rows = rows.where(sql`lower(attendee ->> 'email')`, '=', query.email.toLowerCase());
  }
  if (query.phone !== undefined) rows = rows.where(sql`attendee ->> 'phone'`, '=', query.phone);
  return rows.execute();
}

/**
 * Stores a booking unless a confirmed one overlaps it; racing callers wait for each other. A key
 * that is known answers the booking it made.
 */
export async function insertFakeCalendarBooking(
  db: Database,
  key: FakeCalendarKey,
  booking: FakeCalendarBooking & { eventType: string; notes: string | null },
): Promise<FakeCalendarBooking | 'taken'> {
  return db.transaction().execute(async (transaction) => {
    await lockCalendar(transaction, key);
    const [known] = await findFakeCalendarBookings(transaction, key, {
      idempotencyKey: booking.idempotencyKey,
    });
    if (known) return known;
    const overlapping = await listFakeCalendarBookings(transaction, key, {
      from: booking.startAt,
      to: booking.endAt,
    });
    if (overlapping.length > 0) return 'taken';
    return transaction
      .insertInto('fakeCalendarBookings')
      .values({
        organizationId: key.organizationId,
        calendarConnectionId: key.calendarConnectionId,
        ...booking,
        attendee: JSON.stringify(booking.attendee),
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
  });
}

/** Moves a booking unless another confirmed one overlaps the new time. */
export async function moveFakeCalendarBooking(
  db: Database,
  key: FakeCalendarKey & { uid: string },
  to: { startAt: Date; endAt: Date },
): Promise<FakeCalendarBooking | 'taken'> {
  return db.transaction().execute(async (transaction) => {
    await lockCalendar(transaction, key);
    const overlapping = await listFakeCalendarBookings(transaction, key, {
      from: to.startAt,
      to: to.endAt,
    });
    if (overlapping.some((booking) => booking.uid !== key.uid)) return 'taken';
    return updateBooking(transaction, key, to);
  });
}

/** Marks a booking as cancelled. */
export async function cancelFakeCalendarBooking(
  db: Database,
  key: FakeCalendarKey & { uid: string },
  reason: string,
): Promise<FakeCalendarBooking> {
  return updateBooking(db, key, { status: 'cancelled', cancellationReason: reason });
}

function bookingsOf(db: Database, key: FakeCalendarKey) {
  return db
    .selectFrom('fakeCalendarBookings')
    .select(COLUMNS)
    .where('organizationId', '=', key.organizationId)
    .where('calendarConnectionId', '=', key.calendarConnectionId)
    .orderBy('startAt');
}

async function updateBooking(
  db: Database,
  key: FakeCalendarKey & { uid: string },
  change: { startAt: Date; endAt: Date } | { status: 'cancelled'; cancellationReason: string },
): Promise<FakeCalendarBooking> {
  return db
    .updateTable('fakeCalendarBookings')
    .set({ ...change, updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('calendarConnectionId', '=', key.calendarConnectionId)
    .where('uid', '=', key.uid)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Until the transaction ends. An exclusion constraint would do too, but deadlocks under a hot slot. */
async function lockCalendar(transaction: Database, key: FakeCalendarKey): Promise<void> {
  await takeLock(transaction, LOCKS.ownBookings(key.calendarConnectionId));
}
