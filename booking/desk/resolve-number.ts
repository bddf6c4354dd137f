import type { LineNumbers } from '../../calls/line-numbers.ts';
import { toE164 } from '../../runtime/given/phone-number.ts';
import { BookingError } from '../booking-error.ts';

/**
 * What a caller gave as a phone number, E.164: "caller" is the number of the line, and one without its
 * country is of the country that was called. What is neither is left as it is, to be checked.
 * @throws {BookingError} `attendee-refused` when the line's number is wanted and withheld
 */
export function resolveNumber(said: string | null, line: LineNumbers): string | null {
  const text = said?.trim() ?? '';
  if (text === '') return null;
  if (/^(the )?caller('?s)?( number)?$/i.test(text)) {
    if (line.caller !== null) return line.caller;
    throw new BookingError(
      'attendee-refused',
      'The number of this line is not known. Please ask the caller for a phone number.',
    );
  }
  return toE164(text, line.dialled) ?? text;
}
