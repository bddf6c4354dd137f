import { BookingNotFoundError, CalendarUnreachableError } from '../calendar-error.ts';
import type { Booking, BookingQuery } from '../calendar.ts';
import { smsAddress } from './attendee-record.ts';
import { bookerOf, keyOf, toBooking } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { listCalcomBookings } from './list-bookings.ts';
import type { BookingsFilter, ReadLimits } from './list-bookings.ts';
import { ReferenceChain } from './reference-chain.ts';

const DAY = 24 * 3_600_000;
/** How long after its start a booking is still looked for by its key alone. */
const LOOK_BACK = 3 * DAY;

export interface FindOptions {
  query: BookingQuery;
  /** The slug. */
  eventType: string;
  now: () => Date;
}

/**
 * Bookings of one event type that match, in order of their start; one that was moved comes once, as it
 * is now. With a key or a reference, of every event type, and e-mail and phone only help to look: Cal.com
 * drops an address whose field is hidden.
 *
 * Cal.com filters by e-mail alone, to the letter. Whatever the letters, appointments yet to come are
 * found by address and by number; those of the past where the address was kept in lower case, or the
 * attendee has a number alone.
 * @throws {CalendarError}
 */
export async function findCalcomBookings(
  client: CalcomClient,
  { query, eventType, now }: FindOptions,
): Promise<Booking[]> {
  const { key, reference } = query;
  if (key !== undefined) return findByKey(client, key, waysToKey(query, now()));
  if (reference !== undefined) return findByReference(client, reference);
  const { records } = await listCalcomBookings(client, [
    ...likelyFilters(query),
    { afterStart: now().toISOString() },
  ]);
  const meant = records.filter(
    (record) => record.eventType?.slug === eventType && isOf(record, query),
  );
  return asTheyAre(meant, new ReferenceChain(client, records));
}

/**
 * What a key made, as it is now.
 *
 * @param ways where to look, one after the other, until it is found
 * @throws {CalendarUnreachableError} it is not found among what can be read
 */
export async function findByKey(
  client: CalcomClient,
  key: string,
  ways: readonly BookingsFilter[][],
  limits: ReadLimits = {},
): Promise<Booking[]> {
  let unreadable = 0;
  for (const filters of ways) {
    const listed = await listCalcomBookings(client, filters, limits);
    const made = listed.records.filter((record) => keyOf(record) === key);
    if (made.length > 0) {
      return asTheyAre(made, new ReferenceChain(client, listed.records, limits));
    }
    unreadable += listed.unreadable;
  }
  if (unreadable === 0) return [];
  throw new CalendarUnreachableError(`${unreadable} bookings of Cal.com cannot be read.`);
}

/** The list that likely has it, which is short, before the one that has it in any case. */
function waysToKey(query: BookingQuery, now: Date): BookingsFilter[][] {
  const likely = likelyFilters(query);
  const all = { afterStart: new Date(now.getTime() - LOOK_BACK).toISOString() };
  return likely.length > 0 ? [likely, [all]] : [[all]];
}

function likelyFilters({ email, phone }: BookingQuery): BookingsFilter[] {
  if (email !== undefined) return [{ attendeeEmail: email.toLowerCase() }];
  return phone === undefined ? [] : [{ attendeeEmail: smsAddress(phone) }];
}

async function findByReference(client: CalcomClient, reference: string): Promise<Booking[]> {
  const chain = new ReferenceChain(client);
  try {
    const present = await chain.present(reference);
    const root = await chain.root(present);
    return root === reference ? [toBooking(present, root)] : [];
  } catch (error) {
    if (error instanceof BookingNotFoundError) return [];
    throw error;
  }
}

async function asTheyAre(
  records: readonly CalcomBookingRecord[],
  chain: ReferenceChain,
): Promise<Booking[]> {
  const found = new Map<string, Booking>();
  for (const record of records) {
    const present = await chain.present(record.uid);
    if (found.has(present.uid)) continue;
    found.set(present.uid, toBooking(present, await chain.root(present)));
  }
  return [...found.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
}

function isOf(record: CalcomBookingRecord, { email, phone }: BookingQuery): boolean {
  const booker = bookerOf(record);
  if (email !== undefined && booker.email?.toLowerCase() !== email.toLowerCase()) return false;
  return phone === undefined || booker.phone === phone;
}
