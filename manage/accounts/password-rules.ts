import { dictionary } from '@zxcvbn-ts/language-common';
import { z } from 'zod';

/** The 49,000 commonest of those that were found in breaches, in small letters. */
const COMMON = new Set(dictionary['passwords-common'].map(String));

/** As NIST SP 800-63B asks: long enough, none of the commonest, and no rule about signs. */
export const PasswordSchema = z
  .string()
  .min(10, 'must have 10 characters at least')
  .max(128, 'must have 128 characters at most')
  .refine((password) => !isCommonPassword(password), {
    error: 'is among the commonest that were found in breaches: choose another one',
  });

/** Whether it is one of the commonest, as it stands or with a few digits or signs behind it. */
export function isCommonPassword(password: string): boolean {
  const small = password.trim().toLowerCase();
  const word = small.replace(/[\d\W_]{0,4}$/u, '');
  return COMMON.has(small) || (word.length >= 4 && COMMON.has(word)) || isOneSign(small);
}

/** "aaaaaaaaaaaa" */
function isOneSign(password: string): boolean {
  return new Set(password).size < 3;
}
