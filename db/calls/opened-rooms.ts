import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

/**
 * Notes that a call opens this room; of several at the same instant one is the first.
 * @returns `used` where a call opened it before; `isOver` tells whether that one has ended in order
 */
export async function openRoom(
  db: Database,
  name: string,
): Promise<{ used: false } | { used: true; isOver: boolean }> {
  const opened = await db
    .insertInto('openedRooms')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (opened) return { used: false };
  const earlier = await db
    .selectFrom('openedRooms')
    .select('closedAt')
    .where('name', '=', name)
    .executeTakeFirst();
  return { used: true, isOver: earlier?.closedAt instanceof Date };
}

/** Notes that the call of this room is over, whether it was served or refused. */
export async function closeRoom(db: Database, name: string): Promise<void> {
  await db.updateTable('openedRooms').set({ closedAt: NOW }).where('name', '=', name).execute();
}

/**
 * Forgets rooms that were opened more than a day ago, so many at most; answers how many. LiveKit's
 * tokens are long out of date by then: it gives ten minutes at a time to participants of a room.
 */
export function purgeRooms(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'openedRooms', sql`opened_at < slotline_now() - interval '1 day'`, limit);
}
