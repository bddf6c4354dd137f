import { sampleRate } from './sound.ts';

/** A repeatable source of numbers in [0, 1): the same noise in every run. */
function repeatable(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Noise of a street or a café: speech played backwards, so that it has the rhythm and the colour of voices and no
 * words, over a rumble. It wakes a voice-activity detector and must not be understood.
 *
 * @param speech what is turned around.
 */
export function speechlikeNoise(speech: Int16Array, seconds: number, seed = 1): Int16Array {
  const random = repeatable(seed);
  const noise = new Int16Array(Math.round(seconds * sampleRate));
  let rumble = 0;
  for (let index = 0; index < noise.length; index += 1) {
    rumble = rumble * 0.98 + (random() * 2 - 1) * 300;
    const backwards =
      speech.length === 0 ? 0 : (speech[speech.length - 1 - (index % speech.length)] ?? 0);
    noise[index] = Math.max(-32_768, Math.min(32_767, Math.round(backwards * 0.5 + rumble)));
  }
  return noise;
}
