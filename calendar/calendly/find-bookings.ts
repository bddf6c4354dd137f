import { BookingNotFoundError } from '../calendar-error.ts';
import type { Booking, BookingQuery } from '../calendar.ts';
import { BookingChains, bookingOf, readChain } from './booking-chain.ts';
import { marksOf } from './booking-record.ts';
import type { CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { listRecords } from './read-records.ts';

/** Milliseconds for which a booking is looked for after its start. */
const LOOK_BACK = 3 * 24 * 3_600_000;

export interface FindOptions {
  query: BookingQuery;
  /** URI of the host. */
  user: string;
  /** URI; null where a key or a reference tells which is meant. */
  eventType: string | null;
  now: Date;
}

/**
 * Bookings of one event type that match, in order of their start; one that was moved comes once, as it
 * is now. With a key or a reference, of every event type.
 *
 * Calendly filters by e-mail alone. By a number or a key alone every booking to come is looked at.
 * @throws {CalendarError}
 */
export async function findCalendlyBookings(
  client: CalendlyClient,
  { query, user, eventType, now }: FindOptions,
): Promise<Booking[]> {
  const { key, reference, email } = query;
  if (key === undefined && reference !== undefined) {
    return findByReference(client, { user, name: reference });
  }
  const records = await listRecords(client, {
    user,
    min_start_time: new Date(now.getTime() - LOOK_BACK).toISOString(),
    ...(email === undefined ? {} : { invitee_email: email.toLowerCase() }),
  });
  const chains = new BookingChains(client, records);
  const found = new Map<string, Booking>();
  for (const record of records) {
    const isMeant =
      key === undefined
        ? record.event.event_type === eventType
        : marksOf(record.invitee).key === key;
    if (!isMeant) continue;
    const chain = await chains.chainOf(await chains.rootOf(record));
    const booking = bookingOf(chain);
    if (key !== undefined || isOf(booking, query)) found.set(chain.root, booking);
  }
  return [...found.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
}

async function findByReference(
  client: CalendlyClient,
  of: { user: string; name: string },
): Promise<Booking[]> {
  try {
    const chain = await readChain(client, of);
    return chain.root === of.name ? [bookingOf(chain)] : [];
  } catch (error) {
    if (error instanceof BookingNotFoundError) return [];
    throw error;
  }
}

function isOf({ attendee }: Booking, { email, phone }: BookingQuery): boolean {
  if (email !== undefined && attendee.email?.toLowerCase() !== email.toLowerCase()) return false;
  return phone === undefined || attendee.phone === phone;
}

/**
 * The booking that is meant, among an attendee's of one start: for a write whose outcome is to be
 * known.
 * @throws {CalendarError}
 */
export async function findAtStart(
  client: CalendlyClient,
  { user, email, start }: { user: string; email: string; start: Date },
  isMeant: (record: CalendlyRecord) => boolean,
  timeout: number,
): Promise<CalendlyRecord | undefined> {
  const records = await listRecords(
    client,
    {
      user,
      invitee_email: email,
      min_start_time: new Date(start.getTime() - 1_000).toISOString(),
      max_start_time: new Date(start.getTime() + 1_000).toISOString(),
    },
    { partOfWrite: true, timeout },
  );
  return records.find(
    (record) => record.event.start_time.getTime() === start.getTime() && isMeant(record),
  );
}
