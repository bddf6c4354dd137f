import { sayEmailAddress } from '../../runtime/given/email-address.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { Reading } from './reading.ts';
import { toQuestion } from './written-of.ts';

/** What a model reads of a field. */
const FIELDS = { email: 'e-mail address', number: 'number to call back' } as const;

/**
 * Reads one thing that a caller spelled, and asks about it once: what was made of a spelling is read
 * back, and used when it comes again. One a call.
 */
export class HeardOnce {
  readonly #field: keyof typeof FIELDS;
  readonly #language: SpokenLanguage;
  readonly #asked = new Set<string>();

  /** @param language of the question */
  constructor(field: keyof typeof FIELDS, language: SpokenLanguage) {
    this.#field = field;
    this.#language = language;
  }

  /** What was asked about, to be kept between two requests of one call. */
  get state(): string[] {
    return [...this.#asked];
  }

  /** Goes on from what was kept. */
  restore(asked: readonly string[]): void {
    for (const written of asked) this.#asked.add(written);
  }

  /** The text as it is written, or what to ask the caller. */
  check(reading: Reading): { written: string } | { question: string } {
    if (reading.kind === 'choice' || reading.kind === 'unclear') {
      return { question: toQuestion(reading, FIELDS[this.#field]) };
    }
    const { kind, written } = reading;
    if (kind === 'as-given' || this.#asked.has(written)) return { written };
    this.#asked.add(written);
    const said = written.includes('@') ? sayEmailAddress(written) : written;
    return { question: this.#language.sentences.heard[this.#field](said) };
  }
}
