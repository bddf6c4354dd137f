import { readConnectionCounts } from '../../db/connections.ts';
import { capacityOf, connectionsOf, readMachine } from '../../runtime/worker-capacity.ts';
import type { ManageParts } from '../manage-parts.ts';
import { warning } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * Says where PostgreSQL takes fewer connections than the workers at work may open, with the others there are.
 *
 * @param ofWorker connections that one worker opens at most; unless given, those of one on this machine
 */
export async function* examineConnections(
  { db }: Pick<ManageParts, 'db'>,
  ofWorker = connectionsOf(capacityOf(readMachine())),
): AsyncGenerator<Finding> {
  const { allowed, workers, others } = await readConnectionCounts(db);
  const wanted = workers * ofWorker + others;
  if (wanted <= allowed) return;
  yield warning(
    { part: 'database', of: null },
    `takes ${allowed} connections; ${workers} worker(s) open up to ${ofWorker} each, and ${others} others are open`,
    `Raise max_connections of PostgreSQL above ${wanted}, or lower AGENT_PROCESSES: callers whose call finds no connection hear that the line is out of order.`,
  );
}
