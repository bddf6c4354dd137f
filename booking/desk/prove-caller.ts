import type { Booking, TimeRange } from '../../calendar/calendar.ts';
import { withPlainDigits } from '../../runtime/given/decimal-digits.ts';
import { toE164 } from '../../runtime/given/phone-number.ts';
import { lexiconOf } from '../spelled/lexicon.ts';
import { readSpelledNumber } from '../spelled/read-number.ts';
import { resolveSpokenTime } from '../times/spoken-time.ts';
import { wishQuestion } from '../offering/wish-question.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { SpokenTime, SpokenTimeContext } from '../times/spoken-time.ts';

const HOUR = 3_600_000;
/** A wider guess proves nothing. */
const WIDEST_GUESS = HOUR;
/** A day on which the clocks go back, and no more: so wide a detail names one day. */
const LONGEST_DAY = 25 * HOUR;
/** Digits of a phone number that count as knowing it. */
const FEWEST_DIGITS = 7;
/** Of E.164. */
const MOST_DIGITS = 15;
/** A number as it is written: digits, and what parts them. */
const NUMBER = /\+?\(?\d(?:[\s().\-/]*\d)+/g;
/** Digits that are of no phone number: 2026-11-30, 30.11.2026, 9:30. */
const DATE_OR_CLOCK =
  /\b(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})|\d{1,2}:\d\d(?::\d\d)?)\b/g;
/** Digits of a mailed code. */
export const CODE_DIGITS = 6;

/**
 * How a caller proves to be the owner of an appointment, and what it withstands.
 *
 * An attacker knows somebody's e-mail address, perhaps their name too, and wants to hear when their
 * appointment is, to cancel it or to move it. They can call as often as they like, from many
 * addresses and, on the web, without any number. What they are told must not tell whether there is
 * an appointment at all.
 *
 * 1. **The number of the line**, where appointments were made with it. It comes from the line, never
 *    from the model. Anybody can leave anybody's number with a booking: where the number alone does
 *    not tell the owner, what was booked from that very line counts first, and where that does not
 *    tell either, the caller says a detail. So a stranger's booking with somebody's number costs its
 *    owner one question and no more. A caller who can forge the number is the trunk's to refuse.
 * 2. **The e-mail address and one detail**: when the appointment is, to the hour, or the phone number
 *    left with it. An office week has some forty hours, so a guess is right about once in eighty
 *    where two weeks are booked. A detail that names several days, or more than an hour of one, is
 *    no detail, and the caller is asked for the rest. Wrong guesses are counted
 *    - in the call (5), so that a call cannot be used up to search;
 *    - of the caller, by number or by the digest of a visitor's address (10 a day), so that one who
 *      calls again goes on counting;
 *    - at the address over all callers (3 a day, 7 a week), since who changes number and address
 *      cannot be told from others: that bounds them to about one in ten a week.
 *    Once an address has had its guesses, a detail proves nothing there, right or wrong. That shuts
 *    nobody out who reads their mail or calls from their number.
 * 3. **A code mailed to the address**: six digits, in the call that asked for it, for ten minutes and
 *    three tries; three codes a day for an address, so that nobody's mailbox is flooded. It is mailed
 *    to whom the booking names and only where there is one; the answer is the same where there is
 *    none. Strangers' guesses do not count against it. Where mail does not go out, it is not offered,
 *    and an address that strangers guess at waits a day for its owner's detail to count again.
 *
 * What is accepted: a caller who knows both the address and the number left with the appointment is
 * taken for its owner, and so is one who reads their mail.
 */
export const GUESSES = {
  inCall: 5,
  ofCallerToday: 10,
  ofEmailToday: 3,
  ofEmailThisWeek: 7,
};

/** Something only the attendee knows: when the appointment is, or the number left with it. */
export type Detail =
  | { kind: 'time'; from: Date; to: Date }
  | { kind: 'phone'; digits: string }
  /** Not enough yet. `day`: an instant of the one day that was named, where it was. */
  | { kind: 'question'; question: string; day: Date | null };

/**
 * Reads the caller's words about an appointment of theirs.
 * @param language of the question
 * @param context `previous`: an instant of the day that was named before, for a time without a day
 */
export function readDetail(
  words: string,
  context: SpokenTimeContext,
  language: SpokenLanguage,
): Detail {
  const { whichDayExactly, whichTime } = language.sentences.appointments;
  const time = resolveSpokenTime(words, context);
  // The hours of "monday 9 to 10 or 11 to 12" are no number, though they are digits enough.
  const digits = time.kind === 'range' ? null : phoneDigits(words);
  if (digits !== null) return { kind: 'phone', digits };
  const named = namedTime(time);
  if (named !== undefined) {
    const width = named.to.getTime() - named.from.getTime();
    if (width <= WIDEST_GUESS) return { kind: 'time', from: named.from, to: named.to };
    if (width <= LONGEST_DAY && !named.exclude) {
      return { kind: 'question', question: whichTime, day: named.from };
    }
  }
  // Two readings are one guess each: only what the caller then says counts.
  const isTwofold = time.kind === 'question' && time.candidates.length > 1;
  const question = isTwofold
    ? wishQuestion(time, { ...context, language: language.now })
    : whichDayExactly;
  return { kind: 'question', question, day: null };
}

/** "My appointment is on thursday at two" is no wish for that time, and names it all the same. */
function namedTime(time: SpokenTime): (TimeRange & { exclude?: TimeRange[] }) | undefined {
  if (time.kind === 'range') return time;
  const told = time.kind === 'question' && time.reason === 'not-understood';
  return told && time.candidates.length === 1 ? time.candidates[0] : undefined;
}

/** The code in the caller's words, "four seven one, nine two two"; undefined where they say another thing. */
export function readCode(words: string): string | undefined {
  const digits = inDigits(words).replaceAll(/[^\p{L}\d]/gu, '');
  return digits.length === CODE_DIGITS && /^\d+$/.test(digits) ? digits : undefined;
}

/** Of the one phone number in the caller's words; null where there is none, or more than one. */
function phoneDigits(words: string): string | null {
  const written = inDigits(words).replaceAll(DATE_OR_CLOCK, ' or ');
  const numbers = (written.match(NUMBER) ?? []).map(digitsOf);
  const [digits = '', ...others] = numbers.filter(({ length }) => length >= FEWEST_DIGITS);
  return others.length > 0 || digits === '' || digits.length > MOST_DIGITS ? null : digits;
}

/** Of a number as E.164 has them, without the zeros that are dialled in front of it. */
function digitsOf(number: string): string {
  return (toE164(number) ?? number).replaceAll(/\D/g, '').replace(/^0+/, '');
}

/** A number that was said in words; what tells of an appointment comes in English words. */
function inDigits(words: string): string {
  const reading = readSpelledNumber(words, lexiconOf('en'));
  return reading.kind === 'read' ? reading.written : withPlainDigits(words);
}

/** Whether a booking is the one the detail tells of. */
export function isProvedBy(
  booking: Booking,
  detail: Exclude<Detail, { kind: 'question' }>,
): boolean {
  if (detail.kind === 'time') return booking.start >= detail.from && booking.start < detail.to;
  return booking.attendee.phone?.replaceAll(/\D/g, '').endsWith(detail.digits) ?? false;
}
