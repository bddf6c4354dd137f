import { does } from './acts.ts';
import type { Act } from './acts.ts';
import { spokenSentence, tidy, withClocks } from './words.ts';

/** What the caller said or typed, in the forms in which it is read. */
export interface Heard {
  /** In the caller's own words. */
  text: string;
  via: 'audio' | 'text';
  /** As it would be spoken, in lower case. */
  sentence: string;
  does: (act: Act) => boolean;
}

/** What corrects all that was said before it: "the first one, no wait, the second". */
const CORRECTION =
  /^.*(?:\b(?:no,? wait|wait,? no|no,? sorry|i mean|i meant|make that|scratch that|or (?:rather|actually|no)|on second thoughts?|no,? actually|actually,? no|sorry, i said)\b|,\s*no,|,\s*sorry,)\W*(?=\w)/i;

export function hear(text: string, via: 'audio' | 'text'): Heard {
  const meant = withClocks(tidy(text));
  const sentence = spokenSentence(meant);
  const sentences = sentencesOf(meant);
  return { text: meant, via, sentence, does: (act) => does(sentences, act) };
}

/** A text's sentences, each as it would be spoken. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/[.!?]\s+/)
    .map(spokenSentence)
    .filter((sentence) => sentence !== '');
}

/** What stands of a text in which the speaker corrects themselves: its last version. */
export function lastVersion(text: string): string {
  return text.replace(CORRECTION, '');
}
