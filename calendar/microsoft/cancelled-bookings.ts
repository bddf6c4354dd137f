import type { Booking, BookingNews, BookingQuery, TimeRange } from '../calendar.ts';
import type { MicrosoftParts } from './calendar-parts.ts';
import { toBooking } from './graph-event.ts';
import type { StoredEvent } from './graph-event.ts';

type CancelledParts = Pick<MicrosoftParts, 'cancelled'>;

/**
 * Writes down what a booking was that is about to be cancelled: afterwards Graph has nothing of that
 * id. What is written here is looked at only where Graph has none.
 */
export async function noteCancelled(
  { cancelled }: CancelledParts,
  stored: StoredEvent,
): Promise<Booking> {
  const booking: Booking = { ...toBooking(stored), status: 'cancelled' };
  await cancelled.insert({ ...booking, key: stored.note.key, notes: null });
  return booking;
}

/** The cancelled bookings that a query means; a field that is missing means all. */
export async function findCancelled(
  { cancelled }: CancelledParts,
  query: { [Field in keyof BookingQuery]?: BookingQuery[Field] | undefined },
): Promise<Booking[]> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const found = await cancelled.find(Object.fromEntries(given));
  return found.filter(({ status }) => status === 'cancelled');
}

export async function listCancelled(
  { cancelled }: CancelledParts,
  range: TimeRange,
): Promise<(BookingNews & { reference: string })[]> {
  const all = await cancelled.listAll(range);
  // Of notes and reason this table knows nothing, and the appointment does.
  return all.map(({ notes: _notes, reason: _reason, ...news }) => news);
}
