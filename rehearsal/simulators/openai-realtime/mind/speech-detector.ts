import type { SpeechDetector } from './mind.ts';
import type { Recognizer } from './recognizer.ts';

const RATE = 16_000;
/** It turns where this share of so many seconds is speech: a change is noticed after about 90 ms. */
const WINDOW = 0.15;
const RATIO = 0.6;

/** Opens the WebRTC voice-activity detector for one session. */
export function openSpeechDetector({ module }: Recognizer): SpeechDetector {
  const endpointer = new module.Endpointer({
    samprate: RATE,
    frame_length: 0.03,
    window: WINDOW,
    ratio: RATIO,
    // 0 to 3: 3 is the mode that takes the least noise for speech.
    mode: 3,
  });
  const frameSize = endpointer.get_frame_size();
  return {
    process(frame) {
      if (frame.length !== frameSize) {
        throw new RangeError(`A frame has ${frameSize} samples, not ${frame.length}`);
      }
      endpointer.process(Float32Array.from(frame, (sample) => sample / 32_768));
      return endpointer.get_in_speech();
    },
    // The package offers no way to free an endpointer (a few kilobytes); it goes with the process.
    close() {},
  };
}
