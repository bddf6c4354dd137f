import { sql } from 'kysely';
import { NOW, ago } from '../clock.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';
import { purgeBatch } from '../purge-batch.ts';
import type { MirrorKey } from '../appointments/appointments.ts';

/** What a sync found: the difference is what webhooks had missed. */
export interface SyncCounts {
  seen: number;
  missing: number;
  changed: number;
}

/**
 * Connected calendars that have something to book and were not synced, nor begun to be, for so many
 * milliseconds, or since their provider said that something changed; longest waiting first.
 */
export async function listConnectionsToSync(db: Database, interval: number): Promise<MirrorKey[]> {
  const { rows } = await sql<MirrorKey>`
    select connection.organization_id, connection.id as calendar_connection_id
    from calendar_connections as connection
    left join lateral (
      select max(started_at) as started_at from calendar_syncs
      where calendar_connection_id = connection.id
    ) as last on true
    where connection.disconnected_at is null
      and (exists (select from booking_events where calendar_connection_id = connection.id)
        or exists (select from event_hosts where organization_id = connection.organization_id
          and calendar_connection_id = connection.id))
      and (last.started_at is null or last.started_at <= ${ago(interval)}
        or connection.sync_asked_at > last.started_at)
    order by last.started_at nulls first`.execute(db);
  return rows;
}

/** Notes that a calendar's provider said that something changed: it is read out of its turn. */
export async function askForSync(db: Database, key: MirrorKey): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ syncAskedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.calendarConnectionId)
    .execute();
}

/**
 * Takes a calendar's turn; undefined when another process has begun it within the interval, and
 * nobody said since that something changed.
 */
export async function beginSync(
  db: Database,
  { organizationId, calendarConnectionId }: MirrorKey,
  interval: number,
): Promise<{ id: string; startedAt: Date } | undefined> {
  return db.transaction().execute(async (transaction) => {
    await takeLock(transaction, LOCKS.sync(calendarConnectionId));
    const recent = await transaction
      .selectFrom('calendarSyncs')
      .select('id')
      .where('calendarConnectionId', '=', calendarConnectionId)
      .where('startedAt', '>', ago(interval))
      .where(
        sql<boolean>`not exists (
          select from calendar_connections as connection
          where connection.id = ${calendarConnectionId}
            and connection.sync_asked_at > calendar_syncs.started_at)`,
      )
      .orderBy('startedAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (recent) return undefined;
    return transaction
      .insertInto('calendarSyncs')
      .values({ organizationId, calendarConnectionId })
      .returning(['id', 'startedAt'])
      .executeTakeFirstOrThrow();
  });
}

/**
 * Writes what a sync saw; `error`: why it broke off, or what of it failed; null where nothing did.
 * `isToEnd`: it did not break off.
 */
export async function endSync(
  db: Database,
  key: MirrorKey & { id: string },
  { isToEnd, ...end }: SyncCounts & { error: string | null; isToEnd: boolean },
): Promise<void> {
  await db
    .updateTable('calendarSyncs')
    .set({ ...end, endedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
  if (!isToEnd) return;
  await db
    .updateTable('calendarConnections')
    .set({ lastSyncedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.calendarConnectionId)
    .execute();
}

/** How far the calendar's changes were read; null where they never were. */
export async function readChangeCursor(db: Database, key: MirrorKey): Promise<string | null> {
  const row = await db
    .selectFrom('calendarConnections')
    .select('changeCursor')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.calendarConnectionId)
    .executeTakeFirst();
  return row?.changeCursor ?? null;
}

export async function noteChangeCursor(
  db: Database,
  key: MirrorKey,
  changeCursor: string,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ changeCursor })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.calendarConnectionId)
    .execute();
}

/**
 * Forgets syncs of more than 30 days ago, so many at most; answers how many. Of each calendar the
 * newest stays: it says when the next is due, and how the last one went.
 */
export function purgeSyncs(db: Database, limit: number): Promise<number> {
  const isOver = sql`started_at < slotline_now() - interval '30 days' and exists (
    select from calendar_syncs as newer
    where newer.calendar_connection_id = calendar_syncs.calendar_connection_id
      and newer.started_at > calendar_syncs.started_at)`;
  return purgeBatch(db, 'calendarSyncs', isOver, limit);
}
