import { LANGUAGES } from '../../calls/languages.ts';
import { TELLING_WORDS, TIME_WORDS, wordsOf } from '../languages/telling-words.ts';

/** Hours that no English has: "10h30", "9 uhr". */
const FOREIGN_HOUR = /(?<![\p{L}\d])\d{1,2}\s?h(?:\d{2})?(?![\p{L}\d])/iu;
/** Right before a number they say which day or hour it is: "el 10", "alle 9", "am 24." */
const BEFORE_NUMBER =
  /(?<![\p{L}\d'’])(?:el|los?|las|le|les|il|gli|den|dem|o|os|às|alle|dalle|delle|pelas|ab|bis|(?<!\d\s?|i )am)\s+\d/iu;
/** A capital letter within a phrase begins a name: "with Dr. Otto Acht". */
const NAME = /(?<=[\p{L}\d,.]\s+)\p{Lu}\p{Ll}+/gu;

const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const ENGLISH = TELLING_WORDS.get('en');

/**
 * What in a wish is of another language; null of one in English. Read as English, "halb zehn" would be
 * ten o'clock and "el 10" an hour.
 */
export function foreignWord(phrase: string): string | null {
  const ofTimes = wordsOf(phrase).find((word) => isForeign(word, TIME_WORDS));
  if (ofTimes !== undefined) return ofTimes;
  const written = FOREIGN_HOUR.exec(phrase) ?? BEFORE_NUMBER.exec(phrase);
  if (written) return written[0];
  // Names are what they are, in every language.
  const speech = wordsOf(phrase.replaceAll(NAME, ' '));
  return speech.find((word) => isForeign(word, TELLING_WORDS)) ?? null;
}

function isForeign(word: string, table: typeof TELLING_WORDS): boolean {
  return !ENGLISH?.has(word) && OTHERS.some((language) => table.get(language)?.has(word));
}
