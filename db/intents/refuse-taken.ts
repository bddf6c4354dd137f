import { sql } from 'kysely';
import { PREPARED } from '../database.ts';
import type { Database } from '../database.ts';
import { Gathered } from '../gathered.ts';
import { isIn, isOvertaken, step, TAKEN } from './intents.ts';
import type { Intent } from './intents.ts';

interface Loser {
  id: string;
  /** Milliseconds for which a confirmed claim certainly stands. */
  believe: number;
}

/** Of each database: those who wanted one slot together lose it together. */
const gathered = new WeakMap<Database, Gathered<Loser, boolean>>();

/**
 * Refuses a wish to book whose time somebody has by now who certainly stands; without the lock that a
 * claim takes, and many in one statement.
 *
 * @param db no transaction: others' wishes go with it
 * @param believe milliseconds for which a confirmed claim certainly stands
 * @returns false where nothing was written: the intent may claim
 */
export function refuseTaken(db: Database, { id }: Intent, believe: number): Promise<boolean> {
  const losers = gathered.get(db) ?? new Gathered((all: Loser[]) => refuseAll(db, all));
  gathered.set(db, losers);
  return losers.ask({ id, believe });
}

async function refuseAll(db: Database, all: Loser[]): Promise<boolean[]> {
  const { rows } = await sql<{ id: string }>`${PREPARED}
    update booking_intents as mine
    set state = 'refused', reason = ${TAKEN}, updated_at = slotline_clock(),
      steps = mine.steps || ${step('refused', TAKEN)}
    from unnest(${all.map(({ id }) => id)}::uuid[], ${all.map(({ believe }) => believe)}::float8[])
      as asked (id, believe)
    where mine.id = asked.id and mine.kind = 'book'
      and mine.${isIn(['requested', 'refused'])}
      and ${isOvertaken('mine', sql.ref('asked.believe'))}
    returning mine.id
  `.execute(db);
  const refused = new Set(rows.map(({ id }) => id));
  return all.map(({ id }) => refused.has(id));
}
