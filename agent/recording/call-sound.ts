import { RECORDING_RATE, SIDES } from '../../calls/recordings/wave-format.ts';
import { encodeMuLaw } from '../../runtime/g711.ts';
import { Resampler } from './resampler.ts';
import { Side } from './side.ts';

/** Samples by which the caller's sound may come later than it goes on: more is a gap in it. */
const JITTER = RECORDING_RATE / 8;
/** Samples by which what is played may lie beside where the last piece ended and still go on there. */
const BESIDE = RECORDING_RATE / 25;

const LOUDEST = 32_768;
/** How each sample is written: looked up, since a call has 32,000 of them a second. */
const MU_LAW = encodeMuLaw(Int16Array.from({ length: 2 * LOUDEST }, (_, at) => at - LOUDEST));

/** Some sound of one channel. */
export interface Sound {
  data: Int16Array;
  /** Samples a second. */
  sampleRate: number;
}

/**
 * Both sides of a call in the time in which they were heard, in step with each other. Instants are
 * milliseconds of one clock, which may begin anywhere.
 */
export class CallSound {
  readonly #begin: number;
  readonly #caller = new Side();
  readonly #agent = new Side();
  #callerRate: Resampler | null = null;
  #played: { rate: number; resampler: Resampler } | null = null;
  #taken = 0;

  /** @param begin when it begins: what is older is not in it */
  constructor(begin: number) {
    this.#begin = begin;
  }

  /**
   * Sound of the caller that just came. It may have waited, for a processor or on the network, and
   * never comes early: the earliest of what belongs together tells where all of it lies.
   */
  callerSaid({ data, sampleRate }: Sound, at: number): void {
    this.#callerRate ??= new Resampler(sampleRate, RECORDING_RATE);
    const samples = this.#callerRate.push(data);
    const begins = this.#place(at) - samples.length;
    const late = begins - this.#caller.end;
    if (late > JITTER) this.#caller.begin(begins);
    const ahead = late < 0 ? -late - this.#caller.pull(-late) : 0;
    // What there is no room for is older than the beginning, or of a clock that runs fast.
    const isTooMuch = this.#caller.isEmpty || ahead > JITTER;
    this.#caller.add(isTooMuch ? samples.subarray(ahead) : samples);
  }

  /** Sound of the agent that is played from this instant on, which may lie ahead. */
  agentPlays({ data, sampleRate }: Sound, at: number): void {
    const begins = this.#place(at);
    const isBeside = Math.abs(begins - this.#agent.end) <= BESIDE;
    if (!isBeside || this.#played?.rate !== sampleRate) {
      this.#played = { rate: sampleRate, resampler: new Resampler(sampleRate, RECORDING_RATE) };
      this.#agent.begin(begins);
    }
    this.#agent.add(this.#played.resampler.push(data));
  }

  /** What would have been played from this instant on is not played. */
  agentStops(at: number): void {
    this.#agent.cut(this.#place(at));
    this.#played = null;
  }

  /** What has come about up to an instant and was not taken yet, as it is written. */
  take(until: number): Uint8Array {
    const end = Math.max(this.#taken, this.#place(until));
    const caller = this.#caller.take(end);
    const agent = this.#agent.take(end);
    const bytes = new Uint8Array(SIDES * (end - this.#taken));
    this.#taken = end;
    for (let index = 0; index < caller.length; index += 1) {
      bytes[SIDES * index] = MU_LAW[(caller[index] ?? 0) + LOUDEST] ?? 0;
      bytes[SIDES * index + 1] = MU_LAW[(agent[index] ?? 0) + LOUDEST] ?? 0;
    }
    return bytes;
  }

  #place(at: number): number {
    return Math.round(((at - this.#begin) / 1_000) * RECORDING_RATE);
  }
}
