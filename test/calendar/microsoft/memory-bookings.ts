import type { Booking } from '../../../calendar/calendar.ts';
import type { StoredBookings } from '../../../calendar/stored-bookings.ts';

/** What a calendar writes down of its bookings, for tests without a database. */
export function memoryBookings(): StoredBookings {
  const kept: Booking[] = [];
  const unused = () => Promise.reject(new Error('It is not asked for.'));
  return {
    find: ({ key, reference, email, phone }) =>
      Promise.resolve(
        kept.filter(
          (each) =>
            (key === undefined || each.key === key) &&
            (reference === undefined || each.reference === reference) &&
            (email === undefined || each.attendee.email === email) &&
            (phone === undefined || each.attendee.phone === phone),
        ),
      ),
    insert(booking) {
      kept.push(booking);
      return Promise.resolve(booking);
    },
    listAll: ({ from, to }) =>
      Promise.resolve(
        kept
          .filter(({ start }) => start >= from && start < to)
          .map(({ attendee, ...each }) => ({ ...each, attendees: [attendee], changedAt: null })),
      ),
    listConfirmed: unused,
    move: unused,
    cancel: unused,
  };
}
