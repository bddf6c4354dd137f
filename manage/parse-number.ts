import { z } from 'zod';
import { isStandIn } from '../calls/withheld-number.ts';
import { readPhoneNumber, toE164 } from '../runtime/given/phone-number.ts';

const EXAMPLE = '+12025550123';

/** A number in any international spelling, read as E.164. */
export const NumberSchema = z.string().transform((text, context) => {
  const fault = faultOfNumber(text);
  const number = readPhoneNumber(text)?.number;
  if (fault === null && number !== undefined) return number;
  context.addIssue({ code: 'custom', message: fault ?? 'must be a phone number' });
  return z.NEVER;
});

/**
 * A number that calls come from. Callers hide behind numbers that nobody has: whether it is in use is
 * not asked. What carriers write for a withheld number is nobody's.
 */
export const CallerNumberSchema = z
  .string()
  .transform((text) => toE164(text) ?? text.replaceAll(/[\s().-]/g, ''))
  .refine((text) => /^\+[1-9]\d{6,14}$/.test(text), {
    error: `must be a number with its country code, such as ${EXAMPLE}`,
  });

/** One that can be blocked: callers who withhold their number have none. */
export const BlockableNumberSchema = CallerNumberSchema.refine((number) => !isStandIn(number), {
  error: 'stands for callers who withhold their number: they cannot be told apart, nor blocked',
});

function faultOfNumber(text: string): string | null {
  const number = readPhoneNumber(text);
  if (!number) {
    return /^\s*(?:\+|00)/.test(text)
      ? `must be a phone number, such as ${EXAMPLE}`
      : `must begin with + and the country code, such as ${EXAMPLE}`;
  }
  if (number.extension !== null) return 'must have no extension: a trunk delivers whole numbers';
  if (number.isInUse) return null;
  const where = number.country ?? `+${number.callingCode}`;
  return number.isPossible
    ? `is no number that is in use in ${where}: is there a slip of the pen? It must be such as ${EXAMPLE}`
    : `has not as many digits as a number of ${where} has: it must be such as ${EXAMPLE}`;
}
