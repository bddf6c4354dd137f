import type { Listening } from '../mind.ts';
import { readNumber } from '../number-words.ts';
import type { Transcript } from './moonshine.ts';
import { similarity } from './similarity.ts';

/**
 * Below this mean log-probability a text is invented: of babble and voices played backwards 33 of
 * 34 are dropped, of right sentences 3 in a thousand.
 */
const INVENTED = -0.6;

// Chosen on names, addresses, numbers and other sentences of three voices through three lines (347
// utterances, 84 % right), and held against those of four more (410, 81 %): free ears alone have 69
// and 65 %, the grammar alone 40 and 33 %, because it makes a name of every sentence.
/** At least so likely, the free text is right. */
const CERTAIN = -0.05;
/** So alike, both heard the same, and the grammar spells it better. */
const ALIKE = 0.8;
/**
 * Below this the free text may be wrong: the grammar is believed if it is akin. Of 140 names and addresses
 * it makes up one so; where whole sentences are compared, 28 ("jack please" of a yes).
 */
export const DOUBTFUL = -0.2;
const AKIN = 0.7;
/** So much less alike an address may be that has more of the name. */
const OF_NAME = 0.1;
const SPELLED = /(?<![\w'])(?:[a-z] ){4}[a-z]\b/;
const LETTERS = /\b(?:[a-z][-,. ]+){3}[a-z]\b/i;
/** A name that the free ears wrote letter by letter is right more often than the grammar's letters. */
const CERTAIN_OF_LETTERS = -0.35;

/** Drops what the free ears made up. */
export function believed({ text, mean }: Transcript): string {
  return mean < INVENTED ? '' : text;
}

/**
 * What was said, where something spelled was asked for: `free` heard any English and `letters`, ''
 * when it did not believe itself, heard letters, names, addresses and numbers alone.
 */
export function chooseText(
  free: Transcript,
  letters: string,
  { spelled: asked, offered }: Listening,
): string {
  if (letters === '') return believed(free);
  // Letters alone are often taken for nothing, or for nonsense.
  if (free.text === '' || (believed(free) === '' && SPELLED.test(letters))) return letters;
  const hasLetters = asked === 'name' && LETTERS.test(free.text);
  if (free.mean >= (hasLetters ? CERTAIN_OF_LETTERS : CERTAIN)) return free.text;
  // Most addresses are made of the caller's name: who heard more of it heard better.
  const more = asked === 'email' ? found(offered, letters) - found(offered, free.text) : 0;
  if (more < 0 && believed(free) !== '') return free.text;
  const alike = likeness(free.text, letters, more > 0 ? OF_NAME : 0);
  if (alike >= ALIKE || (free.mean < DOUBTFUL && alike >= AKIN)) return letters;
  return believed(free);
}

/** Words around what was asked for: that both heard "my name is" tells nothing of the name. */
const FRAME =
  /\b(?:you can reach me at|my|the|last|first|full|name|e-?mail|address|is|it's|it|this|that's|that|i'm|i|am|spelled|please|speaking)\b/g;

/** How alike what was asked for is, 0 to 1. Of addresses the side of the "at" counts that is less alike. */
function likeness(one: string, other: string, bonus: number): number {
  const left = bareWords(one).split(' at ');
  const right = bareWords(other).split(' at ');
  if (left.length !== right.length) return similarity(left.join(), right.join());
  const [first = 0, ...others] = left.map((part, index) => similarity(part, right[index] ?? ''));
  return Math.min(first + bonus, ...others);
}

function bareWords(text: string): string {
  const spoken = text
    .toLowerCase()
    .replace(FRAME, ' ')
    .replace(/@/g, ' at ')
    .replace(/\.(?=\w)/g, ' dot ')
    .replace(/_/g, ' underscore ');
  const words = (spoken.match(/[a-z\d']+/g) ?? []).map((word) => readNumber([word]) ?? word);
  return words.join(' ').replace(/(\d)0 (\d)\b/g, '$1$2');
}

/** How many of the words the text has, be they written together or in letters. */
function found(words: readonly string[], text: string): number {
  const letters = text.toLowerCase().replace(/[^a-z]/g, '');
  return words.filter((word) => letters.includes(word)).length;
}
