import { keysMessage } from './done-by-hand.ts';

const HIDDEN = '••••';
/** Shorter ones would hide every digit of the call. */
const FEWEST_DIGITS = 3;
const WORDS = [
  'zero|oh|o',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
] as const;

/** What a caller keyed in as a secret: it is hidden from all that is written down of the call. */
export class KeyedSecrets {
  readonly #exact = new Set<string>();
  readonly #patterns: RegExp[] = [];

  /** @param keys digits, with `*` and `#` where they were pressed */
  add(keys: string): void {
    this.#exact.add(keys);
    const digits = keys.replaceAll(/\D/g, '');
    if (digits.length < FEWEST_DIGITS) return;
    // Also as it is read out: "1 2 3 4", "one two three four".
    const said = Array.from(digits, (digit) => `(?:${digit}|\\b(?:${WORDS[Number(digit)]})\\b)`);
    this.#patterns.push(new RegExp(said.join('[\\s,.…-]*'), 'gi'));
  }

  /** The text without the secrets. */
  hide(text: string): string {
    const keys = /^\[keys: (.*)\]$/.exec(text)?.[1];
    if (keys !== undefined && this.#exact.has(keys)) return keysMessage(HIDDEN);
    return this.#patterns.reduce((rest, pattern) => rest.replaceAll(pattern, HIDDEN), text);
  }

  /** A value of JSON without the secrets, in any of its parts. */
  hideIn(value: unknown): unknown {
    if (this.#exact.size === 0) return value;
    if (typeof value === 'string') return this.hide(value);
    if (typeof value === 'number') {
      const text = String(value);
      return this.hide(text) === text ? value : HIDDEN;
    }
    if (Array.isArray(value)) return value.map((part) => this.hideIn(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, this.hideIn(part)]),
    );
  }
}
