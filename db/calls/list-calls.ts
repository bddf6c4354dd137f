import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import type { CallLine, CallOutcome, EndedBy } from '../values.ts';

/** A call in a list of calls, with its figures. */
export interface ListedCall {
  id: string;
  agentSlug: string;
  line: CallLine;
  startedAt: Date;
  endedAt: Date | null;
  /** Null while the call goes on and nothing came of it yet. */
  outcome: CallOutcome | null;
  endedBy: EndedBy | null;
  /** For the operator. */
  endReason: string | null;
  /** E.164. */
  callerNumber: string | null;
  /** Of whom the appointment is that the call was about; null where none was made. */
  attendeeName: string | null;
  isRehearsal: boolean;
  /** Milliseconds that its caller waited for an answer: half of the time less; null of no answer. */
  medianLatency: number | null;
  longestLatency: number | null;
  /** US dollars; null where it is not known. */
  cost: number | null;
  /** How often each kind of truth mark stands in it: `{"truth.stopped": 1}`. */
  truth: Record<string, number>;
}

export type TruthFilter = 'stopped' | 'corrected' | 'any' | 'none';

export interface CallFilter {
  organizationId: string;
  agentId?: string;
  outcome?: CallOutcome;
  line?: CallLine;
  /** That were marked so: a kind of mark, any of them, or none. */
  truth?: TruthFilter;
  /** A caller's number in E.164, or how it ends. */
  number?: string;
  /** Began at this instant or later. */
  from?: Date;
  /** Began before this instant. */
  to?: Date;
  /** Rehearsals too, also those of organizations that were made for them. */
  rehearsals: boolean;
  /** The call after which the list goes on. */
  after?: string;
  limit: number;
}

/** A page of calls, newest first. */
export async function listCalls(db: Database, filter: CallFilter): Promise<ListedCall[]> {
  return readCalls(narrowedCalls(db, filter));
}

/** What {@link narrowedCalls} found. */
export async function readCalls(query: ReturnType<typeof narrowedCalls>): Promise<ListedCall[]> {
  return (await query.execute()).map(toListed);
}

/** So many calls as the filter lets through, newest first, by an index that knows their order. */
export function narrowedCalls(db: Database, filter: CallFilter) {
  const { agentId, outcome, line, truth, number, from, to, after } = filter;
  let query = callRows(db, filter);
  if (!filter.rehearsals) query = query.where('calls.rehearsal', 'is', null);
  if (agentId !== undefined) query = query.where('calls.agentId', '=', agentId);
  if (outcome !== undefined) query = query.where('calls.outcome', '=', outcome);
  if (line !== undefined) query = query.where('calls.line', '=', line);
  if (truth !== undefined) query = query.where(isMarked(truth));
  if (number !== undefined) {
    // Between it and what would follow all that begin so: by LIKE no index is used in a prepared statement.
    const ending = Array.from(number).toReversed().join('');
    query = query.where(
      sql<boolean>`reverse(calls.caller_number) ~>=~ ${ending}
        and reverse(calls.caller_number) ~<~ ${`${ending}:`}`,
    );
  }
  if (from) query = query.where('calls.startedAt', '>=', from);
  if (to) query = query.where('calls.startedAt', '<', to);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(calls.started_at, calls.id) < (select started_at, id from calls as last where last.id = ${after})`,
    );
  }
  return query.orderBy('calls.startedAt', 'desc').orderBy('calls.id', 'desc').limit(filter.limit);
}

function isMarked(truth: TruthFilter): RawBuilder<boolean> {
  const kind =
    truth === 'any' || truth === 'none' ? sql`` : sql`and mark.kind = ${`truth.${truth}`}`;
  const not = truth === 'none' ? sql`not` : sql``;
  return sql<boolean>`${not} exists (
    select from call_marks as mark
    where mark.organization_id = calls.organization_id and mark.call_id = calls.id
      and starts_with(mark.kind, 'truth.') ${kind})`;
}

/**
 * One call of the organization; undefined where there is none.
 * @param key.rehearsals whether one that a rehearsal made is meant too, also of its own organization
 */
export async function findListedCall(
  db: Database,
  { organizationId, id, rehearsals = true }: CallKeyed,
): Promise<ListedCall | undefined> {
  let query = callRows(db, { organizationId, rehearsals }).where('calls.id', '=', id);
  if (!rehearsals) query = query.where('calls.rehearsal', 'is', null);
  const row = await query.executeTakeFirst();
  return row && toListed(row);
}

export interface CallKeyed {
  organizationId: string;
  id: string;
  rehearsals?: boolean;
}

function callRows(
  db: Database,
  { organizationId, rehearsals }: Pick<CallFilter, 'organizationId' | 'rehearsals'>,
) {
  return db
    .selectFrom('calls')
    .innerJoin('agents', (join) =>
      join
        .onRef('agents.id', '=', 'calls.agentId')
        .onRef('agents.organizationId', '=', 'calls.organizationId'),
    )
    .innerJoin('organizations', 'organizations.id', 'calls.organizationId')
    .select([
      'calls.id',
      'agents.slug as agentSlug',
      'calls.line',
      'calls.startedAt',
      'calls.endedAt',
      'calls.outcome',
      'calls.endedBy',
      'calls.endReason',
      'calls.callerNumber',
      sql<string | null>`calls.appointment_details -> 'attendee' ->> 'name'`.as('attendeeName'),
      sql<boolean>`calls.rehearsal is not null or organizations.is_rehearsal`.as('isRehearsal'),
      sql<
        number | null
      >`(select percentile_disc(0.5) within group (order by one) from unnest(calls.latencies) as one)`.as(
        'medianLatency',
      ),
      sql<number | null>`(select max(one) from unnest(calls.latencies) as one)`.as(
        'longestLatency',
      ),
      // Of a call with one answer that has no known price the price is not known.
      sql<string | null>`(
        select case when count(*) = count(cost) then sum(cost) end
        from call_charges where call_id = calls.id)`.as('cost'),
      sql<Record<string, number>>`(
        select coalesce(jsonb_object_agg(kind, number), '{}') from (
          select kind, count(*) as number from call_marks
          where call_id = calls.id and starts_with(kind, 'truth.') group by kind) as counted)`.as(
        'truth',
      ),
    ])
    .where((where) =>
      where.or([
        where('calls.organizationId', '=', organizationId),
        ...(rehearsals ? [where('organizations.isRehearsal', '=', true)] : []),
      ]),
    );
}

function toListed(row: Omit<ListedCall, 'cost'> & { cost: string | null }): ListedCall {
  return { ...row, cost: row.cost === null ? null : Number(row.cost) };
}
