import type { StoredBookings } from '../../calendar/stored-bookings.ts';
import type { Booking } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import {
  cancelStoredBooking,
  findStoredBookings,
  insertStoredBooking,
  listAllStoredBookings,
  listStoredBookings,
  moveStoredBooking,
} from '../../db/calendars/stored-bookings.ts';
import type { StoredBooking, StoredBookingsKey } from '../../db/calendars/stored-bookings.ts';

/** Keeps in PostgreSQL the bookings of one calendar whose provider has no place of its own for them. */
export function storedBookings(
  db: Database,
  key: StoredBookingsKey & { eventType: string },
): StoredBookings {
  return {
    async listConfirmed(range) {
      return (await listStoredBookings(db, key, range)).map(toBooking);
    },
    async listAll(range) {
      return (await listAllStoredBookings(db, key, range)).map((row) => ({
        uid: row.uid,
        reference: row.uid,
        changedAt: row.updatedAt,
        status: row.status,
        start: row.startAt,
        end: row.endAt,
        eventType: row.eventType,
        key: row.idempotencyKey,
        attendees: [row.attendee],
        notes: row.notes,
        reason: row.cancellationReason,
      }));
    },
    async find({ reference, key: idempotencyKey, ...contact }) {
      const query = {
        ...contact,
        ...(reference === undefined ? {} : { uid: reference }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      };
      return (await findStoredBookings(db, key, query)).map(toBooking);
    },
    async insert(booking) {
      const stored = await insertStoredBooking(db, key, {
        eventType: key.eventType,
        uid: booking.reference,
        idempotencyKey: booking.key,
        startAt: booking.start,
        endAt: booking.end,
        status: booking.status,
        attendee: booking.attendee,
        notes: booking.notes,
      });
      return stored === 'taken' ? stored : toBooking(stored);
    },
    async move(reference, slot) {
      const to = { startAt: slot.start, endAt: slot.end };
      const moved = await moveStoredBooking(db, { ...key, uid: reference }, to);
      return moved === 'taken' ? moved : toBooking(moved);
    },
    async cancel(reference, reason) {
      return toBooking(await cancelStoredBooking(db, { ...key, uid: reference }, reason));
    },
  };
}

function toBooking(row: StoredBooking): Booking {
  return {
    reference: row.uid,
    uid: row.uid,
    location: null,
    start: row.startAt,
    end: row.endAt,
    status: row.status,
    attendee: row.attendee,
    key: row.idempotencyKey,
  };
}
