import { DOUBTFUL } from './choose-text.ts';
import type { Dictionary } from './dictionary.ts';
import { editDistance } from './similarity.ts';
import { soundsOf } from './sounds.ts';

/** What callers say in every call, in these very words. */
const PHRASES = [
  'yes please',
  'no thank you',
  'no thanks',
  'goodbye',
  "that's all thank you",
  'thank you goodbye',
  'another number please',
  'tomorrow morning',
  'tomorrow afternoon',
];

/** Sounds that may differ, of each sound of the longer. */
const NEARLY = 0.3;

/** Sets a whole utterance right that the ears doubt. */
export type CorrectPhrase = (text: string, mean: number) => string;

/**
 * What the ears wrote down with doubt, and what sounds as a phrase of every call does, is that
 * phrase: "No, Sam Q." is "no thank you". What they are sure of stays, and so does all that is not
 * the whole utterance.
 */
export function createPhraseCorrection(dictionary: Dictionary): CorrectPhrase {
  const sounds = (text: string): string =>
    (text.toLowerCase().match(/[a-z']+/g) ?? []).map((word) => soundsOf(word, dictionary)).join('');
  const phrases = PHRASES.map((phrase) => ({ phrase, sounds: sounds(phrase) }));
  return (text, mean) => {
    if (text === '' || mean >= DOUBTFUL) return text;
    const heard = sounds(text);
    const near = phrases
      .map((each) => ({
        ...each,
        distance: editDistance(heard, each.sounds) / Math.max(heard.length, each.sounds.length),
      }))
      .sort((one, other) => one.distance - other.distance);
    const [nearest] = near;
    return nearest !== undefined && nearest.distance <= NEARLY ? nearest.phrase : text;
  };
}
