/** The work has not ended in time; it goes on, and nobody waits for it any more. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Waits for the work no longer than that.
 *
 * @param milliseconds may be infinite
 * @param late makes what is thrown when the time is over; a {@link TimeoutError} by default
 */
export async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => Error = () => new TimeoutError(`No answer within ${milliseconds} ms.`),
): Promise<T> {
  if (!Number.isFinite(milliseconds)) return work;
  const { promise: deadline, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), milliseconds);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for the end of the work, good or bad, no longer than that. It never throws: for what is closed
 * when nothing can be done about it any more.
 *
 * @returns whether it ended in time
 */
export async function settledWithin(
  milliseconds: number,
  work: Promise<unknown>,
): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return within(milliseconds, ended).catch(() => false);
}
