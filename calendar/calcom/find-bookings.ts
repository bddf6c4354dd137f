import type { Booking, BookingQuery } from '../calendar.ts';
import { keyOf, smsAddress, toBooking } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { listCalcomBookings } from './list-bookings.ts';
import type { BookingsFilter } from './list-bookings.ts';
import { ReferenceChain } from './reference-chain.ts';
import type { ReadLimits } from './reference-chain.ts';

export interface FindOptions {
  query: BookingQuery;
  /** The slug. */
  eventType: string;
  /** What to look through, where more is known than the query says. */
  candidates?: BookingsFilter;
  now: () => Date;
  limits?: ReadLimits;
}

/**
 * Bookings of one event type that match all of the query, in order of their start; one that was
 * moved comes once, as it is now. With a key or a reference, of every event type.
 *
 * Cal.com filters by e-mail alone. A phone number without one finds phone-only attendees of any
 * time, and of the others those whose appointment is yet to come; a key alone, bookings to come.
 * @throws {CalendarError}
 */
export async function findCalcomBookings(
  client: CalcomClient,
  options: FindOptions,
): Promise<Booking[]> {
  const { eventType, limits = {} } = options;
  const { key, reference } = options.query;
  const records = await listCandidates(client, options);
  const chain = new ReferenceChain(client, records, limits);
  const found = new Map<string, Booking>();
  for (const record of records) {
    // What is named is found whatever its event type is called by now.
    const isMeant =
      key !== undefined || reference !== undefined || record.eventType.slug === eventType;
    if (!isMeant || !matches(record, options.query)) continue;
    const present = await chain.present(record.uid);
    if (found.has(present.uid)) continue;
    found.set(present.uid, toBooking(present, await chain.root(present)));
  }
  const named = [...found.values()].filter(
    (booking) => reference === undefined || booking.reference === reference,
  );
  return named.sort((a, b) => a.start.getTime() - b.start.getTime());
}

async function listCandidates(
  client: CalcomClient,
  { query, candidates, now, limits }: FindOptions,
): Promise<CalcomBookingRecord[]> {
  if (candidates) return listCalcomBookings(client, candidates, limits);
  if (query.email !== undefined) {
    return listCalcomBookings(client, { attendeeEmail: query.email.toLowerCase() }, limits);
  }
  const [phoneOnly, others] = await Promise.all([
    query.phone === undefined
      ? []
      : listCalcomBookings(client, { attendeeEmail: smsAddress(query.phone) }, limits),
    listCalcomBookings(client, { afterStart: now().toISOString() }, limits),
  ]);
  return [...new Map([...phoneOnly, ...others].map((record) => [record.uid, record])).values()];
}

function matches(record: CalcomBookingRecord, { email, phone, key }: BookingQuery): boolean {
  if (key !== undefined && keyOf(record) !== key) return false;
  // What comes after the first attendee are guests.
  const { attendee } = toBooking(record, record.uid);
  if (email !== undefined && attendee.email?.toLowerCase() !== email.toLowerCase()) return false;
  return phone === undefined || attendee.phone === phone;
}
