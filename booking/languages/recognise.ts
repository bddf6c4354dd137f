import { LANGUAGES } from '../../calls/languages.ts';
import type { Language } from '../../calls/languages.ts';
import { TELLING_WORDS, wordsOf } from './telling-words.ts';

/** Different telling words from which on one utterance is enough. */
const ENOUGH = 4;
/** Those from which on two utterances are. */
const SOME = 2;
/** Of all words of the utterance. */
const SHARE = { ofEnough: 0.3, ofSome: 0.5 };

/** What an utterance tells of its speaker's language. */
export interface Recognised {
  language: Language;
  /** Whether this utterance alone is enough. */
  isSure: boolean;
}

/**
 * The language that an utterance clearly is in; null where its words do not tell: names, numbers, "hola".
 * A language is as good as its words that no better one has too, and a few words of one in a sentence of
 * another, as names of places have them, tell nothing.
 */
export function recognise(utterance: string): Recognised | null {
  const said = wordsOf(utterance);
  const words = [...new Set(said)];
  const found = LANGUAGES.map((language) => {
    const telling = words.filter((word) => TELLING_WORDS.get(language)?.has(word));
    return { language, telling };
  }).sort((a, b) => b.telling.length - a.telling.length);
  const [best, ...others] = found;
  if (!best) return null;
  const rivals = others.map(({ telling }) => ({
    /** What speaks for the best one and not for it, and the other way round. */
    for: best.telling.filter((word) => !telling.includes(word)).length,
    against: telling.filter((word) => !best.telling.includes(word)).length,
  }));
  const share = said.filter((word) => best.telling.includes(word)).length / said.length;
  const isAhead = (lead: number): boolean =>
    rivals.every((rival) => rival.for >= lead && rival.for > 2 * rival.against);
  const count = best.telling.length;
  if (count >= ENOUGH && share >= SHARE.ofEnough && isAhead(2)) {
    return { language: best.language, isSure: true };
  }
  return count >= SOME && share >= SHARE.ofSome && isAhead(1)
    ? { language: best.language, isSure: false }
    : null;
}
