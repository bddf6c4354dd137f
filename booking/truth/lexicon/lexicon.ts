import { ENGLISH } from './en.ts';
import { FRENCH } from './fr.ts';
import { GERMAN } from './de.ts';
import { ITALIAN } from './it.ts';
import { PORTUGUESE } from './pt.ts';
import { SPANISH } from './es.ts';
import type { Lexicon } from './words.ts';

const LEXICONS: readonly Lexicon[] = [ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN];

/** The words of a language, by its BCP 47 tag; of English where it has none of its own. */
export function lexiconFor(language: string): Lexicon {
  const [primary] = language.toLowerCase().split('-');
  return LEXICONS.find((lexicon) => lexicon.language === primary) ?? ENGLISH;
}

/**
 * The languages that a text may be in: first the one it seems to be in, the usual one where that is
 * not clear, then every other one of which it has a word.
 */
export function lexiconsOfText(text: string, usual: Lexicon): readonly [Lexicon, ...Lexicon[]] {
  const said = new Set(text.toLowerCase().match(/[\p{L}'’]+/gu) ?? []);
  const hits = ({ frequent }: Lexicon): number => frequent.filter((word) => said.has(word)).length;
  let best = usual;
  // Of two languages that share their words the usual one is meant.
  let most = hits(usual);
  for (const lexicon of LEXICONS) {
    const count = hits(lexicon);
    if (count > most) [best, most] = [lexicon, count];
  }
  const others = LEXICONS.filter((lexicon) => lexicon !== best && hits(lexicon) > 0);
  return [best, ...others];
}
