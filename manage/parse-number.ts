import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

const EXAMPLE = '+12025550123';

/** A number in any international spelling, read as E.164. */
export const NumberSchema = z
  .string()
  .trim()
  .transform((text, context) => {
    const fault = faultOfNumber(text);
    if (fault === null) return toE164(text);
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

/**
 * A number that calls come from. Callers hide behind numbers that nobody has: only its form is checked.
 */
export const CallerNumberSchema = z
  .string()
  .trim()
  .transform((text) => text.replaceAll(/[\s().-]/g, ''))
  .refine((text) => /^\+[1-9]\d{6,14}$/.test(text), {
    error: `must be a number with its country code, such as ${EXAMPLE}`,
  });

function faultOfNumber(text: string): string | null {
  if (!text.startsWith('+')) {
    return `must begin with + and the country code, such as ${EXAMPLE}`;
  }
  const number = parse(text);
  if (!number) return `must be a phone number, such as ${EXAMPLE}`;
  if (number.ext !== undefined) return 'must have no extension: a trunk delivers whole numbers';
  if (number.isValid()) return null;
  const where = number.country ?? `+${number.countryCallingCode}`;
  return number.isPossible()
    ? `is no number that is in use in ${where}: is there a slip of the pen? It must be such as ${EXAMPLE}`
    : `has not as many digits as a number of ${where} has: it must be such as ${EXAMPLE}`;
}

function toE164(text: string): string {
  return parse(text)?.number ?? text;
}

function parse(text: string) {
  return parsePhoneNumberFromString(text, { extract: false });
}
