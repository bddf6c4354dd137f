import { OutcomeUnknownError } from '../../calendar/calendar-error.ts';

/** Milliseconds. */
export interface Deadlines {
  /** How long a write at the provider may take. */
  write: number;
  /** How long a question to the provider may take. */
  lookUp: number;
  /** How long after its claim an intent's write may still be sent: a process that slept gives up. */
  sendWithin: number;
  /** How long a claim waits while the provider is asked for an overlapping time. */
  awaitOthers: number;
  /** How long a confirmed claim is believed before the provider is asked whether it still stands. */
  believeRival: number;
}

/** Longer than an adapter's own deadlines: these only keep a caller from waiting for ever. */
export const USUAL_DEADLINES: Deadlines = {
  write: 15_000,
  lookUp: 5_000,
  sendWithin: 3_000,
  awaitOthers: 6_000,
  believeRival: 30_000,
};

/**
 * Waits for the work no longer than that.
 * @throws {OutcomeUnknownError} when the time is over; the work itself goes on
 */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new OutcomeUnknownError(`No answer within ${milliseconds} ms.`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
