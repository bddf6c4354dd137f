import { decodeMuLaw, encodeMuLaw } from '../../../../../runtime/g711.ts';
import { findSpeech } from '../../../../../rehearsal/simulators/openai-realtime/find-speech.ts';
import type {
  Listening,
  Mind,
} from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

const RATE = 16_000;

/** Noise that is the same in every run: uniform, of the given amplitude. */
export function noise(samples: number, amplitude: number, seed = 7): Int16Array {
  let state = seed;
  return Int16Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * amplitude;
  });
}

/** Speech at 24 kHz as a quiet line brings it at 16 kHz: 300 ms before, 500 ms after. */
export function onTheLine(speech: Int16Array, seed?: number): Int16Array {
  // Every two samples come from three: the nearest, and the middle of its neighbours.
  const sampleAt = (at: number): number =>
    (speech[Math.floor(at)] ?? 0) + (speech[Math.ceil(at)] ?? 0);
  const length = Math.floor((speech.length * 2) / 3);
  return atRest(
    Int16Array.from({ length }, (_, index) => sampleAt(index * 1.5) / 2),
    seed,
  );
}

/** Speech at 16 kHz with the quiet of a line around it. */
export function atRest(speech: Int16Array, seed?: number): Int16Array {
  const line = noise(speech.length + 0.8 * RATE, 20, seed);
  for (const [index, sample] of speech.entries()) {
    const sum = sample + (line[index + 0.3 * RATE] ?? 0);
    line[index + 0.3 * RATE] = Math.max(-32_768, Math.min(32_767, sum));
  }
  return line;
}

/** The same through a telephone line: 8 kHz µ-law (G.711) on its way. */
export function byTelephone(line: Int16Array): Int16Array {
  const narrow = new Int16Array(Math.floor(line.length / 2));
  for (const index of narrow.keys()) {
    narrow[index] = ((line[index * 2] ?? 0) + (line[index * 2 + 1] ?? 0)) / 2;
  }
  const carried = decodeMuLaw(encodeMuLaw(narrow));
  return Int16Array.from(line, (_, index) => {
    const at = index / 2;
    return ((carried[Math.floor(at)] ?? 0) + (carried[Math.ceil(at)] ?? 0)) / 2;
  });
}

/** What the ears make of a whole recording. */
export async function hear(
  { ears, openSpeechDetector }: Pick<Mind, 'ears' | 'openSpeechDetector'>,
  line: Int16Array,
  listening: Listening = { spelled: null, offered: [] },
): Promise<string> {
  const utterance = await findSpeech(line, await openSpeechDetector());
  return await ears.hear(utterance, listening, new AbortController().signal);
}
