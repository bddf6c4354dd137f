import { sql } from 'kysely';
import type { Database } from './database.ts';
import { purgeBatch } from './purge-batch.ts';

/**
 * Makes an organization and answers its id.
 * @param options.isRehearsal keeps it out of every list; it is removed after its rehearsal
 */
export async function insertOrganization(
  db: Database,
  name: string,
  { isRehearsal = false }: { isRehearsal?: boolean } = {},
): Promise<string> {
  const row = await db
    .insertInto('organizations')
    .values({ name, isRehearsal })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export interface Organization {
  id: string;
  name: string;
}

/** Every organization of an operator's, in the order they were made. */
export async function listOrganizations(db: Database): Promise<Organization[]> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('isRehearsal', '=', false)
    .orderBy('createdAt')
    .execute();
}

/** @throws where there is none of this id */
export async function findOrganizationName(db: Database, id: string): Promise<string> {
  const { name } = await db
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return name;
}

export interface OrganizationSettings extends Organization {
  /** IANA; null: that of its first calendar. */
  timeZone: string | null;
}

/** @throws where there is none of this id */
export async function readOrganization(
  db: Database,
  id: string,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<OrganizationSettings> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name', 'timeZone'])
    .where('id', '=', id)
    .$if(isLocked, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
}

/** Changes what is given. */
export async function updateOrganization(
  db: Database,
  id: string,
  change: Partial<Omit<OrganizationSettings, 'id'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.updateTable('organizations').set(change).where('id', '=', id).execute();
}

/** In which zone an organization's people read times: its own, that of its first calendar, or UTC. */
export async function findTimeZone(db: Database, id: string): Promise<string> {
  const { timeZone } = await db
    .selectFrom('organizations')
    .select((select) =>
      select.fn
        .coalesce(
          'timeZone',
          select
            .selectFrom('calendarConnections')
            .select('calendarConnections.timeZone')
            .where('organizationId', '=', id)
            .orderBy('createdAt')
            .limit(1),
          select.val('UTC'),
        )
        .as('timeZone'),
    )
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return timeZone;
}

/** Removes the organization of a rehearsal, by its calendar, with all that is in it. */
export async function removeRehearsal(db: Database, calendarConnectionId: string): Promise<void> {
  await db
    .deleteFrom('organizations')
    .where('isRehearsal', '=', true)
    .where('id', '=', (select) =>
      select
        .selectFrom('calendarConnections')
        .select('organizationId')
        .where('id', '=', calendarConnectionId),
    )
    .execute();
}

/** One has everything of a call in it: each takes a while. */
const REHEARSALS_AT_ONCE = 20;

/**
 * Removes what rehearsals that were killed left behind, so many at most; answers how many. None
 * takes a day.
 */
export function purgeRehearsals(db: Database, limit: number): Promise<number> {
  const isOver = sql`is_rehearsal and created_at < slotline_now() - interval '1 day'`;
  return purgeBatch(db, 'organizations', isOver, Math.min(limit, REHEARSALS_AT_ONCE));
}
