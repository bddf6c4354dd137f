import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { sampleRate, trimSilence } from './sound.ts';
import { readWave, WaveError } from './wave.ts';

/** A recording that no caller can play; the message names the file and says what to do. */
export class SoundFileError extends Error {
  override readonly name = 'SoundFileError';
}

/** Nobody speaks for longer in one turn, in seconds. */
const longest = 60;

/**
 * Reads a caller's recording, without what is too soft to hear at its ends.
 *
 * @param file its path from the folder, as the message names it.
 * @throws SoundFileError when it cannot be read, is not 16 kHz mono PCM, silent, or longer than a minute.
 */
export function readSoundFile(folder: string, file: string): Int16Array {
  const samples = trimSilence(samplesOf(resolve(folder, file), file));
  if (samples.length === 0) {
    throw new SoundFileError(
      `${file} has no sound loud enough to hear: record it again, or make it louder`,
    );
  }
  const seconds = samples.length / sampleRate;
  if (seconds > longest) {
    throw new SoundFileError(
      `${file} lasts ${Math.ceil(seconds)} s, and a turn at most ${longest} s: cut it into several turns`,
    );
  }
  return samples;
}

function samplesOf(path: string, file: string): Int16Array {
  try {
    return readWave(readFileSync(path));
  } catch (error) {
    if (error instanceof WaveError) {
      throw new SoundFileError(`${file} ${error.message}: convert it with ${conversionOf(file)}`, {
        cause: error,
      });
    }
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new SoundFileError(
      `${file} cannot be read (${String(error.code)}) at ${path}: check the path, which begins at the scenario's folder`,
      { cause: error },
    );
  }
}

function conversionOf(file: string): string {
  const to = `${file.replace(/\.[^./\\]*$/, '')}-16k.wav`;
  return `ffmpeg -i ${file} -ac 1 -ar ${sampleRate} -c:a pcm_s16le ${to} (or sox ${file} -c 1 -r ${sampleRate} -b 16 ${to})`;
}
