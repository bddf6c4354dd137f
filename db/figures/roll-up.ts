import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isConnectionLoss } from '../database-trouble.ts';
import { countFigures } from './count-figures.ts';

/** Changes that are read at once. */
const CHANGES = 5_000;

/** A day of an organization, in its zone: "2026-11-29". */
export interface FigureDay {
  organizationId: string;
  day: string;
}

/**
 * Turns what has changed into days that are to be counted anew, some at most; answers how many changes
 * there were. Whoever changes something later is seen the next time: a change is committed together
 * with its note.
 */
export async function gatherStaleDays(db: Database): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ changes: number }>`
      with taken as (
        delete from stale_figures where id in (
          select id from stale_figures order by id limit ${CHANGES} for update skip locked)
        returning organization_id, at
      ), zones as materialized (
        select id, organization_zone(id) as zone from organizations
        where not is_rehearsal and id in (select organization_id from taken)
      ), noted as (
        insert into stale_days (organization_id, day)
          select distinct id, (at at time zone zone)::date
          from taken join zones on zones.id = taken.organization_id
          -- Always in one order: two processes could wait for each other.
          order by 1, 2
        on conflict do nothing
      )
      select count(*)::integer as changes from taken`.execute(transaction);
    return rows[0]?.changes ?? 0;
  });
}

/** Organizations whose zone has changed since their days were counted, with the new one. */
export async function listChangedZones(db: Database): Promise<{ id: string; zone: string }[]> {
  const { rows } = await sql<{ id: string; zone: string }>`
    select id, zone from (
      select id, organization_zone(id) as zone from organizations where not is_rehearsal
    ) as organization
    join figure_zones as counted on counted.organization_id = id
    where counted.time_zone <> zone`.execute(db);
  return rows;
}

/** Every day of an organization is to be counted anew, in its new zone. */
export async function noteChangedZone(
  db: Database,
  { id, zone }: { id: string; zone: string },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // The days first, as who counts one does: two processes could wait for each other.
    await noteEveryDay(transaction, id, zone);
    await transaction
      .updateTable('figureZones')
      .set({ timeZone: zone })
      .where('organizationId', '=', id)
      .execute();
  });
}

async function noteEveryDay(
  transaction: Database,
  organizationId: string,
  timeZone: string,
): Promise<void> {
  const own = sql`organization_id = ${organizationId}`;
  const zone = sql`${timeZone}::text`;
  await sql`
    insert into stale_days (organization_id, day)
      select ${organizationId}::uuid, day from (
        select (started_at at time zone ${zone})::date as day from calls where ${own}
        union select (taken_at at time zone ${zone})::date from message_figures where ${own}
        union select (received_at at time zone ${zone})::date from delivery_figures where ${own}
        union select (started_at at time zone ${zone})::date from sync_figures where ${own}
        -- What was counted in the old zone.
        union select day from daily_figures where ${own}
      ) as known order by day
    on conflict do nothing`.execute(transaction);
}

/** A day could not be counted; it is to be counted still. */
export class DayNotCountedError extends Error {
  override readonly name = 'DayNotCountedError';
  readonly day: FigureDay;

  constructor(day: FigureDay, options: ErrorOptions) {
    super('A day could not be counted.', options);
    this.day = day;
  }
}

/**
 * Counts one day anew that has changed, in one transaction; undefined where none has, or others count
 * it. Newer days come first.
 *
 * @param except days that are left alone
 * @throws {DayNotCountedError}
 */
export async function rollUpStaleDay(
  db: Database,
  except: readonly FigureDay[],
): Promise<FigureDay | undefined> {
  let taken: FigureDay | undefined;
  try {
    await db.transaction().execute(async (transaction) => {
      const { rows } = await sql<FigureDay>`
        delete from stale_days where (organization_id, day) in (
          select organization_id, day from stale_days
          where (organization_id, day) not in (
            select * from unnest(
              ${except.map(({ organizationId }) => organizationId)}::uuid[],
              ${except.map(({ day }) => day)}::date[]))
          order by day desc, organization_id limit 1 for update skip locked)
        returning organization_id, day::text as day`.execute(transaction);
      [taken] = rows;
      if (taken) await countDay(transaction, taken);
    });
  } catch (cause) {
    if (!taken || isConnectionLoss(cause)) throw cause;
    throw new DayNotCountedError(taken, { cause });
  }
  return taken;
}

/** Replaces the figures of a day by what its rows say now. */
async function countDay(transaction: Database, { organizationId, day }: FigureDay): Promise<void> {
  const timeZone = await readZone(transaction, organizationId);
  // Of a midnight that comes twice the first one: PostgreSQL takes the second.
  const midnight = (date: RawBuilder<unknown>) =>
    sql<Date>`(
      select case when (instant - interval '1 hour') at time zone ${timeZone}::text
        >= (${date})::timestamp then instant - interval '1 hour' else instant end
      from (select (${date})::timestamp at time zone ${timeZone}::text as instant) as known)`;
  const counted = countFigures({
    organizationId,
    from: midnight(sql`${day}::date`),
    to: midnight(sql`${day}::date + 1`),
    timeZone,
  });
  await transaction
    .deleteFrom('dailyFigures')
    .where('organizationId', '=', organizationId)
    .where('day', '=', day)
    .execute();
  await sql`
    insert into daily_figures (organization_id, name, day, agent_id, key, amount)
      select ${organizationId}::uuid, name, ${day}::date, agent_id, key, sum(amount)
      from (${counted}) as counted
      group by name, agent_id, key having sum(amount) <> 0`.execute(transaction);
  await transaction
    .insertInto('figureZones')
    .values({ organizationId, timeZone })
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet({ countedAt: NOW }))
    .execute();
}

/** In which the organization's days begin and end: IANA. */
export async function readZone(db: Database, organizationId: string): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select organization_zone(${organizationId}) as zone`.execute(db);
  return rows[0]?.zone ?? 'UTC';
}
