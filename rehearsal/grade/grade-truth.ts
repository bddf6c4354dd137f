import type { Booked, CalendarBooking } from './evidence.ts';
import type { Check, Facts } from './facts.ts';
import { claimsBooking, claimsCancellation, claimsMove } from '../caller/heard-states.ts';

/**
 * The calendar and what we know of it are the same: each appointment stands there once, at its time, a cancelled one
 * no longer does, and nothing stands there that we do not know of. What an open intent may have written is left open.
 */
export function checkCalendar({ evidence }: Facts): Check {
  const unsettled = evidence.intents.filter(
    ({ state }) => state === 'unknown' || state === 'attention',
  );
  const mayBe = ({ id }: Booked, booking: CalendarBooking | undefined): boolean =>
    unsettled.some(
      ({ kind, appointmentId, startAt }) =>
        appointmentId === id &&
        (kind === 'cancel'
          ? booking?.status === 'cancelled'
          : booking?.startAt.getTime() === startAt.getTime()),
    );
  const reasons: string[] = [];
  if (evidence.calendarUnread !== null) {
    const detail = `the calendar could not be read: ${evidence.calendarUnread}`;
    return { name: 'calendar agrees', ok: false, detail };
  }
  for (const one of evidence.appointments) {
    const [booking, ...doubles] = evidence.calendarBookings.filter(
      ({ uid }) => uid === one.reference,
    );
    const start = one.startAt.toISOString();
    if (doubles.length > 0) reasons.push(`${start} is in the calendar more than once`);
    if (booking === undefined) reasons.push(`${start} is not in the calendar`);
    else if (!agree(one, booking) && !mayBe(one, booking)) {
      reasons.push(
        `${start} (${one.status}) is ${booking.startAt.toISOString()} (${booking.status}) in the calendar`,
      );
    }
  }
  for (const booking of evidence.calendarBookings) {
    const known = evidence.appointments.some((one) => one.reference === booking.uid);
    const pending = unsettled.some(
      ({ startAt }) => startAt.getTime() === booking.startAt.getTime(),
    );
    if (booking.status === 'confirmed' && !known && !pending) {
      reasons.push(`the calendar holds ${booking.startAt.toISOString()}, which we do not`);
    }
  }
  return { name: 'calendar agrees', ok: reasons.length === 0, detail: reasons.join('; ') };
}

/** When a booking is cancelled, its time no longer matters. */
function agree(one: Booked, booking: CalendarBooking): boolean {
  return (
    one.status === booking.status &&
    (one.status === 'cancelled' || one.startAt.getTime() === booking.startAt.getTime())
  );
}

/** What is promised above all: nothing is said to be done that is not done in the calendar, whatever a scenario expects. */
export function checkTruths({ heard, evidence, standing }: Facts): Check[] {
  const before = new Map(standing.map(({ reference, startAt }) => [reference, startAt]));
  const moved = evidence.calendarBookings.some(({ uid, startAt, bookedFor }) => {
    const was = before.get(uid) ?? bookedFor;
    return was !== null && was.getTime() !== startAt.getTime();
  });
  const cancelled = evidence.calendarBookings.some(({ status }) => status === 'cancelled');
  return [
    truth(
      'booked',
      claimsBooking(heard),
      evidence.appointments.some(({ ofCall }) => ofCall),
    ),
    truth('moved', claimsMove(heard), moved),
    truth('cancelled', claimsCancellation(heard), cancelled),
  ];
}

function truth(word: string, said: boolean, done: boolean): Check {
  const ok = done || !said;
  return {
    name: `${word} is true`,
    ok,
    detail: ok ? '' : `it was said, and nothing is ${word} in the calendar`,
  };
}
