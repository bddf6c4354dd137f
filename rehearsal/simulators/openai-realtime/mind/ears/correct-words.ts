import type { Dictionary } from './dictionary.ts';
import { editDistance } from './similarity.ts';
import { soundsOf } from './sounds.ts';

/** Sets right what sounds like one of the words that were offered. */
export type Correct = (text: string, offered: readonly string[]) => string;

/** Sounds that may differ, of each sound of the longer word. */
const NEARLY = 0.34;
/** And by so much more the next best must differ. */
const APART = 0.15;
/** So short a word sounds like too many others. */
const SHORTEST = 3;

/**
 * Corrects words that are no English towards those that were offered or asked for, by their sound:
 * "wendsday" to "wednesday". A word that English has stays, whatever was offered: nobody who says
 * "thirsty" is given a Thursday. Phrases of two words and more that sound the same word for word
 * ("to thirty") become the one that was offered ("two thirty").
 */
export function createCorrection(dictionary: Dictionary): Correct {
  const isWord = (word: string): boolean => dictionary(word) !== undefined;
  return (text, offered) => {
    if (offered.length === 0 || text === '') return text;
    const words = [...new Set(offered.flatMap((phrase) => phrase.split(' ')))].filter(
      (word) => word.length >= SHORTEST,
    );
    const corrected = text.replace(/[a-z]{3,}/gi, (heard) => {
      const word = heard.toLowerCase();
      if (isWord(word)) return heard;
      const nearest = nearestBySound(word, words, dictionary);
      return nearest === null ? heard : inCaseOf(heard, nearest);
    });
    return offered.reduce((text, phrase) => sameSound(text, phrase, dictionary), corrected);
  };
}

function nearestBySound(
  word: string,
  offered: readonly string[],
  dictionary: Dictionary,
): string | null {
  const sounds = soundsOf(word, dictionary);
  const [nearest, next] = offered
    .map((each) => {
      const other = soundsOf(each, dictionary);
      const longest = Math.max(sounds.length, other.length);
      return { each, distance: editDistance(sounds, other) / longest };
    })
    .sort((one, other) => one.distance - other.distance);
  if (nearest === undefined || nearest.distance > NEARLY) return null;
  // Between two that sound alike nobody can tell.
  if (next !== undefined && next.distance - nearest.distance < APART) return null;
  return nearest.each;
}

/** Replaces words that are said exactly as an offered phrase of several words is. */
function sameSound(text: string, phrase: string, dictionary: Dictionary): string {
  const wanted = phrase.split(' ');
  if (wanted.length < 2) return text;
  const phones = wanted.map((word) => dictionary(word)?.join(' '));
  if (phones.includes(undefined)) return text;
  const pieces = text.split(/\b([a-z']+)\b/i);
  for (let start = 1; start + 2 * wanted.length - 2 < pieces.length; start += 2) {
    const same = wanted.every((word, index) => {
      const heard = pieces[start + 2 * index]?.toLowerCase() ?? '';
      const together = index === 0 || pieces[start + 2 * index - 1] === ' ';
      return together && (heard === word || isHomophone(heard, phones[index] ?? '', dictionary));
    });
    if (
      !same ||
      !endsTime(pieces[start + 2 * wanted.length - 1], pieces[start + 2 * wanted.length])
    ) {
      continue;
    }
    for (const [index, word] of wanted.entries()) {
      const at = start + 2 * index;
      pieces[at] =
        pieces[at]?.toLowerCase() === word ? pieces[at] : inCaseOf(pieces[at] ?? '', word);
    }
  }
  return pieces.join('');
}

const AFTER_OFFER =
  /^(?:please|works?|is|would|will|sounds|on|in|or|and|then|today|tomorrow|[ap]|[ap]m|for|if|that)$/i;

/** Nothing is counted with what follows: "for thirty people" is no time. */
function endsTime(between: string | undefined, next: string | undefined): boolean {
  return next === undefined || between !== ' ' || AFTER_OFFER.test(next);
}

/** "to" is written T UW: the dictionary's first way to say it is the unstressed one. */
function isHomophone(word: string, phones: string, dictionary: Dictionary): boolean {
  return [word, `${word}(2)`, `${word}(3)`].some(
    (variant) => dictionary(variant)?.join(' ') === phones,
  );
}

function inCaseOf(heard: string, word: string): string {
  return /^[A-Z]/.test(heard) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
}
