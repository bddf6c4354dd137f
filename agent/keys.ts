/** Milliseconds without a key after which what was pressed counts as whole. */
const QUIET = 2_000;
const MOST_KEYS = 40;

export type KeyPurpose = 'phone_number' | 'confirmation' | 'secret';

export interface ExpectedKeys {
  purpose: KeyPurpose;
  /** How many; null where that is not known. */
  digits: number | null;
}

export interface KeyCollectorOptions {
  /** The first key of a series: whoever presses keys does not listen any more. */
  onBegin: () => void;
  /** What was pressed, without the closing hash key. */
  onKeys: (keys: string, purpose: KeyPurpose | null) => void;
  /** The star key alone: the caller wants to hear the last words again. */
  onRepeat: () => void;
}

/**
 * Makes series of the keys that a caller presses: a series ends with the hash key, after two quiet
 * seconds, or when it has as many digits as are expected.
 */
export class KeyCollector {
  readonly #options: KeyCollectorOptions;
  #expected: ExpectedKeys | null = null;
  #pressed = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KeyCollectorOptions) {
    this.#options = options;
  }

  /** Says what the next series is. */
  expect(expected: ExpectedKeys): void {
    this.#expected = expected;
  }

  /** Takes one key; what is on no telephone is ignored. */
  press(key: string): void {
    if (!/^[\d*#]$/.test(key)) return;
    clearTimeout(this.#timer);
    if (key === '*' && this.#pressed === '') {
      this.#options.onRepeat();
      return;
    }
    if (this.#pressed === '') this.#options.onBegin();
    if (key === '#' && this.#pressed !== '') {
      this.#finish();
      return;
    }
    this.#pressed += key;
    const wanted = Math.min(this.#expected?.digits ?? MOST_KEYS, MOST_KEYS);
    if (key === '#' || this.#pressed.length >= wanted) this.#finish();
    else this.#timer = setTimeout(() => this.#finish(), QUIET);
  }

  /** Forgets what was pressed; at the end of the call. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#pressed = '';
  }

  #finish(): void {
    const keys = this.#pressed;
    const purpose = this.#expected?.purpose ?? null;
    this.#pressed = '';
    this.#expected = null;
    this.#options.onKeys(keys, purpose);
  }
}
