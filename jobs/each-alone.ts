import { isConnectionLoss } from '../db/database-trouble.ts';

/**
 * Does work for one after the other, so that none that fails keeps the others waiting: what is wrong
 * with one organization's rows is no other's matter. A database that is away fails for all of them.
 *
 * @throws what the database throws that is away
 */
export async function eachAlone<T>(
  all: readonly T[],
  {
    work,
    onFailure,
  }: { work: (one: T) => Promise<unknown>; onFailure: (error: unknown, one: T) => void },
): Promise<void> {
  for (const one of all) {
    try {
      await work(one);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      onFailure(error, one);
    }
  }
}
