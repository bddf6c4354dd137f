import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Deletes rows of a table that nobody else has locked, so many at most; answers how many.
 *
 * @param isOver of one row, whose columns bear the table's name where others are asked
 */
export async function purgeBatch(
  db: Database,
  table: keyof Schema,
  isOver: RawBuilder<unknown>,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where id in (
      select id from ${sql.table(table)} where ${isOver}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}
