import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { countFigures, FIGURES } from './count-figures.ts';
import type { FigureName } from './count-figures.ts';

/** Days of an organization, in its zone: "2026-11-01" to "2026-11-30", both counted. */
export interface FigureRange {
  organizationId: string;
  from: string;
  to: string;
  /** Null: of all of them, and of what is no agent's. */
  agentId: string | null;
}

export interface Figure {
  name: FigureName;
  key: string;
  amount: number;
}

export type PeriodUnit = 'day' | 'week' | 'month';

/** Of a range every figure by its key, added up. */
export async function readFigures(
  db: Database,
  range: FigureRange,
  names: readonly FigureName[] = FIGURES,
): Promise<Figure[]> {
  const { rows } = await sql<Figure>`
    select name, key, sum(amount::double precision) as amount from daily_figures
    where ${inRange(range, names)} group by 1, 2`.execute(db);
  return rows;
}

/** The same for each day, week or month of a range, by its first day. */
export async function readFigureSeries(
  db: Database,
  range: FigureRange,
  { unit, names }: { unit: PeriodUnit; names: readonly FigureName[] },
): Promise<(Figure & { start: string })[]> {
  const { rows } = await sql<Figure & { start: string }>`
    select date_trunc(${unit}, day::timestamp)::date::text as start, name, key,
      sum(amount::double precision) as amount
    from daily_figures where ${inRange(range, names)} group by 1, 2, 3 order by 1`.execute(db);
  return rows;
}

/** Every figure of every day and agent, in their order: what an export has. */
export async function listDailyFigures(
  db: Database,
  range: FigureRange,
): Promise<(Figure & { day: string; agentSlug: string | null })[]> {
  const { rows } = await sql<Figure & { day: string; agentSlug: string | null }>`
    select day::text as day, agent.slug as agent_slug, daily_figures.name, key,
      amount::double precision as amount
    from daily_figures left join agents as agent
      on agent.id = agent_id and agent.organization_id = daily_figures.organization_id
    where ${inRange(range, FIGURES)}
    order by 1, 2, 3, 4`.execute(db);
  return rows;
}

/**
 * Every figure of the last hours, of one key perhaps twice. Up to a day they are counted from the rows
 * themselves; beyond it so is the day in which they begin, and the days after it are added up, today's
 * among them.
 */
export async function readRecentFigures(
  db: Database,
  {
    organizationId,
    agentId,
    hours,
  }: { organizationId: string; agentId: string | null; hours: number },
): Promise<Figure[]> {
  const begin = ago(hours * 3_600_000);
  const days = hours > 24 ? await readWholeDays(db, organizationId, begin) : null;
  const counted = countFigures({
    organizationId,
    from: begin,
    to: days ? sql<Date>`${days.begin}::timestamptz` : NOW,
    timeZone: 'UTC',
  });
  const { rows } = await sql<Figure>`
    select name, key, sum(amount)::double precision as amount from (${counted}) as counted
    where ${agentId}::uuid is null or agent_id = ${agentId}::uuid group by 1, 2`.execute(db);
  if (!days) return rows;
  const { from, to } = days;
  return [...rows, ...(await readFigures(db, { organizationId, agentId, from, to }))];
}

/** Days of the organization that began after an instant, today too, and the instant they begin at. */
async function readWholeDays(
  db: Database,
  organizationId: string,
  after: RawBuilder<Date>,
): Promise<{ from: string; to: string; begin: string }> {
  const { rows } = await sql<{ from: string; to: string; begin: string }>`
    select first::text as "from", (slotline_now() at time zone zone)::date::text as "to",
      (first::timestamp at time zone zone)::text as begin
    from organization_zone(${organizationId}) as zone
    cross join lateral (select (${after} at time zone zone)::date + 1 as first) as days`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('The database did not say which day it is.');
  return row;
}

/** Today in the organization's zone, and the first of so many days of which it is the last. */
export async function readDays(
  db: Database,
  organizationId: string,
  days: number,
): Promise<{ from: string; to: string; timeZone: string }> {
  const { rows } = await sql<{ from: string; to: string; timeZone: string }>`
    select (today - ${days - 1}::integer)::text as "from", today::text as "to", zone as time_zone
    from (
      select (slotline_now() at time zone zone)::date as today, zone
      from organization_zone(${organizationId}) as zone
    ) as present`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not say which day it is.');
  return row;
}

/** When a day of the organization was counted last; null: none was. */
export async function readCountedAt(db: Database, organizationId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('figureZones')
    .select('countedAt')
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
  return row?.countedAt ?? null;
}

function inRange({ organizationId, from, to, agentId }: FigureRange, names: readonly FigureName[]) {
  return sql<boolean>`daily_figures.organization_id = ${organizationId}
    and daily_figures.name = any(${names}::text[]) and day between ${from}::date and ${to}::date
    and (${agentId}::uuid is null or agent_id = ${agentId}::uuid)`;
}
