import type { SpeechDetector } from './mind/mind.ts';

/** Samples in one frame of the speech detector: 32 ms at 16 kHz. */
export const FRAME_SAMPLES = 512;
export const FRAME_MILLISECONDS = 32;

export type FrameVerdict =
  | { kind: 'silence' }
  | { kind: 'started' }
  | { kind: 'speaking' }
  /** Speech is going on, but nothing was said for so many milliseconds. */
  | { kind: 'paused'; silence: number };

/** Follows one line frame by frame: who says that a pause is the end of the turn is the caller. */
export class TurnDetector {
  readonly #detector: SpeechDetector;
  readonly #lag: number;
  #speaking = false;
  #silence = 0;

  /** @param lag how long the detector needs to notice a change, milliseconds */
  constructor(detector: SpeechDetector, lag: number) {
    this.#detector = detector;
    this.#lag = lag;
  }

  /** @param canBegin false for a frame too quiet to begin a turn */
  async process(frame: Int16Array, canBegin: boolean): Promise<FrameVerdict> {
    const voiced = await this.#detector.process(frame);
    if (!this.#speaking) {
      if (!voiced || !canBegin) return { kind: 'silence' };
      this.#speaking = true;
      this.#silence = 0;
      return { kind: 'started' };
    }
    if (voiced) {
      this.#silence = 0;
      return { kind: 'speaking' };
    }
    if (this.#silence === 0) this.#silence = this.#lag;
    this.#silence += FRAME_MILLISECONDS;
    return { kind: 'paused', silence: this.#silence };
  }

  /** Waits for the next beginning of speech. */
  reset(): void {
    this.#speaking = false;
    this.#silence = 0;
  }
}
