import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';
import type { AppointmentStatus, AttendeeRecord } from '../values.ts';

/** The calendar whose bookings are meant. */
export interface StoredBookingsKey {
  organizationId: string;
  calendarConnectionId: string;
}

export interface StoredBooking {
  uid: string;
  idempotencyKey: string;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  attendee: AttendeeRecord;
}

const COLUMNS = ['uid', 'idempotencyKey', 'startAt', 'endAt', 'status', 'attendee'] as const;

/** Confirmed bookings that overlap the range from `from` to `to`. */
export async function listStoredBookings(
  db: Database,
  key: StoredBookingsKey,
  range: { from: Date; to: Date },
): Promise<StoredBooking[]> {
  return bookingsOf(db, key)
    .where('status', '=', 'confirmed')
    .where('startAt', '<', range.to)
    .where('endAt', '>', range.from)
    .execute();
}

/** What is told of a booking in a list of the whole calendar. */
export interface ListedStoredBooking extends StoredBooking {
  eventType: string;
  notes: string | null;
  cancellationReason: string | null;
  updatedAt: Date;
}

/** Bookings of every event type and status that start in the range. */
export async function listAllStoredBookings(
  db: Database,
  key: StoredBookingsKey,
  range: { from: Date; to: Date },
): Promise<ListedStoredBooking[]> {
  return bookingsOf(db, key)
    .select(['eventType', 'notes', 'cancellationReason', 'updatedAt'])
    .where('startAt', '>=', range.from)
    .where('startAt', '<', range.to)
    .execute();
}

/** All bookings that match every field given, in order of their start. */
export async function findStoredBookings(
  db: Database,
  key: StoredBookingsKey,
  query: { uid?: string; idempotencyKey?: string; email?: string; phone?: string },
): Promise<StoredBooking[]> {
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
export async function insertStoredBooking(
  db: Database,
  key: StoredBookingsKey,
  booking: StoredBooking & { eventType: string; notes: string | null },
): Promise<StoredBooking | 'taken'> {
  return db.transaction().execute(async (transaction) => {
    await lockCalendar(transaction, key);
    const [known] = await findStoredBookings(transaction, key, {
      idempotencyKey: booking.idempotencyKey,
    });
    if (known) return known;
    const overlapping = await listStoredBookings(transaction, key, {
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
export async function moveStoredBooking(
  db: Database,
  key: StoredBookingsKey & { uid: string },
  to: { startAt: Date; endAt: Date },
): Promise<StoredBooking | 'taken'> {
  return db.transaction().execute(async (transaction) => {
    await lockCalendar(transaction, key);
    const overlapping = await listStoredBookings(transaction, key, {
      from: to.startAt,
      to: to.endAt,
    });
    if (overlapping.some((booking) => booking.uid !== key.uid)) return 'taken';
    return updateBooking(transaction, key, to);
  });
}

/** Marks a booking as cancelled. */
export async function cancelStoredBooking(
  db: Database,
  key: StoredBookingsKey & { uid: string },
  reason: string,
): Promise<StoredBooking> {
  return updateBooking(db, key, { status: 'cancelled', cancellationReason: reason });
}

function bookingsOf(db: Database, key: StoredBookingsKey) {
  return db
    .selectFrom('fakeCalendarBookings')
    .select(COLUMNS)
    .where('organizationId', '=', key.organizationId)
    .where('calendarConnectionId', '=', key.calendarConnectionId)
    .orderBy('startAt');
}

async function updateBooking(
  db: Database,
  key: StoredBookingsKey & { uid: string },
  change: { startAt: Date; endAt: Date } | { status: 'cancelled'; cancellationReason: string },
): Promise<StoredBooking> {
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
async function lockCalendar(transaction: Database, key: StoredBookingsKey): Promise<void> {
  await takeLock(transaction, LOCKS.storedBookings(key.calendarConnectionId));
}
