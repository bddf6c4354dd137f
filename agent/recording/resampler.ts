/** Half of the filter, in samples of the slower rate. */
const REACH = 12;
/** Of the slower rate's band: the filter's end lies below half of that rate. */
const BAND = 0.9;
/** Two places between two samples are the same when they are this close. */
const PLACES = 1_000;

/**
 * Turns sound of one rate into sound of another, piece by piece, by a windowed sinc. It moves nothing in
 * time; what it holds back for the next piece is about a millisecond.
 */
export class Resampler {
  /** Samples that go in for one that comes out. */
  readonly #step: number;
  readonly #reach: number;
  /** Weights, by the place between two samples. */
  readonly #filters = new Map<number, Float64Array>();
  /** What came in and is still needed, after silence. */
  #held: Int16Array;
  /** Where the next sample that comes out lies in it. */
  #next: number;

  /**
   * @param from samples a second
   * @param to likewise
   */
  constructor(from: number, to: number) {
    this.#step = from / to;
    this.#reach = Math.ceil(REACH * Math.max(1, this.#step));
    this.#held = new Int16Array(this.#reach);
    this.#next = this.#reach;
  }

  /** @returns what can be told by now */
  push(samples: Int16Array): Int16Array {
    if (this.#step === 1) return samples.slice();
    const input = new Int16Array(this.#held.length + samples.length);
    input.set(this.#held);
    input.set(samples, this.#held.length);
    const end = input.length - this.#reach;
    const count = Math.max(0, Math.ceil((end - this.#next) / this.#step));
    const output = new Int16Array(count);
    for (let index = 0; index < count; index += 1) {
      output[index] = this.#sample(input, this.#next + index * this.#step);
    }
    const next = this.#next + count * this.#step;
    const first = Math.min(Math.floor(next) - this.#reach, input.length);
    this.#held = input.slice(first);
    this.#next = next - first;
    return output;
  }

  #sample(input: Int16Array, position: number): number {
    const base = Math.floor(position);
    const filter = this.#filterOf(position - base);
    let sum = 0;
    for (let tap = 0; tap < filter.length; tap += 1) {
      sum += (filter[tap] ?? 0) * (input[base - this.#reach + 1 + tap] ?? 0);
    }
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }

  #filterOf(fraction: number): Float64Array {
    const place = Math.round(fraction * PLACES);
    const known = this.#filters.get(place);
    if (known) return known;
    const band = BAND / Math.max(1, this.#step);
    const filter = Float64Array.from({ length: 2 * this.#reach }, (_, tap) => {
      const distance = tap + 1 - this.#reach - fraction;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / this.#reach);
      return Math.abs(distance) < this.#reach ? sinc(band * distance) * window : 0;
    });
    const sum = filter.reduce((all, weight) => all + weight, 0);
    const weights = filter.map((weight) => weight / sum);
    this.#filters.set(place, weights);
    return weights;
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
