/** Milliseconds without a key after which what was pressed counts as whole. */
const QUIET = 2_000;
/** Milliseconds without a key for which the rest is waited for, while fewer came than are expected. */
const LONGEST_PAUSE = 10_000;
/** A phone number of unknown length has no fewer. */
const FEWEST_OF_A_NUMBER = 7;
const MOST_KEYS = 40;
/** Milliseconds for which keys after a pause still belong to a secret. */
const SECRET_PAUSE = 30_000;

export type KeyPurpose = 'phone_number' | 'confirmation' | 'secret';

export interface ExpectedKeys {
  purpose: KeyPurpose;
  /** How many; null where that is not known. */
  digits: number | null;
}

export interface KeyCollectorOptions {
  /** The first key of a series: a caller who presses keys does not listen any more. */
  onBegin: () => void;
  /**
   * What was pressed, without the closing hash key; of a secret that came in parts `whole` is all
   * of it so far.
   */
  onKeys: (keys: string, purpose: KeyPurpose | null, whole: string) => void;
  /** The star key alone: the caller wants to hear the last words again. */
  onRepeat: () => void;
}

/**
 * Makes series of the keys that a caller presses: a series ends with the hash key, after two quiet
 * seconds, or when it has as many digits as are expected. While it has fewer, a pause may take ten
 * seconds: people read numbers off paper. A secret is not over even then: what follows within 30 s is
 * the rest of it. Until the first key it is waited for without end.
 */
export class KeyCollector {
  readonly #options: KeyCollectorOptions;
  #expected: ExpectedKeys | null = null;
  #pressed = '';
  /** The parts of a secret that came before. */
  #before = '';
  #timer: NodeJS.Timeout | undefined;
  #lapse: NodeJS.Timeout | undefined;

  constructor(options: KeyCollectorOptions) {
    this.#options = options;
  }

  /** Says what the next series is. */
  expect(expected: ExpectedKeys): void {
    this.#forget();
    this.#expected = expected;
  }

  /** Takes one key; what is on no telephone is ignored. */
  press(key: string): void {
    if (!/^[\d*#]$/.test(key)) return;
    clearTimeout(this.#timer);
    this.#lapseLater();
    if (key === '*' && this.#pressed === '') {
      this.#options.onRepeat();
      return;
    }
    if (this.#pressed === '') this.#options.onBegin();
    if (key === '#' && this.#pressed !== '') {
      this.#finish(true);
      return;
    }
    this.#pressed += key;
    const length = this.#before.length + this.#pressed.length;
    if (key === '#' || length >= Math.min(this.#expected?.digits ?? MOST_KEYS, MOST_KEYS)) {
      this.#finish(true);
      return;
    }
    const pause = length < fewestOf(this.#expected) ? LONGEST_PAUSE : QUIET;
    this.#timer = setTimeout(() => this.#finish(false), pause);
  }

  /** Forgets what was pressed; at the end of the call. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#pressed = '';
    this.#forget();
  }

  #finish(isComplete: boolean): void {
    const keys = this.#pressed;
    const purpose = this.#expected?.purpose ?? null;
    const whole = this.#before + keys;
    this.#pressed = '';
    if (isComplete || purpose !== 'secret') this.#forget();
    else this.#before = whole;
    this.#options.onKeys(keys, purpose, whole);
  }

  #forget(): void {
    clearTimeout(this.#lapse);
    this.#expected = null;
    this.#before = '';
  }

  #lapseLater(): void {
    clearTimeout(this.#lapse);
    if (this.#expected?.purpose !== 'secret') return;
    this.#lapse = setTimeout(() => this.#forget(), SECRET_PAUSE);
  }
}

function fewestOf(expected: ExpectedKeys | null): number {
  return expected?.digits ?? (expected?.purpose === 'phone_number' ? FEWEST_OF_A_NUMBER : 0);
}
