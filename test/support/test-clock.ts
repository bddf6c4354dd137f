import { readClock } from '../../db/clock.ts';
import type { Database } from '../../db/database.ts';

/** The one clock of a test, to be handed to every part of it: the database, simulators, the code. */
export interface TestClock {
  /** The present instant. */
  now: () => Date;
  /** So many milliseconds before the present instant. */
  ago: (milliseconds: number) => Date;
  /** Milliseconds by which it is ahead of the machine's clock; negative where it is behind. */
  readonly shift: number;
}

/** The machine's own, for tests that any day suits. */
export const MACHINE_CLOCK = clockAhead(0);

/**
 * A clock that begins at an instant, when the test file is read, and runs on at its usual pace.
 * @param start ISO 8601, with its zone
 */
export function clockFrom(start: string): TestClock {
  return clockAhead(Date.parse(start) - Date.now());
}

function clockAhead(shift: number): TestClock {
  const ago = (milliseconds: number): Date => new Date(Date.now() + shift - milliseconds);
  return { now: () => ago(0), ago, shift };
}

/** A test that looks at two clocks holds on some days and fails on others: on every day it fails here. */
export async function mustTell(db: Database, clock: TestClock): Promise<void> {
  const apart = (await readClock(db)).getTime() - clock.now().getTime();
  if (Math.abs(apart) < 60_000) return;
  throw new Error('The database has another clock than the test: useTestDatabase({ clock }).');
}

/** What a process of a test needs to see the day that the tests were started on, where it is not the machine's. */
export const CLOCK_VARIABLES: NodeJS.ProcessEnv = Object.fromEntries(
  ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'DONT_FAKE_MONOTONIC'].flatMap(
    (name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]),
  ),
);
