import {
  CalendarError,
  CalendarSetupError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../calendar-error.ts';
import type { Slot } from '../calendar.ts';
import type { BookingChain } from './booking-chain.ts';
import { marksOf, previousOf, toTracking, uidOf } from './booking-record.ts';
import type { CalendlyRecord } from './booking-record.ts';
import { cancelMeeting } from './cancel-booking.ts';
import { attemptBooking } from './make-booking.ts';
import { samePlace } from './places.ts';
import type { BookingBody, BookingSender } from './send-booking.ts';

const MOVED = 'The appointment was moved: another booking takes its place.';
const TAKEN_BACK = 'The appointment could not be moved: the earlier booking stands.';

export interface Move {
  chain: BookingChain;
  slot: Slot;
  reason: string;
  /** URI of the host. */
  user: string;
  now: Date;
  /** Whether Calendly lists the time still. */
  isFree: () => Promise<boolean>;
}

/**
 * Moves a booking where Calendly has no way to: books the new time under the same reference, then
 * cancels the old. Between the two both stand, never neither; whoever asks again goes on from there.
 * @throws {OutcomeUnknownError} both may stand
 * @throws {CalendarError} the old one stands alone
 */
export async function moveByBookingAnew(
  sender: BookingSender,
  { chain, slot, reason, user, now, isFree }: Move,
): Promise<CalendlyRecord> {
  const old = chain.present;
  const anew = await attemptBooking(sender, {
    body: bodyFor(chain, slot),
    start: slot.start,
    user,
    isFree,
    isOurs: (record) =>
      previousOf(record) === uidOf(old) &&
      record.event.start_time.getTime() === slot.start.getTime() &&
      record.event.end_time.getTime() === slot.end.getTime(),
  });
  await endLeftOver(sender, { anew, leftOver: [old, ...chain.leftOver], reason, now });
  return anew;
}

/**
 * Cancels what a move has left standing. Where Calendly refuses to, the new booking goes instead, and
 * nothing has changed.
 * @throws {OutcomeUnknownError} both may stand
 * @throws {CalendarError} the old one stands alone
 */
export async function endLeftOver(
  { client }: Pick<BookingSender, 'client'>,
  {
    anew,
    leftOver,
    reason,
    now,
  }: { anew: CalendlyRecord; leftOver: readonly CalendlyRecord[]; reason: string; now: Date },
): Promise<void> {
  for (const old of leftOver) {
    try {
      await cancelMeeting(client, old, { reason: reason.trim() || MOVED, now });
    } catch (error) {
      if (error instanceof RequestRefusedError || error instanceof CalendarSetupError) {
        await takeBack(client, anew, { now, refusal: error });
      }
      if (!(error instanceof CalendarError)) throw error;
      throw new OutcomeUnknownError('The new time is booked, and the old one may still stand.', {
        cause: error,
      });
    }
  }
}

async function takeBack(
  client: BookingSender['client'],
  anew: CalendlyRecord,
  { now, refusal }: { now: Date; refusal: CalendarError },
): Promise<never> {
  try {
    await cancelMeeting(client, anew, { reason: TAKEN_BACK, now });
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    throw new OutcomeUnknownError('Both the old and the new time are booked.', { cause });
  }
  throw refusal;
}

/** Booked as it was, but for its time. */
function bodyFor({ root, present, all }: BookingChain, { start }: Slot): BookingBody {
  const { event, invitee } = present;
  if (event.event_type === null) {
    throw new RequestRefusedError('Its event type is gone: it cannot be booked anew.', {
      field: null,
      reason: 'moving-not-allowed',
    });
  }
  const marks = all.map((record) => marksOf(record.invitee));
  const place = samePlace(event.location);
  const answers = invitee.questions_and_answers ?? [];
  const guests = (event.event_guests ?? []).map(({ email }) => email);
  return {
    event_type: event.event_type,
    start_time: start.toISOString(),
    invitee: {
      name: invitee.name ?? invitee.email,
      email: invitee.email,
      timezone: invitee.timezone ?? 'UTC',
      ...(invitee.text_reminder_number === null
        ? {}
        : { text_reminder_number: invitee.text_reminder_number }),
    },
    ...(place ? { location: place } : {}),
    ...(answers.length > 0
      ? {
          questions_and_answers: answers.map(({ question, answer, position }, index) => ({
            question,
            answer,
            position: position ?? index,
          })),
        }
      : {}),
    ...(guests.length > 0 ? { event_guests: guests } : {}),
    tracking: toTracking({
      key: marks.find(({ key }) => key !== null)?.key ?? null,
      root,
      previous: uidOf(present),
      phone: marks.find(({ phone }) => phone !== null)?.phone ?? null,
    }),
  };
}
