/** The one clock of a test, to be handed to every part of it: the database, simulators, the code. */
export interface TestClock {
  /** The present instant. */
  now: () => Date;
  /** Milliseconds by which it is ahead of the machine's clock; negative where it is behind. */
  readonly shift: number;
}

/**
 * A clock that begins at an instant, when the test file is read, and runs on at its usual pace.
 * @param start ISO 8601, with its zone
 */
export function clockFrom(start: string): TestClock {
  const shift = Date.parse(start) - Date.now();
  return { now: () => new Date(Date.now() + shift), shift };
}
