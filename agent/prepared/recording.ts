import { readFile } from 'node:fs/promises';
import { AudioFrame } from '@livekit/rtc-node';
import { decodeMuLaw } from '../../runtime/g711.ts';
import type { Language } from '../../calls/languages.ts';
import { fileOf, SENTENCES } from './sentences.ts';
import type { RecordedName } from './sentences.ts';

/** Samples a second: as a telephone carries it. */
export const RATE = 8_000;
/** Milliseconds of sound in a frame. */
export const FRAME_LENGTH = 20;
/** Samples in it. */
const FRAME = (RATE * FRAME_LENGTH) / 1_000;

export interface Recording {
  /** What is said. */
  sentence: string;
  frames: AudioFrame[];
}

/** Reads how a sentence sounds. */
export async function readRecording(name: RecordedName, language: Language): Promise<Recording> {
  const file = new URL(fileOf(name, language), import.meta.url);
  const samples = readWave(await readFile(file));
  const frames = [];
  for (let at = 0; at < samples.length; at += FRAME) {
    const piece = samples.slice(at, at + FRAME);
    frames.push(new AudioFrame(piece, RATE, 1, piece.length));
  }
  return { sentence: SENTENCES[language][name], frames };
}

/** Finds the samples of a WAVE file (RIFF) of G.711 µ-law; the files are ours. */
function readWave(file: Buffer): Int16Array {
  for (let at = 12; at + 8 <= file.length;) {
    const length = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) === 'data') {
      return decodeMuLaw(file.subarray(at + 8, at + 8 + length));
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('A recording has no samples: make it anew, see agent/prepared/README.md.');
}
