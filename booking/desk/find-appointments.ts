import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import { listUpcomingOfCaller } from '../../db/appointments/caller-appointments.ts';
import type { CallerQuery } from '../../db/appointments/caller-appointments.ts';
import { readClock } from '../../db/clock.ts';
import { noteClaim, noteProof } from '../../db/calls/identity-claims.ts';
import { EmailAddressSchema } from '../../runtime/email-address.ts';
import { findByReference } from '../ledger/find-booking.ts';
import { mirrorFound } from '../mirror/mirror-found.ts';
import type { Bookable, CallContext } from './bookable.ts';
import type { KnownAppointment } from './call-appointments.ts';
import { isProvedBy, readDetail } from './prove-caller.ts';

/** Wrong guesses in a week over all calls: who knows an address could try one day after the other. */
const WRONG_GUESSES = 3;

export interface Claim {
  /** The e-mail address that the appointment was made with. */
  email: string | null;
  /** Its day, or the phone number left with it, in the caller's words. */
  detail: string | null;
}

export interface LookUpContext extends CallContext {
  bookables: readonly Bookable[];
  /** IANA: the caller's. */
  timeZone: string;
  /** E.164, from the line itself and never from the model; null on the web. */
  callerNumber: string | null;
}

export type LookUp =
  | { kind: 'found'; appointments: KnownAppointment[] }
  | { kind: 'question'; question: string }
  | { kind: 'not-found' };

/**
 * Finds appointments of a caller who has proved who they are: by calling from the number of the
 * appointment, or by its e-mail address and a detail that only its owner knows. Whoever proves
 * nothing hears the same, whether there is an appointment or not. Throws what the calendar throws.
 */
export async function lookUpAppointments(claim: Claim, context: LookUpContext): Promise<LookUp> {
  const isClaimed = claim.email !== null && claim.detail !== null;
  const byNumber = isClaimed ? [] : await findByNumber(context);
  if (byNumber.length > 0) return { kind: 'found', appointments: byNumber };
  const email = EmailAddressSchema.safeParse(claim.email).data;
  if (email === undefined) {
    return { kind: 'question', question: 'Which e-mail address was the appointment made with?' };
  }
  if (claim.detail === null || claim.detail.trim() === '') {
    return { kind: 'question', question: 'And on which day is the appointment?' };
  }
  const detail = readDetail(claim.detail, { now: context.now(), timeZone: context.timeZone });
  if (detail.kind === 'question') return detail;
  // Written before anything is looked up: guesses at the same time count each other.
  const noted = await noteClaim(context.db, { organizationId: context.organizationId, email });
  if (noted.wrongGuesses >= WRONG_GUESSES) return { kind: 'not-found' };
  const found = await findByEmail(email, context);
  const proved = found.filter(({ booking }) => isProvedBy(booking, detail));
  if (proved.length === 0) return { kind: 'not-found' };
  await noteProof(context.db, noted.id);
  return { kind: 'found', appointments: await Promise.all(proved.map(toKnown)) };
}

interface Found {
  bookable: Bookable;
  /** With what we keep of the attendee where the provider keeps nothing. */
  booking: Booking;
  /** Before the provider was asked, by the database's clock. */
  readAt: Date;
}

/**
 * The mirror knows which numbers there are; the provider says how their appointments stand. A number
 * that several people left, as of a switchboard or a family, proves nothing by itself.
 */
async function findByNumber(context: LookUpContext): Promise<KnownAppointment[]> {
  if (context.callerNumber === null) return [];
  const found = await findKept({ phone: context.callerNumber }, context);
  const people = new Set(
    found.map(({ booking: { attendee } }) =>
      `${attendee.email ?? ''} ${attendee.name}`.toLowerCase(),
    ),
  );
  if (people.size > 1) return [];
  return Promise.all(found.map(toKnown));
}

/** The provider knows whom it has; what was booked here is found though it dropped the address. */
async function findByEmail(email: string, context: LookUpContext): Promise<Found[]> {
  const readAt = await readClock(context.db);
  const [there, kept] = await Promise.all([
    Promise.all(
      context.bookables.map(async (bookable) => {
        const bookings = await bookable.calendar.findBookings({ email });
        return bookings.map((booking) => ({ bookable, booking, readAt }));
      }),
    ),
    findKept({ email }, context),
  ]);
  const listed = there.flat().filter((found) => isToCome(found, context));
  // What we keep says more of the attendee.
  const once = new Map([...listed, ...kept].map((found) => [nameOf(found), found]));
  return inOrder([...once.values()]);
}

function nameOf({ bookable, booking }: Found): string {
  return `${bookable.ledger.calendarConnectionId}/${booking.reference}`;
}

/** What we wrote down of a caller, as the provider says that it stands. */
async function findKept(by: CallerQuery['by'], context: LookUpContext): Promise<Found[]> {
  const { db, organizationId, bookables, now } = context;
  const readAt = await readClock(db);
  const rows = await listUpcomingOfCaller(db, { organizationId, by, after: now() });
  const found = await Promise.all(
    rows.map(async (row): Promise<Found[]> => {
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
      return [{ bookable, booking: { ...booking, attendee: kept }, readAt }];
    }),
  );
  return inOrder(found.flat().filter((each) => isToCome(each, context)));
}

function isToCome({ booking }: Found, { now }: LookUpContext): boolean {
  return isLive(booking) && booking.start > now();
}

function inOrder(found: Found[]): Found[] {
  return found.sort((a, b) => a.booking.start.getTime() - b.booking.start.getTime());
}

/** Moves and cancellations are written down by the mirror's row. */
async function toKnown({ bookable, booking, readAt }: Found): Promise<KnownAppointment> {
  const { db, organizationId, calendarConnectionId, eventType } = bookable.ledger;
  const key = { organizationId, calendarConnectionId, eventType };
  const appointmentId = await mirrorFound(db, key, booking, readAt);
  return {
    bookable,
    appointmentId,
    slot: { start: booking.start, end: booking.end },
    attendee: booking.attendee,
    isPending: booking.status === 'pending',
  };
}
