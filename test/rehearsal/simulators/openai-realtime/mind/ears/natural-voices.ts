import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findRecording,
  RECORDED_VOICES,
  type RecordedVoice,
} from '../../../../../../rehearsal/caller/voices.ts';
import { readWave } from '../../../../../../rehearsal/caller/wave.ts';

export { RECORDED_VOICES as VOICES };

/** What every voice has said. */
export const SENTENCES = [
  'Good afternoon, do you have anything free tomorrow?',
  "Hello, I'd like to make an appointment.",
  'Do you have an opening around half past two?',
  'What times do you have on Friday?',
  'How about the twenty fourth?',
  'Could I come in on Tuesday after lunch?',
  'Ten thirty works for me.',
  'The second one sounds good.',
  'Could you do a quarter to four?',
  "I'll take the last one.",
  'Actually, can we make it Thursday instead?',
  "Whatever is first, I'm flexible.",
  'My name is Laura Bennett.',
  'My e-mail is laura dot bennett at example dot com.',
  'You can reach me at two one two, five five five, zero one four six.',
  'Please cancel my appointment for tomorrow.',
  'Yes, please.',
  "Yes, that's right.",
  'Sure, go ahead.',
  'No, thank you.',
  'Are you a robot?',
] as const;

/** A recording, 16 kHz. */
export function readRecording(voice: RecordedVoice, sentence: string): Int16Array {
  const found = findRecording(voice, sentence);
  if (found === undefined) throw new Error(`${voice} has not said "${sentence}"`);
  return readWave(readFileSync(join(found.folder, found.file)));
}
