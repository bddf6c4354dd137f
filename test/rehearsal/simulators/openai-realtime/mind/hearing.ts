import {
  decodeMuLaw,
  encodeMuLaw,
} from '../../../../../rehearsal/simulators/openai-realtime/g711.ts';
import type { Ears } from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

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
export function onTheLine(speech: Int16Array): Int16Array {
  const length = Math.floor((speech.length * 2) / 3);
  const line = noise(length + 0.8 * RATE, 20);
  for (let index = 0; index < length; index++) {
    // Every two samples come from three: the nearest, and the middle of its neighbours.
    const at = index * 1.5;
    const before = speech[Math.floor(at)] ?? 0;
    const after = speech[Math.ceil(at)] ?? 0;
    const sample = (line[index + 0.3 * RATE] ?? 0) + (before + after) / 2;
    line[index + 0.3 * RATE] = Math.max(-32_768, Math.min(32_767, sample));
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

/** Lets the ears hear a whole utterance in frames of 20 ms. */
export function hear(ears: Ears, grammar: string, samples: Int16Array): string {
  ears.begin(grammar);
  for (let start = 0; start < samples.length; start += 320) {
    ears.feed(samples.subarray(start, start + 320));
  }
  return ears.end();
}
