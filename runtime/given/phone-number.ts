import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { z } from 'zod';
import { withPlainDigits } from './decimal-digits.ts';
import { withoutInvisible } from './invisible-characters.ts';

const EXAMPLE = '+12025550123';
/** Of any text that could hold a number; the library's work grows with the length. */
const LONGEST = 60;

/** A phone number as it was read from what somebody wrote or a trunk sent. */
export interface PhoneNumber {
  /** E.164. */
  number: string;
  /** Digits behind the number, which E.164 cannot hold; null where there are none. */
  extension: string | null;
  /** Without the plus. */
  callingCode: string;
  /** ISO 3166; null where a country code belongs to several and the number does not tell. */
  country: CountryCode | null;
  /** Whether it has as many digits as numbers of its country have. */
  isPossible: boolean;
  /** Whether its range is in use, as far as the library's tables know: ranges are opened every month. */
  isInUse: boolean;
}

/**
 * The one reader of phone numbers, whoever writes them: "+44 (0)20 7946 0123", "0044 20 7946 0123",
 * "tel:+44-20-7946-0123". Without a country code it is a number of the country that was called, with
 * its code but without the plus, or as it is dialled there.
 *
 * @param dialled E.164: the number that was called; null where there is none
 * @returns null for what is no phone number, or lacks its country
 */
export function readPhoneNumber(text: string, dialled: string | null = null): PhoneNumber | null {
  if (text.length > LONGEST) return null;
  const plain = withPlainDigits(withoutInvisible(text.normalize('NFKC')));
  const written = plain.trim().replace(/^tel:/i, '');
  if (written.startsWith('+')) return parse(written);
  const called = dialled === null ? null : parse(dialled);
  const here = called === null ? null : readHere(written, called);
  if (here !== null) return here;
  // As it is dialled abroad: 00 in most countries, 011 in North America.
  const abroad = /^\(?(?:00|011)\)?[\s.-]*(?=[1-9])/.exec(written)?.[0];
  const international = abroad === undefined ? null : parse(`+${written.slice(abroad.length)}`);
  return international?.isPossible === true ? international : null;
}

/** The number in E.164; null for what is no number that can be written so. */
export function toE164(text: string, dialled: string | null = null): string | null {
  const read = readPhoneNumber(text, dialled);
  return read === null || read.extension !== null ? null : read.number;
}

/** A number that people can be called at: possible in its country, without an extension; E.164 comes out. */
export const PhoneNumberSchema = z.string().transform((text, context) => {
  const read = readPhoneNumber(text);
  if (read !== null && read.extension === null && read.isPossible) return read.number;
  const message =
    read === null
      ? `must be a phone number with its country code, such as ${EXAMPLE}`
      : read.extension === null
        ? 'must have as many digits as numbers of its country have'
        : 'must have no extension';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function parse(written: string, defaultCountry?: CountryCode): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(written, {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  });
  if (parsed === undefined) return null;
  return {
    number: parsed.number,
    callingCode: parsed.countryCallingCode,
    extension: parsed.ext ?? null,
    country: parsed.country ?? null,
    isPossible: parsed.isPossible(),
    isInUse: parsed.isValid(),
  };
}

function readHere(written: string, called: PhoneNumber): PhoneNumber | null {
  // Some countries' numbers are of no fixed length: 4915112345678 would be one of Germany as well.
  const digits = written.replaceAll(/\D/g, '');
  const whole = digits.startsWith(called.callingCode) ? parse(`+${digits}`) : null;
  if (whole?.isInUse === true) return whole;
  if (called.country === null) return null;
  const national = parse(written, called.country);
  return national?.isInUse === true ? national : null;
}
