import { AudioFrame, AudioResampler, AudioResamplerQuality } from '@livekit/rtc-node';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from '../../../runtime/g711.ts';
import type { AudioFormat } from './session-config.ts';

/** What the ears and the speech detector take, in samples a second. */
export const HEARING_RATE = 16_000;
/** What the voice gives, in samples a second. */
const VOICE_RATE = 24_000;

export function bytesPerMillisecond(format: AudioFormat): number {
  return format.type === 'audio/pcm' ? 48 : 8;
}

/** Turns the bytes a client appends into 16 kHz samples; keeps the resampler's state between pieces. */
export class InputDecoder {
  readonly #format: AudioFormat;
  readonly #resampler: AudioResampler;
  #oddByte = new Uint8Array();

  constructor(format: AudioFormat) {
    this.#format = format;
    // From 8 kHz the default quality holds back up to 118 ms of audio, this one at most 61 ms (measured).
    const quality =
      format.type === 'audio/pcm' ? AudioResamplerQuality.MEDIUM : AudioResamplerQuality.LOW;
    this.#resampler = new AudioResampler(sampleRate(format), HEARING_RATE, 1, quality);
  }

  decode(bytes: Uint8Array): Int16Array {
    return push(this.#resampler, this.#toSamples(bytes), sampleRate(this.#format));
  }

  /** Frees the native resampler. */
  close(): void {
    this.#resampler.close();
  }

  #toSamples(bytes: Uint8Array): Int16Array {
    if (this.#format.type === 'audio/pcmu') return decodeMuLaw(bytes);
    if (this.#format.type === 'audio/pcma') return decodeALaw(bytes);
    const whole = Buffer.concat([this.#oddByte, bytes]);
    const even = whole.length - (whole.length % 2);
    this.#oddByte = whole.subarray(even);
    const samples = new Int16Array(even / 2);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = whole.readInt16LE(index * 2);
    }
    return samples;
  }
}

/** Turns a whole utterance of the voice (24 kHz) into the bytes of an output format. */
export function encodeSpeech(samples: Int16Array, format: AudioFormat): Buffer {
  if (format.type === 'audio/pcm') return pcmBytes(samples);
  const resampler = new AudioResampler(VOICE_RATE, sampleRate(format));
  try {
    const head = push(resampler, samples, VOICE_RATE);
    const tail = joinFrames(resampler.flush());
    const encode = format.type === 'audio/pcmu' ? encodeMuLaw : encodeALaw;
    return Buffer.concat([encode(head), encode(tail)]);
  } finally {
    resampler.close();
  }
}

function pcmBytes(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) bytes.writeInt16LE(sample, index * 2);
  return bytes;
}

function sampleRate(format: AudioFormat): number {
  return format.type === 'audio/pcm' ? format.rate : 8000;
}

function push(resampler: AudioResampler, samples: Int16Array, rate: number): Int16Array {
  if (samples.length === 0) return new Int16Array();
  // rtc-node reads from the start of the buffer behind a view, so a view gets a buffer of its own.
  const frame = new AudioFrame(samples.slice(), rate, 1, samples.length);
  return joinFrames(resampler.push(frame));
}

function joinFrames(frames: AudioFrame[]): Int16Array {
  return concatenate(frames.map((frame) => frame.data));
}

export function concatenate(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
