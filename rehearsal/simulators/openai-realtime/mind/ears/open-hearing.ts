import type { Mind, SpeechDetector } from '../mind.ts';
import { loadDictionary } from './dictionary.ts';
import { createCorrection } from './correct-words.ts';
import { createEars } from './create-ears.ts';
import { loadMoonshine } from './moonshine.ts';
import { loadRuntime, NoRuntimeError } from './runtime.ts';
import { loadSilero } from './silero.ts';
import { createSpeechDetector } from './speech-detector.ts';
import { openSpelledEars } from './spelled-ears.ts';

/**
 * Ears and speech detectors for all sessions. The weights are loaded when the first detector is
 * opened (about a second of computing, 400 MB): who only types does not pay for them.
 */
export function openHearing(): Pick<Mind, 'ears' | 'openSpeechDetector'> {
  const load = once(loadParts);
  return {
    ears: {
      hear: async (...heard) => await (await load()).ears.hear(...heard),
    },
    async openSpeechDetector() {
      try {
        return createSpeechDetector((await load()).openMeter());
      } catch (error) {
        if (error instanceof NoRuntimeError) return DEAF;
        throw error;
      }
    },
  };
}

/** Takes nothing for speech: where nothing can be heard, whoever types is served all the same. */
const DEAF: SpeechDetector = { process: async () => await Promise.resolve(false) };

async function loadParts() {
  const runtime = await loadRuntime();
  const spelled = openSpelledEars();
  const [moonshine, openMeter, dictionary] = await Promise.all([
    loadMoonshine(runtime),
    loadSilero(runtime),
    loadDictionary(),
  ]);
  return {
    openMeter,
    ears: createEars({ moonshine, spelled, correct: createCorrection(dictionary) }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => await (made ??= make());
}
