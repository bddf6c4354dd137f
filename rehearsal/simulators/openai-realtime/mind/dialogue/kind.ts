import { spokenSentence } from './words.ts';

/** Words of a kind's name that tell nothing of it. */
const EMPTY_WORDS = new Set(['a', 'an', 'the', 'for', 'of', 'with', 'appointment']);
/** Days and times are chosen otherwise. */
const ABOUT_TIME = /day\b|\d|\b(?:morning|afternoon|evening|noon|week)\b/i;

/** The kinds that a question lists: "What is it for: Demo, Support, or Interview?"; none when it asks something else. */
export function readKinds(question: string): string[] {
  const listed = /(?:.*:|.*?\bfor\b|.*?\bmean\b)\s+([^?]+)\?/.exec(question)?.[1];
  const kinds = (listed ?? '')
    .split(/,\s*(?:or\s+)?|\s+or\s+/)
    .map((kind) => kind.replace(/^(?:an?|the)\s+/i, '').trim())
    .filter((kind) => kind !== '');
  return kinds.length < 2 || kinds.some((kind) => ABOUT_TIME.test(kind)) ? [] : kinds;
}

/** Which kind a sentence names: the only one that has a word in it. */
export function readKind(kinds: readonly string[], sentence: string): string | null {
  const said = new Set(sentence.split(' '));
  const place = /\b(first|second|third|last)(?: one)?$/.exec(sentence)?.[1];
  if (place !== undefined) return kinds.at(['first', 'second', 'third'].indexOf(place)) ?? null;
  const named = kinds.filter((kind) => wordsOf(kind).some((word) => said.has(word)));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** A kind's telling words, as they are spoken. */
export function wordsOf(kind: string): string[] {
  return spokenSentence(kind)
    .split(' ')
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word));
}
