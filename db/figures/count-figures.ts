import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { BUCKETS } from './buckets.ts';

/** What is counted: the organization's, of what began at `from` or later and before `to`. */
export interface CountedRange {
  organizationId: string;
  from: RawBuilder<Date>;
  to: RawBuilder<Date>;
  /** IANA: hours and weekdays are told in it. */
  timeZone: string;
}

/** Every figure by its name; what its keys are, and what it counts. */
export const FIGURES = [
  /** Calls. */
  'calls',
  /** Calls by "2-09": the ISO weekday and the hour. */
  'hour',
  /** Calls by outcome; "open" while nothing came of them. */
  'outcome',
  /** Calls by line. */
  'line',
  /** Milliseconds of calls that have ended, by line. */
  'line_ms',
  /** Calls that came so far: "asked", "offered", "chosen", "details", "booked". */
  'funnel',
  /** Appointments that calls made: "made", and of these "pending" and "cancelled" by now. */
  'appointment',
  /** Answers by how long they were waited for: the least milliseconds of the bucket. */
  'answer_ms',
  /** Tools that have ended, likewise. */
  'tool_ms',
  /** "claims", "corrected", "stopped"; of changes "unconfirmed" now, and "settled" that were so. */
  'truth',
  /** Wishes for times, by "2/morning", and those of them for which nothing was free. */
  'wished',
  'unmet',
  /** The same by booking event. */
  'wished_event',
  'unmet_event',
  /** What a model was given and gave, by its name and the kind: tokens, or milliseconds of sound. */
  'tokens',
  /** Billionths of a US dollar, by model. */
  'cost',
  /** Answers without a known price, by model. */
  'unpriced',
  /** Messages: "taken", and of these "answered" and "in_time". */
  'message',
  /** News of a calendar, by "connection/state". */
  'delivery',
  /** Syncs of a calendar, by "connection/" and "runs", "failed", "seen", "missing", "changed". */
  'sync',
] as const;

export type FigureName = (typeof FIGURES)[number];

/** Within these hours a message is answered in time, and one that cannot wait. */
const ANSWER_WITHIN = { usual: 24, urgent: 2 };

/**
 * Counts every figure of a range: rows of `agent_id`, `name`, `key` and `amount`, of one key perhaps
 * several. Calls that rehearsals made count nowhere.
 */
export function countFigures({ organizationId, from, to, timeZone }: CountedRange) {
  const own = sql`organization_id = ${organizationId}`;
  const within = (column: string): RawBuilder<boolean> =>
    sql`${own} and ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`;
  return sql<{ agentId: string | null; name: FigureName; key: string; amount: string }>`
    with these as materialized (
      select id, agent_id, line, started_at, ended_at, outcome, latencies from calls
      where ${within('started_at')} and rehearsal is null
    ), charged as materialized (
      select these.agent_id, charge.model, charge.amounts, charge.cost
      from these join call_charges as charge on charge.call_id = these.id
    ), marked as materialized (
      select these.agent_id, mark.kind, mark.details
      from these join call_marks as mark on mark.call_id = these.id
      where mark.kind in ('wish', 'claims') or starts_with(mark.kind, 'truth.')
    ), intended as materialized (
      select these.agent_id, intent.call_id, intent.kind, intent.state, intent.steps
      from these join booking_intents as intent on intent.call_id = these.id
    ), worked as materialized (
      select these.agent_id, tool.call_id, tool.step, tool.milliseconds
      from these join tool_figures as tool on tool.call_id = these.id
    ), reached as (
      select agent_id, max(step) as step from (
        select agent_id, call_id, step from worked
        union all
        select agent_id, call_id, 5 from intended
        where kind = 'book' and state in ('confirmed', 'released')
      ) as steps group by agent_id, call_id
    )
    select agent_id, 'calls' as name, '' as key, count(*) as amount from these group by 1
    union all
    select agent_id, 'hour', to_char(started_at at time zone ${timeZone}::text, 'ID-HH24'), count(*)
      from these group by 1, 3
    union all
    select agent_id, 'outcome', coalesce(outcome, 'open'), count(*) from these group by 1, 3
    union all
    select agent_id, 'line', line, count(*) from these group by 1, 3
    union all
    select agent_id, 'line_ms', line, sum(milliseconds_between(started_at, ended_at)::bigint)
      from these where ended_at is not null group by 1, 3
    union all
    select agent_id, 'funnel', stage.name, count(*)
      from reached join (values
        ('asked', 1), ('offered', 2), ('chosen', 3), ('details', 4), ('booked', 5)
      ) as stage (name, step) on reached.step >= stage.step group by 1, 3
    union all
    select these.agent_id, 'appointment', fate.name, count(*)
      from these join appointments as appointment on appointment.call_id = these.id
      join (values ('made', null), ('pending', 'pending'), ('cancelled', 'cancelled'),
        ('cancelled', 'rejected')) as fate (name, status)
        on fate.status is null or fate.status = appointment.status group by 1, 3
    union all
    select agent_id, 'answer_ms', ${bucketOf('ms')}, count(*)
      from these cross join unnest(latencies) as ms group by 1, 3
    union all
    select agent_id, 'tool_ms', ${bucketOf('milliseconds')}, count(*)
      from worked where milliseconds is not null group by 1, 3
    union all
    select agent_id, 'truth', case kind when 'claims' then kind else substr(kind, 7) end,
        sum(case when kind <> 'claims' then 1
          when jsonb_typeof(details -> 'made') = 'number' then (details ->> 'made')::integer end)
      from marked where kind <> 'wish' group by 1, 3
    union all
    select agent_id, 'truth', 'unconfirmed', count(*)
      from intended where state in ('unknown', 'attention') group by 1
    union all
    select agent_id, 'truth', 'settled', count(*)
      from intended where state in ('confirmed', 'refused', 'released')
        and steps @> '[{"state": "unknown"}]' group by 1
    union all
    select agent_id, figure.name, figure.key, count(*)
      from marked cross join lateral (values
        ('wished', concat(details ->> 'weekday', '/', details ->> 'part'), true),
        ('unmet', concat(details ->> 'weekday', '/', details ->> 'part'), false),
        ('wished_event', details ->> 'event', true),
        ('unmet_event', details ->> 'event', false)
      ) as figure (name, key, of_all)
      where kind = 'wish' and figure.key is not null
        and (of_all or details ->> 'isFree' = 'false') group by 1, 2, 3
    union all
    select agent_id, 'tokens', concat(model, ' ', kind.name),
        sum(round(kind.amount::numeric * case kind.name when 'seconds' then 1000 else 1 end))
      from charged cross join lateral jsonb_each_text(amounts) as kind (name, amount) group by 1, 3
    union all
    select agent_id, 'cost', model, sum(round(cost * 1000000000))
      from charged where cost is not null group by 1, 3
    union all
    select agent_id, 'unpriced', model, count(*) from charged where cost is null group by 1, 3
    union all
    select agent_id, 'message', fate.name, count(*)
      from message_figures as message join (values
        ('taken', null), ('answered', interval '1000 years'),
        ('in_time', interval '0')) as fate (name, more)
        on fate.more is null or answered_at <= taken_at + fate.more
          + interval '1 hour' * case when urgent
              then ${ANSWER_WITHIN.urgent}::integer else ${ANSWER_WITHIN.usual}::integer end
      where ${within('taken_at')}
        and not exists (select from calls where id = message.call_id and rehearsal is not null)
      group by 1, 3
    union all
    select null, 'delivery', concat(calendar_connection_id, '/', state), count(*)
      from delivery_figures where ${within('received_at')} group by 3
    union all
    select null, 'sync', concat(calendar_connection_id, '/', part.name), sum(part.amount)
      from sync_figures cross join lateral (values
        ('runs', 1), ('failed', failed::integer), ('seen', seen), ('missing', missing),
        ('changed', changed)) as part (name, amount)
      where ${within('started_at')} group by 3`;
}

/** The bucket of so many milliseconds, by the least of it. */
function bucketOf(milliseconds: string): RawBuilder<string> {
  const bounds = sql`${sql.lit(`{${BUCKETS.join(',')}}`)}::integer[]`;
  return sql`(${bounds})[width_bucket(${sql.ref(milliseconds)}, ${bounds})]::text`;
}
