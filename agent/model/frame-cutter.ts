import { AudioFrame } from '@livekit/rtc-node';

const SAMPLE_RATE = 24_000;
const CHANNELS = 1;
/** Of PCM16 mono at 24 kHz, as the model hears and speaks it. */
export const BYTES_A_MILLISECOND = (2 * CHANNELS * SAMPLE_RATE) / 1_000;
/** 20 ms: what a caller says reaches the model that much later at most. */
const SAMPLES = SAMPLE_RATE / 50;

/**
 * Cuts the caller's audio into frames of 20 ms for the model. Stands in for the framework's
 * AudioByteStream, which waits for 100 ms and copies what it holds number by number.
 */
export class FrameCutter {
  #frame = new Int16Array(SAMPLES);
  #filled = 0;

  /** Takes PCM16 mono at 24 kHz; answers the frames that are full. */
  write(data: ArrayBuffer): AudioFrame[] {
    const frames: AudioFrame[] = [];
    let rest = new Int16Array(data);
    while (rest.length > 0) {
      const part = rest.subarray(0, SAMPLES - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled === SAMPLES) frames.push(this.#cut());
    }
    return frames;
  }

  /** Answers what is left, if anything. */
  flush(): AudioFrame[] {
    return this.#filled === 0 ? [] : [this.#cut()];
  }

  #cut(): AudioFrame {
    const samples = this.#frame.slice(0, this.#filled);
    this.#filled = 0;
    return new AudioFrame(samples, SAMPLE_RATE, CHANNELS, samples.length);
  }
}
