import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { ShippedScenario } from './tables.ts';

/** Milliseconds after which a process that tells nothing of itself is gone. */
const GONE_AFTER = 45_000;

/** Tells that a process plays scenarios, and which ones come with it: every few seconds. */
export async function tellRehearser(
  db: Database,
  { id, shipped }: { id: string; shipped: readonly ShippedScenario[] },
): Promise<void> {
  const told = { shipped: JSON.stringify(shipped), seenAt: NOW };
  await db
    .insertInto('rehearsers')
    .values({ id, ...told })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(told))
    .execute();
  await db
    .deleteFrom('rehearsers')
    .where('seenAt', '<', ago(60 * GONE_AFTER))
    .execute();
}

export async function removeRehearser(db: Database, id: string): Promise<void> {
  await db.deleteFrom('rehearsers').where('id', '=', id).execute();
}

/** The scenarios of the newest process that plays some; undefined where none does. */
export async function findShipped(db: Database): Promise<ShippedScenario[] | undefined> {
  const row = await db
    .selectFrom('rehearsers')
    .select('shipped')
    .where('seenAt', '>', ago(GONE_AFTER))
    .orderBy('seenAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.shipped;
}
