import type { Database } from './database.ts';

/** Does the work in the transaction that is open already, else in one of its own. */
export function inTransaction<T>(
  db: Database,
  work: (transaction: Database) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
