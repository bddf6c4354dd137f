import type { Task } from 'graphile-worker';
import type { Logger } from 'pino';
import { closeDeadCalls as close } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';

/** Closes the rows of calls whose process was killed: they end when they last gave a sign of life. */
export function closeDeadCalls({ db, logger }: { db: Database; logger: Logger }): Task {
  return async () => {
    const count = await close(db);
    if (count > 0) logger.warn({ count }, 'calls whose process died are closed');
  };
}
