import type { Database } from '../../db/database.ts';
import { lockUntoldEvent, writeTold } from '../../db/webhooks/events.ts';
import type { Logger } from '../../runtime/logger.ts';
import { composeEvent } from './compose-event.ts';

/**
 * Puts every event into words that is waiting for it, and gives it to the endpoints that want to hear
 * of it. One that cannot be put into words keeps no other waiting; it is tried again with the next.
 * Several processes may do so at once.
 */
export async function tellEvents({ db, logger }: { db: Database; logger: Logger }): Promise<void> {
  let after = '0';
  for (;;) {
    const place = await tellNext({ db, logger }, after);
    if (place === null) return;
    after = place;
  }
}

/** @returns the place of the event that was told; null where there is none behind the one given */
async function tellNext(
  { db, logger }: { db: Database; logger: Logger },
  after: string,
): Promise<string | null> {
  let place: string | null = null;
  try {
    await db.transaction().execute(async (transaction) => {
      const event = await lockUntoldEvent(transaction, after);
      if (!event) return;
      ({ place } = event);
      await writeTold(transaction, event, await composeEvent(transaction, event));
    });
  } catch (error) {
    if (place === null) throw error;
    logger.error({ err: error }, 'an event could not be put into words');
  }
  return place;
}
