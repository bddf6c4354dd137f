import { HEARING_RATE } from './audio-codec.ts';
import type { SpeechDetector, Utterance } from './mind/mind.ts';
import { FRAME_MILLISECONDS, FRAME_SAMPLES } from './turn-detector.ts';

/** What is kept in front of the first word: the detector hears it late, and quiet before it harms. */
const LEAD = 0.3 * HEARING_RATE;

/** Finds what was said in a recording, 16 kHz. */
export async function findSpeech(
  recording: Int16Array,
  detector: SpeechDetector,
): Promise<Utterance> {
  let first: number | null = null;
  let voiced = 0;
  for (let at = 0; at + FRAME_SAMPLES <= recording.length; at += FRAME_SAMPLES) {
    if (!(await detector.process(recording.slice(at, at + FRAME_SAMPLES)))) continue;
    first ??= at;
    voiced += FRAME_MILLISECONDS;
  }
  return { samples: recording.slice(Math.max(0, (first ?? 0) - LEAD)), voiced };
}
