import type { SpeechMeter } from './speech-meter.ts';

/** One stretch of text that was published for one stretch of speech, in milliseconds on the call's clock. */
export interface Segment {
  id: string;
  text: string;
  startedAt: number;
  updatedAt: number;
  final: boolean;
  /** Sound heard before its first word came, for telling what was audible. */
  audibleBefore: number;
  /** The sound that counts for this segment so far. */
  audibleAfter: number;
}

/** Quicker than this nobody speaks, in milliseconds of sound for a letter: text without as much sound was not heard. */
const soundPerLetter = 15;

/** Lines up what the agent published as its words with what could be heard of it. */
export class AgentWords {
  readonly #segments = new Map<string, Segment>();
  readonly #meter: SpeechMeter;
  readonly #isSilent: boolean;
  #usedSound = 0;

  /** @param options.isSilent the call has words alone: all that is published counts as heard. */
  constructor(meter: SpeechMeter, options: { isSilent: boolean } = { isSilent: false }) {
    this.#meter = meter;
    this.#isSilent = options.isSilent;
  }

  /** Adds words to a segment. */
  add(id: string, words: string, at: number): void {
    const segment = this.#segments.get(id);
    if (segment === undefined) {
      this.#closeSound();
      this.#segments.set(id, {
        id,
        text: words,
        startedAt: at,
        updatedAt: at,
        final: false,
        audibleBefore: this.#usedSound,
        audibleAfter: this.#meter.audibleMilliseconds,
      });
      return;
    }
    segment.text += words;
    segment.updatedAt = at;
  }

  finish(id: string, at: number): void {
    const segment = this.#segments.get(id);
    if (segment !== undefined) {
      segment.final = true;
      segment.updatedAt = at;
    }
  }

  /** Sound belongs to the segment that is last when it is heard. Call after every frame of sound. */
  tick(): void {
    const last = this.#last();
    if (last !== undefined) {
      last.audibleAfter = this.#meter.audibleMilliseconds;
    }
  }

  #last(): Segment | undefined {
    return [...this.#segments.values()].at(-1);
  }

  #closeSound(): void {
    const last = this.#last();
    if (last !== undefined) {
      this.#usedSound = last.audibleAfter;
    }
  }

  get segments(): readonly Segment[] {
    return [...this.#segments.values()];
  }

  /** Whether enough sound came with the words to have carried them. */
  isAudible(segment: Segment): boolean {
    return (
      this.#isSilent ||
      segment.audibleAfter - segment.audibleBefore >=
        Math.max(60, segment.text.trim().length * soundPerLetter)
    );
  }

  /** Whether the agent has published the last of its words. */
  get areComplete(): boolean {
    return this.#last()?.final ?? true;
  }

  /** What was heard from an instant on, as one line; words without sound are left out. */
  heardSince(instant: number): string {
    return this.segments
      .filter((segment) => segment.startedAt >= instant && this.isAudible(segment))
      .map((segment) => segment.text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '')
      .join(' ');
  }
}
