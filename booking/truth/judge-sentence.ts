import { readDone, readSentence } from './claims.ts';
import type { SaidSentence } from './claims.ts';
import type { CallFacts } from './facts.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { lexiconsOfText } from './lexicon/lexicon.ts';
import type { Lexicon } from './lexicon/words.ts';

export interface JudgedSentence {
  /** As it was read in the language that it seems to be in. */
  said: SaidSentence;
  verdict: Verdict;
}

/**
 * Reads a sentence in whatever language it is, and compares what it claims with what is true.
 * @param usual the language of the call
 */
export function judgeSentence(text: string, usual: Lexicon, facts: CallFacts): JudgedSentence {
  const [lexicon, ...others] = lexiconsOfText(text, usual);
  const languages = [usual.language, lexicon.language];
  const said = readSentence(text, lexicon);
  const verdict = judge(text, said, facts, languages);
  if (verdict.is === 'false') return { said, verdict };
  // A word of another language is no proof; what is done in it counts all the same.
  for (const other of others) {
    const done = readDone(text, other);
    const found = judge(text, { claims: done, times: [], asked: [] }, facts, languages);
    if (found.is === 'false') return { said: { ...said, claims: done }, verdict: found };
  }
  return { said, verdict };
}
