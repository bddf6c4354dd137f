import type { Listening } from '../mind.ts';
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
/** Below this the free text may be wrong: the grammar is believed if it is at least akin. */
const DOUBTFUL = -0.2;
const AKIN = 0.4;
/** A name that the free ears wrote letter by letter is right more often than the grammar's letters. */
const LETTERS = /\b(?:[a-z][-,. ]+){3}[a-z]\b/i;
const CERTAIN_OF_LETTERS = -0.35;

/** Drops what the free ears made up. */
export function believed({ text, mean }: Transcript): string {
  return mean < INVENTED ? '' : text;
}

/**
 * What was said, where something spelled was asked for: `free` heard any English and `spelled`, ''
 * when it did not believe itself, heard letters, names, addresses and numbers alone.
 */
export function chooseText(
  free: Transcript,
  spelled: string,
  { spelled: asked, offered }: Listening,
): string {
  if (spelled === '') return believed(free);
  if (free.text === '') return spelled;
  const hasLetters = asked === 'name' && LETTERS.test(free.text);
  if (free.mean >= (hasLetters ? CERTAIN_OF_LETTERS : CERTAIN)) return free.text;
  // Most addresses are made of the caller's name: who heard more of it heard better.
  const hasName = asked === 'email' && found(offered, free.text) > found(offered, spelled);
  if (hasName && believed(free) !== '') return free.text;
  const alike = similarity(free.text, spelled);
  if (alike >= ALIKE || (free.mean < DOUBTFUL && alike >= AKIN)) return spelled;
  return believed(free);
}

/** How many of the words the text has, be they written together or in letters. */
function found(words: readonly string[], text: string): number {
  const letters = text.toLowerCase().replace(/[^a-z]/g, '');
  return words.filter((word) => letters.includes(word)).length;
}
