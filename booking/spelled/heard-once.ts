import { sayEmailAddress } from '../../runtime/given/email-address.ts';
import type { Reading } from './reading.ts';
import { toQuestion } from './written-of.ts';

/**
 * Reads one thing that a caller spelled, and asks about it once: what was made of a spelling is read
 * back, and used when it comes again. One a call.
 */
export class HeardOnce {
  readonly #field: string;
  readonly #asked = new Set<string>();

  /** @param field as a caller hears it, such as "e-mail address" */
  constructor(field: string) {
    this.#field = field;
  }

  /** The text as it is written, or what to ask the caller. */
  check(reading: Reading): { written: string } | { question: string } {
    if (reading.kind === 'choice' || reading.kind === 'unclear') {
      return { question: toQuestion(reading, this.#field) };
    }
    const { kind, written } = reading;
    if (kind === 'as-given' || this.#asked.has(written)) return { written };
    this.#asked.add(written);
    const said = written.includes('@') ? sayEmailAddress(written) : written;
    return { question: `I have ${said} as the ${this.#field}. Is that right?` };
  }
}
