import { readPhoneNumber } from '../runtime/given/phone-number.ts';

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
  // The user part of a SIP address may have parameters (RFC 3261, 19.1.1): "+12125550123;npdi".
  const number = text?.split(';')[0]?.replaceAll(/[\s().-]/g, '') ?? '';
  if (E164.test(number)) return number;
  if (!/^\d{7,15}$/.test(number)) return null;
  // What is no number of the country that was called has lost its plus on the way.
  const national = readPhoneNumber(number, dialled);
  return national?.number ?? (E164.test(`+${number}`) ? `+${number}` : null);
}
