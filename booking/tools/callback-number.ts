import type { SpokenLanguage } from '../languages/spoken-language.ts';
import { HeardOnce } from '../spelled/heard-once.ts';
import { lexiconOf } from '../spelled/lexicon.ts';
import { readSpelledNumber } from '../spelled/read-number.ts';

/**
 * Reads the numbers to call back of one call as its caller spells them.
 * @param language what they spell in
 * @returns a function that answers the number as it is written, null where none is given, or what to
 *   ask the caller before it is used
 */
export function callbackNumbers(
  language: SpokenLanguage,
): (given: string | null) => { written: string | null } | { question: string } {
  const heard = new HeardOnce('number', language);
  return (given) =>
    given === null
      ? { written: null }
      : heard.check(readSpelledNumber(given, lexiconOf(language.now)));
}
