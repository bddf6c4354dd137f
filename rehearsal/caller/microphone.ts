import { AudioFrame } from '@livekit/rtc-node';
import type { AudioSource } from '@livekit/rtc-node';

import { sampleRate } from './sound.ts';

const frameSamples = sampleRate / 50;

/** Loudest sample of the room a caller stands in: a line is never digital silence, which no real line carries either. */
const roomNoise = 20;

interface Utterance {
  samples: Int16Array;
  position: number;
  started: (at: number) => void;
  finished: (at: number) => void;
}

/** When an utterance went out, in milliseconds on the call's clock. */
export interface Spoken {
  startedAt: number;
  endedAt: number;
}

/**
 * A microphone that is always open: what is to be said goes out in real time, and room noise goes out between.
 * The source paces the loop, so its queue must be short.
 */
export class Microphone {
  readonly #source: AudioSource;
  readonly #now: () => number;
  readonly #onFrame: (samples: Int16Array, endedAt: number) => void;
  #utterance: Utterance | undefined;
  #open = true;
  #running: Promise<void> | undefined;

  /**
   * @param options.now milliseconds on the call's clock.
   * @param options.onFrame sees every frame that goes out.
   */
  constructor(
    source: AudioSource,
    options: { now: () => number; onFrame: (samples: Int16Array, endedAt: number) => void },
  ) {
    this.#source = source;
    this.#now = options.now;
    this.#onFrame = options.onFrame;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#open) {
      const samples = new Int16Array(frameSamples);
      const utterance = this.#utterance;
      const first = utterance?.position === 0;
      for (let index = 0; index < frameSamples; index += 1) {
        const noise = Math.round((Math.random() * 2 - 1) * roomNoise);
        const speech = utterance?.samples[utterance.position + index] ?? 0;
        samples[index] = Math.max(-32_768, Math.min(32_767, speech + noise));
      }
      await this.#source.captureFrame(new AudioFrame(samples, sampleRate, 1, frameSamples));
      const endedAt = this.#now() + this.#source.queuedDuration;
      this.#onFrame(samples, endedAt);
      if (utterance !== undefined && utterance === this.#utterance) {
        if (first) {
          utterance.started(endedAt - (frameSamples / sampleRate) * 1000);
        }
        utterance.position += frameSamples;
        if (utterance.position >= utterance.samples.length) {
          this.#utterance = undefined;
          utterance.finished(endedAt);
        }
      }
    }
  }

  /** Says something and resolves when its last sample went out; at once when the microphone is closed. */
  async play(samples: Int16Array): Promise<Spoken> {
    let startedAt = this.#now();
    if (!this.#open) {
      return { startedAt, endedAt: startedAt };
    }
    const endedAt = await new Promise<number>((resolve) => {
      this.#utterance = {
        samples,
        position: 0,
        started: (at) => (startedAt = at),
        finished: resolve,
      };
    });
    // The last frames are still in the source's queue.
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, endedAt - this.#now()));
    });
    return { startedAt, endedAt };
  }

  /** Stops the loop, in the middle of a word if need be. */
  async close(): Promise<void> {
    this.#open = false;
    this.#utterance?.finished(this.#now());
    this.#utterance = undefined;
    await this.#running?.catch(() => undefined);
  }
}
