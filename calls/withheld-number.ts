import { readPhoneNumber } from '../runtime/given/phone-number.ts';
import { readLineNumber } from './line-numbers.ts';

/**
 * What switches write in place of a number that is withheld or was lost on the way. Twilio and others
 * send these words as they are keyed on a telephone: +266696687 is "anonymous".
 */
const WORDS = [
  'anonymous',
  'blocked',
  'nocallerid',
  'nonumber',
  'notavailable',
  'outofarea',
  'private',
  'restricted',
  'unavailable',
  'unknown',
  'unlisted',
  'withheld',
];
const KEYS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS_OF_KEYS = '22233344455566677778889999';
/** 7378742883 is what some carriers make of "restricted". */
const STAND_INS = new Set([...WORDS.map(key), '7378742883']);
const ASCENDING = '01234567890123456789';
const DESCENDING = '98765432109876543210';

/** The participant's attribute that our trunks write the header Privacy to. */
export const PRIVACY_ATTRIBUTE = 'sip.h.privacy';
/** A caller who asks for one of these does not want to be known (RFC 3323, 4.2, and RFC 3325, 9.3). */
const PRIVATE = /\b(?:id|user|header)\b/i;

/** What a trunk says of who calls. */
export interface SaidOfCaller {
  number: string | undefined;
  /** The header Privacy; undefined where there is none, or the trunk does not hand it on. */
  privacy: string | undefined;
}

/**
 * The number that somebody calls from. A stand-in is nobody's number, and two callers who withhold
 * theirs must not be taken for one: it reads as null, as does a number that has not as many digits as
 * those of its country have, and one whose owner asks for privacy.
 *
 * @param dialled E.164
 */
export function readCallerNumber(said: SaidOfCaller, dialled: string | null): string | null {
  const written = said.number?.split(';')[0];
  const number = readLineNumber(written, dialled);
  if (number === null || PRIVATE.test(said.privacy ?? '')) return null;
  return [written ?? '', number].some(isStandIn) ? null : number;
}

/** Whether a number is what carriers write for none. E.164, or as a trunk wrote it. */
export function isStandIn(number: string): boolean {
  const digits = number.replaceAll(/\D/g, '');
  const read = number.startsWith('+') ? readPhoneNumber(number) : null;
  const national = read?.number.slice(1 + read.callingCode.length) ?? digits;
  return isNobodys(digits) || isNobodys(national) || (number.startsWith('+') && !read?.isPossible);
}

/** A word on the keys of a telephone, one digit over and over, or digits in their order. */
function isNobodys(digits: string): boolean {
  return (
    STAND_INS.has(digits) ||
    /^(\d)\1*$/.test(digits) ||
    ASCENDING.includes(digits) ||
    DESCENDING.includes(digits)
  );
}

function key(word: string): string {
  return Array.from(word, (letter) => DIGITS_OF_KEYS.charAt(KEYS.indexOf(letter))).join('');
}
