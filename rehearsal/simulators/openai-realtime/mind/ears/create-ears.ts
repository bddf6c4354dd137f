import type { Ears, Utterance } from '../mind.ts';
import { believed, chooseText } from './choose-text.ts';
import type { CorrectPhrase } from './common-phrases.ts';
import type { Correct } from './correct-words.ts';
import { Lanes } from './lanes.ts';
import type { Moonshine, Transcript } from './moonshine.ts';
import { plainText } from './plain-text.ts';
import type { SpelledEars } from './spelled-ears.ts';

/** Utterances heard at a time: each computes on a thread, and callers' machines have few cores. */
const LANES = 2;
/** With so much voice in it an utterance has words, milliseconds. */
const SURELY_SPOKEN = 300;
/** Quiet after the last word, samples: a word that sound ends with is heard less well. */
const QUIET_AFTER = 0.3 * 16_000;
/** Callers' sentences are short; what comes after this much is not listened to, samples. */
const LONGEST = 30 * 16_000;

export interface EarsParts {
  moonshine: Moonshine;
  spelled: SpelledEars;
  correct: Correct;
  correctPhrase: CorrectPhrase;
}

/** Ears that all calls share: free English, and beside it what is spelled where that was asked for. */
export function createEars({ moonshine, spelled, correct, correctPhrase }: EarsParts): Ears {
  const lanes = new Lanes(LANES);
  return {
    async hear({ samples, voiced }, listening, signal) {
      if (voiced === 0) return '';
      const heard = samples.subarray(0, LONGEST);
      const [free, letters] = await Promise.all([
        lanes.run(async () => await hearFreely(moonshine, { samples: heard, voiced }), signal),
        listening.spelled === null ? '' : spelled.hear(heard, listening.spelled, listening.offered),
      ]);
      // A hum that was taken for a voice is letters to a grammar: it knows nothing else.
      if (free.text === '' && voiced < SURELY_SPOKEN) return '';
      // A name or an address is a word of its own, however much it sounds like another.
      if (listening.spelled !== null) {
        return plainText(chooseText(free, letters, listening), listening);
      }
      const text = plainText(free.text, listening);
      const phrase = correctPhrase(text, free.mean);
      if (phrase !== text) return phrase;
      return correct(believed({ text, mean: free.mean }), listening.offered);
    },
  };
}

/** Digits and letters alone are often taken for nothing: what surely is speech is heard a second time. */
async function hearFreely(
  moonshine: Moonshine,
  { samples, voiced }: Utterance,
): Promise<Transcript> {
  const speech = new Float32Array(samples.length + QUIET_AFTER);
  for (const [index, sample] of samples.entries()) speech[index] = sample / 32_768;
  const first = await moonshine.transcribe(speech, { mayBeEmpty: true });
  if (first.text !== '' || voiced < SURELY_SPOKEN) return first;
  return await moonshine.transcribe(speech, { mayBeEmpty: false });
}
