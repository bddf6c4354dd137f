import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** The numbers of a phone line, E.164; null on the web, and where the caller withholds theirs. */
export interface LineNumbers {
  caller: string | null;
  dialled: string | null;
}

export const NO_LINE: LineNumbers = { caller: null, dialled: null };

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Reads a number as a trunk writes it: with or without the plus, or as it is dialled in the country
 * of the number that was called. Answers null for what is no number, such as "anonymous".
 *
 * @param dialled E.164
 */
export function readLineNumber(text: string | undefined, dialled: string | null): string | null {
  const number = text?.replaceAll(/[\s().-]/g, '') ?? '';
  if (E164.test(number)) return number;
  if (!/^\d{7,15}$/.test(number)) return null;
  // What is no number of the country that was called has lost its plus on the way.
  const national = dialled === null ? null : readNational(number, dialled);
  return national ?? (E164.test(`+${number}`) ? `+${number}` : null);
}

/** A number as it is dialled in the country of the number called, E.164; null where it is none of that country. */
export function readNational(text: string, dialled: string): string | null {
  const called = parsePhoneNumberFromString(dialled);
  if (called?.country === undefined) return null;
  // Some countries' numbers are of no fixed length: 4915112345678 would be one of Germany as well.
  const whole = readWithoutPlus(text.replaceAll(/\D/g, ''), called.countryCallingCode);
  if (whole !== null) return whole;
  const parsed = parsePhoneNumberFromString(text, called.country);
  return parsed?.isValid() === true ? parsed.number : null;
}

/** A number with its country's code that has lost its plus, where that is the country called. */
function readWithoutPlus(digits: string, countryCode: string): string | null {
  if (!digits.startsWith(countryCode)) return null;
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isValid() === true ? parsed.number : null;
}
