import { sampleRate } from './sound.ts';

/** A stretch of audible speech, in milliseconds on the call's clock; `end` is null while it lasts. */
export interface Utterance {
  start: number;
  end: number | null;
}

/** Root mean square above which a frame is audible, of 32767: about -46 dB, far above a quiet line. */
const audibleLevel = 160;

/** A pause inside a sentence is shorter than this, in milliseconds. */
const pause = 350;

/** Root mean square of a frame. */
export function level(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Tells from sound alone when somebody speaks. */
export class SpeechMeter {
  readonly utterances: Utterance[] = [];
  #audibleMilliseconds = 0;
  #lastAudible = Number.NEGATIVE_INFINITY;

  /** @param endedAt when the last sample of the frame was heard, in milliseconds on the call's clock. */
  push(samples: Int16Array, endedAt: number): void {
    const length = (samples.length / sampleRate) * 1000;
    const current = this.utterances.at(-1);
    if (level(samples) >= audibleLevel) {
      this.#audibleMilliseconds += length;
      this.#lastAudible = endedAt;
      if (current === undefined || current.end !== null) {
        this.utterances.push({ start: endedAt - length, end: null });
      }
    } else if (
      current !== undefined &&
      current.end === null &&
      endedAt - this.#lastAudible >= pause
    ) {
      current.end = this.#lastAudible;
    }
  }

  /** Whether somebody is speaking, short pauses included. */
  get speaking(): boolean {
    return this.utterances.at(-1)?.end === null;
  }

  /** How long it has been quiet at an instant, in milliseconds; infinite before the first sound. */
  quietFor(now: number): number {
    return now - this.#lastAudible;
  }

  /** Audible sound so far, in milliseconds, pauses left out. */
  get audibleMilliseconds(): number {
    return this.#audibleMilliseconds;
  }

  /** When the first sound at or after an instant was heard; null when there was none. */
  firstSoundAfter(instant: number): number | null {
    return this.utterances.find((utterance) => utterance.start >= instant)?.start ?? null;
  }
}
