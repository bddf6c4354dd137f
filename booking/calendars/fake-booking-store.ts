import type { BookingStore } from '../../calendar/booking-store.ts';
import type { Booking } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import {
  cancelFakeCalendarBooking,
  findFakeCalendarBookings,
  insertFakeCalendarBooking,
  listAllFakeCalendarBookings,
  listFakeCalendarBookings,
  moveFakeCalendarBooking,
} from '../../db/calendars/fake-calendar-bookings.ts';
import type {
  FakeCalendarBooking,
  FakeCalendarKey,
} from '../../db/calendars/fake-calendar-bookings.ts';

/** Keeps a fake calendar's bookings in PostgreSQL. */
export function fakeBookingStore(
  db: Database,
  key: FakeCalendarKey & { eventType: string },
): BookingStore {
  return {
    async listConfirmed(range) {
      return (await listFakeCalendarBookings(db, key, range)).map(toBooking);
    },
    async listAll(range) {
      return (await listAllFakeCalendarBookings(db, key, range)).map((row) => ({
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
      return (await findFakeCalendarBookings(db, key, query)).map(toBooking);
    },
    async insert(booking) {
      const stored = await insertFakeCalendarBooking(db, key, {
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
      const moved = await moveFakeCalendarBooking(db, { ...key, uid: reference }, to);
      return moved === 'taken' ? moved : toBooking(moved);
    },
    async cancel(reference, reason) {
      return toBooking(await cancelFakeCalendarBooking(db, { ...key, uid: reference }, reason));
    },
  };
}

function toBooking(row: FakeCalendarBooking): Booking {
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
