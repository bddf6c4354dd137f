import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { readPhoneNumber } from '../../runtime/given/phone-number.ts';

/** What stands between the digits of a written number. */
const GAP = String.raw`[\s().\/-]{0,3}`;

/**
 * Whether a text that nobody took apart, in lower case, names an address, or a number however it is
 * written: "+12025550177", "+1 (202) 555-0177", "0044 (0)20 7946 0123", "(202) 555-0177".
 *
 * @param person.email in lower case
 * @param person.phone E.164
 * @throws {Error} where neither is given
 */
export function mentions(
  person: { email: string | null; phone: string | null },
  text: RawBuilder<unknown>,
): RawBuilder<boolean> {
  if (person.email) return sql`position(${person.email} in ${text}) > 0`;
  if (person.phone) return sql`${text} ~ ${patternOf(person.phone)}`;
  throw new Error('A person has an address or a number.');
}

/** Of a number as people and providers write it, as a regular expression of PostgreSQL. */
function patternOf(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  const callingCode = readPhoneNumber(phone)?.callingCode ?? '';
  const national = spaced(digits.slice(callingCode.length));
  const whole = [spaced(callingCode), String.raw`(\(?0\)?)?`, national].join(GAP);
  return (
    String.raw`(^|[^0-9])(00|011)?${GAP}${whole}($|[^0-9])` +
    // Without its country: behind a digit or a plus it would be a part of another number.
    String.raw`|(^|[^0-9+().\s\/-])[\s(]{0,3}0?[\s)]{0,3}${national}($|[^0-9])`
  );
}

function spaced(digits: string): string {
  return digits.split('').join(GAP);
}
