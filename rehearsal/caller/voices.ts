import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Flite's voices, which say anything. */
export const FLITE_VOICES = ['rms', 'awb', 'slt', 'kal16'] as const;

/** Voices that were recorded sentence by sentence: natural ones, where flite's are not. */
export const RECORDED_VOICES = ['af_heart', 'am_michael', 'bf_emma'] as const;

export type RecordedVoice = (typeof RECORDED_VOICES)[number];

export function isRecorded(voice: string): voice is RecordedVoice {
  return RECORDED_VOICES.some((name) => name === voice);
}

/** Where the recordings are, from the root of the repository, for messages. */
export const RECORDINGS = 'rehearsal/scenarios/recordings';

const folder = join(import.meta.dirname, '../scenarios/recordings');

/** The recording of a sentence, whatever its capitals and punctuation; undefined when the voice never said it. */
export function findRecording(
  voice: RecordedVoice,
  sentence: string,
): { folder: string; file: string } | undefined {
  const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const file = `${voice}/${words.join('-')}.wav`;
  return existsSync(join(folder, file)) ? { folder, file } : undefined;
}
