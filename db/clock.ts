import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * The present instant by the database's clock, which dates every row; in a transaction, that of its
 * beginning (`slotline_clock()` tells the very instant there). Processes run on several machines: what
 * is compared with a row is read from this clock and never from a process's own.
 */
export const NOW = sql<Date>`slotline_now()`;

/** So many milliseconds before the present instant: what was measured by a process counts back from it. */
export function ago(milliseconds: number) {
  return sql<Date>`(slotline_now() - ${milliseconds}::double precision * interval '1 millisecond')`;
}

/** So many milliseconds after the present instant. */
export function later(milliseconds: number) {
  return sql<Date>`(slotline_now() + ${milliseconds}::double precision * interval '1 millisecond')`;
}

/** The present instant by the database's clock, where it is to be compared with rows. */
export async function readClock(db: Database): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select slotline_now() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not say what time it is.');
  return row.now;
}
