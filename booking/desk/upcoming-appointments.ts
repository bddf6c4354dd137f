import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import { listUpcomingOfCaller } from '../../db/appointments/list-appointments.ts';
import type { CallerQuery } from '../../db/appointments/list-appointments.ts';
import { readClock } from '../../db/clock.ts';
import { findByReference } from '../ledger/find-booking.ts';
import { mirrorFound } from '../mirror/mirror-found.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { Bookable, CallContext } from './bookable.ts';
import type { KnownAppointment } from './call-appointments.ts';

/** Where one call looks for appointments. */
export interface LookUpContext extends CallContext {
  bookables: readonly Bookable[];
  /** What is spoken in the call. */
  language: SpokenLanguage;
  /** IANA: the caller's. */
  timeZone: string;
  /** E.164, from the line itself and never from the model; null on the web. */
  callerNumber: string | null;
  /** The digest of a visitor's address; null by phone and where it is not known. */
  visitor?: string | null;
}

/** An appointment that is to come and stands, as its calendar says. */
export interface Upcoming {
  bookable: Bookable;
  /** With what we keep of the attendee where the provider keeps nothing. */
  booking: Booking;
  /** Before the provider was asked, by the database's clock. */
  readAt: Date;
  /** Booked in a call from the number it bears, which anybody else could only have named. */
  fromLine: boolean;
}

/**
 * Those that were made with an address, in order of their start. The provider knows whom it has; what
 * was booked here is found though it dropped the address. Throws what the calendar throws.
 */
export async function findByEmail(email: string, context: LookUpContext): Promise<Upcoming[]> {
  const readAt = await readClock(context.db);
  const [there, kept] = await Promise.all([
    Promise.all(
      context.bookables.map(async (bookable) => {
        const bookings = await bookable.calendar.findBookings({ email });
        return bookings.map((booking) => ({ bookable, booking, readAt, fromLine: false }));
      }),
    ),
    findKept({ email }, context),
  ]);
  const listed = there.flat().filter((found) => isToCome(found, context));
  // What we keep says more of the attendee.
  const once = new Map([...listed, ...kept].map((found) => [nameOf(found), found]));
  return inOrder([...once.values()]);
}

/**
 * Those that were made with a number: the mirror knows which there are, the provider how they stand.
 * Throws what the calendar throws.
 */
export function findByNumber(phone: string, context: LookUpContext): Promise<Upcoming[]> {
  return findKept({ phone }, context);
}

/** Those that were booked in this call. Throws what the calendar throws. */
export function findByCall(context: Omit<LookUpContext, 'language'>): Promise<Upcoming[]> {
  return findKept({ callId: context.callId }, context);
}

/** What we wrote down of a caller, as the provider says that it stands. */
async function findKept(
  by: CallerQuery['by'],
  context: Omit<LookUpContext, 'language'>,
): Promise<Upcoming[]> {
  const { db, organizationId, bookables, now } = context;
  const readAt = await readClock(db);
  const rows = await listUpcomingOfCaller(db, { organizationId, by, after: now() });
  const found = await Promise.all(
    rows.map(async (row): Promise<Upcoming[]> => {
      const bookable = bookables.find(
        ({ ledger }) =>
          ledger.calendarConnectionId === row.calendarConnectionId &&
          ledger.eventType === row.eventType,
      );
      const booking = bookable && (await findByReference(bookable.calendar, row, row.reference));
      if (!booking) return [];
      const { attendee } = booking;
      const kept = {
        ...attendee,
        email: attendee.email ?? row.email,
        phone: attendee.phone ?? row.phone,
      };
      const { fromLine } = row;
      return [{ bookable, booking: { ...booking, attendee: kept }, readAt, fromLine }];
    }),
  );
  return inOrder(found.flat().filter((each) => isToCome(each, context)));
}

function nameOf({ bookable, booking }: Upcoming): string {
  return `${bookable.ledger.calendarConnectionId}/${booking.reference}`;
}

function isToCome({ booking }: Upcoming, { now }: Pick<LookUpContext, 'now'>): boolean {
  return isLive(booking) && booking.start > now();
}

function inOrder(found: Upcoming[]): Upcoming[] {
  return found.sort((a, b) => a.booking.start.getTime() - b.booking.start.getTime());
}

/** By name and address: as many as they are different people. */
export function countPeople(found: readonly Upcoming[]): number {
  return new Set(found.map(personOf)).size;
}

/** Whether two were made for the same person. */
export function areForSamePerson(one: Upcoming, other: Upcoming): boolean {
  return personOf(one) === personOf(other);
}

function personOf({ booking: { attendee } }: Upcoming): string {
  return `${attendee.email ?? ''} ${attendee.name}`.toLowerCase();
}

/**
 * With whom a booking is: the event's host, or, where several share an event type of the provider, whom
 * the provider answers. Where it does not say how many share it, nobody is named.
 */
export async function hostOf(
  bookable: Bookable,
  { host }: Pick<Booking, 'host'>,
): Promise<string | undefined> {
  if (bookable.event.host !== undefined || !host) return bookable.event.host;
  const description = await bookable.describe().catch(() => null);
  return description?.exclusive === false ? host : undefined;
}

/** Gives it a row of the mirror, on which moves and cancellations are written. */
export async function toKnown({ bookable, booking, readAt }: Upcoming): Promise<KnownAppointment> {
  const { db, organizationId, calendarConnectionId, eventType } = bookable.ledger;
  const key = { organizationId, calendarConnectionId, eventType };
  const appointmentId = await mirrorFound(db, key, booking, readAt);
  return {
    bookable,
    appointmentId,
    slot: { start: booking.start, end: booking.end },
    attendee: booking.attendee,
    host: await hostOf(bookable, booking),
    isPending: booking.status === 'pending',
    isFound: true,
  };
}
