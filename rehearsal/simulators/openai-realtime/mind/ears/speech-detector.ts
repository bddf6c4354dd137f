import type { SpeechDetector } from '../mind.ts';
import type { SpeechMeter } from './silero.ts';

/**
 * Speech begins when it is so likely for so many frames. One frame may be a click, three a buzz that
 * sets in; a short "no" after long quiet is less likely than other words, but for longer.
 */
const BEGINS = [
  { likely: 0.7, frames: 2 },
  { likely: 0.4, frames: 5 },
];
/** And goes on until it is less likely than this: unvoiced sounds between vowels are not the end. */
const GOES_ON = 0.35;

/** Says of each frame of a line whether somebody speaks. */
export function createSpeechDetector(meter: SpeechMeter): SpeechDetector {
  const runs = BEGINS.map(() => 0);
  let speaking = false;
  return {
    async process(frame) {
      const speech = await meter.measure(frame);
      for (const [index, { likely }] of BEGINS.entries()) {
        runs[index] = speech >= likely ? (runs[index] ?? 0) + 1 : 0;
      }
      const begins = BEGINS.some(({ frames }, index) => (runs[index] ?? 0) >= frames);
      speaking = speaking ? speech >= GOES_ON : begins;
      return speaking;
    },
  };
}
