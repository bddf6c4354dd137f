/**
 * The letter A as the ears know it. The dictionary's "a" is also the article, a short vowel that is
 * heard into every pause between spelled letters.
 */
export const LETTER_A = 'letter_a';
export const LETTER_A_PHONES = 'EY';
