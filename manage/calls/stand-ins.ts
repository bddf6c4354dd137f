import { FEWEST_DIGITS } from './known-personal.ts';
import type { KnownPersonal } from './known-personal.ts';
import { emailAs, emailPattern, replaceNumbers, wordAs, wordPattern } from './spoken-forms.ts';

const FIRST_NAMES = ['Robin', 'Casey', 'Jamie', 'Dana', 'Terry', 'Frances', 'Leslie', 'Morgan'];
const LAST_NAMES = ['Porter', 'Carter', 'Ellis', 'Baker', 'Turner', 'Fisher', 'Cooper', 'Mason'];
/** NANPA keeps 555-0100 to 555-0199 for numbers that nobody has. */
const FIRST_NUMBER = 12_025_550_142;
/** An address of a street: its words are not known, its shape is. */
const STREET =
  /\b\d{1,5}[a-z]? (?:[\p{L}'’.]+ ){1,3}(?:street|road|avenue|lane|drive|boulevard|court|square|terrace)\b/giu;
/** A name that is an ordinary word too is replaced only where it has a capital. */
const ORDINARY = new Set(
  (
    'will may mark bill grace hope rose april june august sunny art frank gene grant miles pat rob sue ' +
    'bob rich young long short white black brown green gray grey king day week price cook'
  ).split(' '),
);

/**
 * Puts made-up names, addresses and numbers in place of a call's own: each always the same, in the
 * form in which it was said. What was said and never recognised as a name cannot be found.
 */
export class StandIns {
  readonly #words = new Map<string, string>();
  readonly #emails = new Map<string, string>();
  /** By their digits. */
  readonly #phones = new Map<string, string>();

  constructor({ names, emails, phones }: KnownPersonal) {
    for (const name of names) this.#addName(name);
    for (const email of emails) this.#addEmail(email);
    for (const phone of phones) this.#addPhone(digitsOf(phone));
  }

  /** @param phone E.164 */
  phone(phone: string): string {
    return `+${this.#addPhone(digitsOf(phone))}`;
  }

  /** What was said, with stand-ins in it; numbers that nobody knows are taken for somebody's. */
  said(text: string): string {
    return this.#replace(text, (digits) => this.#addPhone(digits).slice(-10));
  }

  /** A text that nobody wrote numbers into but those that are known. */
  known(text: string): string {
    return this.#replace(text, () => null);
  }

  /** A value of JSON, with stand-ins in its texts. */
  in(value: unknown): unknown {
    if (typeof value === 'string') return this.known(value);
    if (Array.isArray(value)) return value.map((part) => this.in(part));
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.in(part)]));
  }

  #replace(text: string, unknown: (digits: string) => string | null): string {
    let rest = text;
    for (const [email, stand] of this.#emails) {
      const pattern = new RegExp(emailPattern(email), 'giu');
      rest = rest.replaceAll(pattern, (form) => emailAs(form, stand));
    }
    for (const [word, stand] of this.#words) {
      rest = rest.replaceAll(new RegExp(wordPattern(word), 'giu'), (form) =>
        ORDINARY.has(word) && form === word ? form : wordAs(form, stand),
      );
    }
    return replaceNumbers(rest.replaceAll(STREET, '12 Sample Street'), (digits) => {
      if (digits.length < FEWEST_DIGITS) return null;
      for (const [known, stand] of this.#phones) {
        if (digits.endsWith(known)) return stand;
        // Without its country.
        if (known.endsWith(digits)) return stand.slice(-10);
      }
      return unknown(digits);
    });
  }

  #addName(name: string): void {
    const words = name.match(/[\p{L}\p{M}'’]{2,}/gu) ?? [];
    for (const [index, word] of words.entries()) this.#addWord(word, index === 0);
  }

  #addWord(given: string, isFirst: boolean): void {
    const word = given.toLowerCase();
    if (!this.#words.has(word)) this.#words.set(word, this.#pick(word, isFirst));
  }

  #addEmail(given: string): void {
    const email = given.toLowerCase();
    if (this.#emails.has(email)) return;
    const parts = email.slice(0, email.indexOf('@')).split(/([.\-_+])/);
    const local = parts.map((part, index) =>
      /[\p{L}\d]/u.test(part) ? (this.#words.get(part) ?? this.#pick(part, index === 0)) : '.',
    );
    this.#emails.set(email, `${local.join('').toLowerCase()}@example.com`);
  }

  /** A name that stands for nobody else yet. */
  #pick(word: string, isFirst: boolean): string {
    const names = isFirst ? FIRST_NAMES : LAST_NAMES;
    const taken = [...this.#words.values(), ...this.#emails.values()].join(' ').toLowerCase();
    const isFree = (name: string): boolean => !taken.includes(name) && name !== word;
    const free = names.find((name) => isFree(name.toLowerCase()));
    return free ?? `Person${'abcdefghijklmnopqrstuvwxyz'[this.#words.size % 26]}`;
  }

  #addPhone(digits: string): string {
    const known = this.#phones.get(digits);
    if (known !== undefined) return known;
    const stand = String(FIRST_NUMBER + this.#phones.size);
    this.#phones.set(digits, stand);
    return stand;
  }
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
