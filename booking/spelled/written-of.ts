import { sayEmailAddress } from '../../runtime/given/email-address.ts';
import { BookingError } from '../booking-error.ts';
import type { Reading } from './reading.ts';

/**
 * The text that a reading comes to.
 *
 * @param field as a caller hears it
 * @throws {BookingError} `attendee-refused`, naming the readings to choose from, or the words that cannot
 *   be read
 */
export function writtenOf(reading: Reading, field: string): string {
  if (reading.kind === 'as-given' || reading.kind === 'read') return reading.written;
  throw new BookingError('attendee-refused', toQuestion(reading, field));
}

/** What to ask the caller where there is no one reading. */
export function toQuestion(reading: Exclude<Reading, { written: string }>, field: string): string {
  if (reading.kind === 'unclear') {
    const words = new Intl.ListFormat('en').format(reading.words.map((word) => `"${word}"`));
    return `The ${field} cannot be written, because of ${words}. Please ask the caller to spell the ${field} again, letter by letter and digit by digit.`;
  }
  const readings = reading.readings.map((one) => (one.includes('@') ? sayEmailAddress(one) : one));
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(readings);
  return readings.length === 1
    ? `The ${field} is not complete. Please ask the caller whether it is ${list}.`
    : `The ${field} can be written in ${readings.length === 2 ? 'two' : 'three'} ways. Please ask the caller whether it is ${list}.`;
}
