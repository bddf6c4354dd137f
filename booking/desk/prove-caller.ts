import type { Booking } from '../../calendar/calendar.ts';
import { toE164 } from '../../runtime/phone-number.ts';
import { resolveSpokenTime } from '../times/spoken-time.ts';
import type { SpokenTimeContext } from '../times/spoken-time.ts';

const HOUR = 3_600_000;
/** A wider guess proves nothing. */
const WIDEST_GUESS = 36 * HOUR;
/** Digits of a phone number that count as knowing it. */
const FEWEST_DIGITS = 7;

/** Something only the attendee knows: when the appointment is, or the number left with it. */
export type Detail =
  | { kind: 'time'; from: Date; to: Date }
  | { kind: 'phone'; digits: string }
  | { kind: 'question'; question: string };

/** Reads the caller's words about an appointment of theirs. */
export function readDetail(words: string, context: SpokenTimeContext): Detail {
  const time = resolveSpokenTime(words, context);
  if (time.kind === 'range' && time.to.getTime() - time.from.getTime() <= WIDEST_GUESS) {
    return { kind: 'time', from: time.from, to: time.to };
  }
  const digits = digitsOf(words);
  if (digits.length >= FEWEST_DIGITS) return { kind: 'phone', digits };
  // Two readings are one guess each: only what the caller then says counts.
  const isTwofold = time.kind === 'question' && time.candidates.length > 1;
  const question = isTwofold ? time.question : 'On which day exactly is the appointment?';
  return { kind: 'question', question };
}

/** Of a number as E.164 has them, without the zeros that are dialled in front of it. */
function digitsOf(words: string): string {
  return (toE164(words) ?? words).replaceAll(/\D/g, '').replace(/^0+/, '');
}

/** Whether a booking is the one the detail tells of. */
export function isProvedBy(booking: Booking, detail: Detail): boolean {
  switch (detail.kind) {
    case 'time':
      return booking.start >= detail.from && booking.start < detail.to;
    case 'phone':
      return booking.attendee.phone?.replaceAll(/\D/g, '').endsWith(detail.digits) ?? false;
    case 'question':
      return false;
  }
}
