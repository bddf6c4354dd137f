import type { SpeechDetector } from '../mind.ts';
import type { SpeechMeter } from './silero.ts';

/** Speech begins when it is this likely for so many frames: one frame may be a click, or a buzz setting in. */
const BEGINS = 0.7;
const BEGINS_AFTER = 2;
/** And goes on until it is less likely than this: unvoiced sounds between vowels are not the end. */
const GOES_ON = 0.35;

/** Says of each frame of a line whether somebody speaks. */
export function createSpeechDetector(meter: SpeechMeter): SpeechDetector {
  let likely = 0;
  let speaking = false;
  return {
    async process(frame) {
      const speech = await meter.measure(frame);
      likely = speech >= BEGINS ? likely + 1 : 0;
      speaking = speaking ? speech >= GOES_ON : likely >= BEGINS_AFTER;
      return speaking;
    },
  };
}
