import type { Ears, Mind, SpeechDetector } from '../mind.ts';
import { loadDictionary } from './dictionary.ts';
import { createPhraseCorrection } from './common-phrases.ts';
import { createCorrection } from './correct-words.ts';
import { createEars } from './create-ears.ts';
import { loadMoonshine } from './moonshine.ts';
import { loadRuntime, NoRuntimeError, type Runtime } from './runtime.ts';
import { loadSilero } from './silero.ts';
import { createSpeechDetector } from './speech-detector.ts';
import { openSpelledEars } from './spelled-ears.ts';

/**
 * Ears and speech detectors for all sessions. The weights are loaded when the first detector is
 * opened (1 to 2 s of computing, 400 MB): who only types does not pay for them. The detector is
 * there first, so that nobody waits to interrupt.
 */
export function openHearing(): Pick<Mind, 'ears' | 'openSpeechDetector'> {
  const runtime = once(loadRuntime);
  const silero = once(async () => await loadSilero(await runtime()));
  const ears = once(async () => await loadEars(await runtime()));
  return {
    ears: {
      hear: async (...heard) => await (await ears()).hear(...heard),
    },
    async openSpeechDetector() {
      try {
        const openMeter = await silero();
        // What is wrong with them is told by who wants to hear.
        ears().catch(() => undefined);
        return createSpeechDetector(openMeter());
      } catch (error) {
        if (error instanceof NoRuntimeError) return DEAF;
        throw error;
      }
    },
  };
}

/** Takes nothing for speech: where nothing can be heard, whoever types is served all the same. */
const DEAF: SpeechDetector = { process: async () => await Promise.resolve(false) };

async function loadEars(runtime: Runtime): Promise<Ears> {
  const spelled = openSpelledEars();
  const [moonshine, dictionary] = await Promise.all([loadMoonshine(runtime), loadDictionary()]);
  return createEars({
    moonshine,
    spelled,
    correct: createCorrection(dictionary),
    correctPhrase: createPhraseCorrection(dictionary),
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => await (made ??= make());
}
