import { DateTime } from 'luxon';
import { BareError, HttpError } from './api-error.ts';
import { MINUTE, type Interval } from './interval.ts';
import type { Account, Booking, BookingLimits, EventType } from './model.ts';
import type { CalcomState } from './state.ts';

/** What Cal.com says where an event type's day, week, month or year takes no more; null where it does. */
export function limitReached(
  state: CalcomState,
  eventType: EventType,
  time: Interval,
  moved: Booking | null,
): 'booking_limit_reached' | 'duration_limit_reached' | null {
  const { bookingLimitsCount: counts, bookingLimitsDuration: minutes } = eventType;
  if (counts === null && minutes === null) return null;
  const { timeZone } = state.account(eventType.ownerId);
  const standing = state.bookings
    .all()
    .filter((each) => each.eventTypeId === eventType.id && each !== moved && isStanding(each));
  const within = (unit: Unit): Booking[] => {
    const start = DateTime.fromMillis(time.start, { zone: timeZone }).startOf(unit);
    const end = start.plus({ [unit]: 1 });
    return standing.filter((each) => each.start >= +start && each.start < +end);
  };
  for (const [unit, most] of limitsOf(counts)) {
    if (within(unit).length >= most) return 'booking_limit_reached';
  }
  for (const [unit, most] of limitsOf(minutes)) {
    const taken = [...within(unit), time].map(({ start, end }) => (end - start) / MINUTE);
    if (taken.reduce((sum, each) => sum + each, 0) > most) return 'duration_limit_reached';
  }
  return null;
}

/**
 * Refuses who may not book here, whenever they want to come.
 * @throws BareError 403 for an address that only its owner may book with
 * @throws HttpError 400 for one that has all the bookings it may have
 */
export function refuseBooker(
  state: CalcomState,
  eventType: EventType,
  booker: { email: string | null; caller: Account | null; now: number },
): void {
  const email = booker.email?.toLowerCase();
  if (eventType.requiresBookerEmailVerification) {
    throw new BareError(400, 'email_verification_required');
  }
  const owner = state.accounts.find((each) => each.email.toLowerCase() === email);
  if (owner?.requiresBookerEmailVerification === true && owner !== booker.caller) {
    throw new BareError(
      403,
      `Attendee email has been blocked. Make sure to login as ${booker.email} to use this email for creating a booking.`,
    );
  }
  const limit = eventType.bookerActiveBookingsLimit;
  if (limit === null) return;
  const own = state.bookings
    .all()
    .filter(
      (each) =>
        each.eventTypeId === eventType.id &&
        each.attendee.email === booker.email &&
        each.start > booker.now &&
        isStanding(each),
    );
  const [first] = own;
  if (first === undefined || own.length < limit.maximumActiveBookings) return;
  const instead = ` You can reschedule your existing booking (${first.uid}) to a new timeslot instead.`;
  throw new HttpError(
    400,
    `Attendee with this email can't book because the maximum number of active bookings has been reached.${limit.offerReschedule === true ? instead : ''}`,
  );
}

type Unit = keyof BookingLimits;

function limitsOf(limits: BookingLimits | null): [Unit, number][] {
  return Object.entries(limits ?? {}).filter(
    (limit): limit is [Unit, number] => typeof limit[1] === 'number',
  );
}

function isStanding({ status }: Booking): boolean {
  return status === 'accepted' || status === 'pending';
}
