import { sql } from 'kysely';
import type { Database } from './database.ts';

/** What calls of a stretch of time came to. */
export interface WeekFigures {
  calls: number;
  /** That booked or moved something. */
  booked: number;
  messages: number;
  transferred: number;
  failed: number;
  minutes: number;
  /** False sentences that nobody heard, and that were taken back. */
  stopped: number;
  corrected: number;
  /** Milliseconds that callers waited for an answer: half of the time less; null of no answer. */
  medianLatency: number | null;
}

/** Figures of the calls that began in a stretch of time; none of a rehearsal. */
export async function readWeekFigures(
  db: Database,
  organizationId: string,
  { from, to }: { from: Date; to: Date },
): Promise<WeekFigures> {
  const { rows } = await sql<WeekFigures>`
    with meant as (
      select id, outcome, started_at, ended_at, latencies from calls
      where organization_id = ${organizationId} and rehearsal is null
        and started_at >= ${from} and started_at < ${to}
    ), marked as (
      select count(*) filter (where mark.kind = 'truth.stopped')::integer as stopped,
        count(*) filter (where mark.kind = 'truth.corrected')::integer as corrected
      from call_marks as mark
      where mark.organization_id = ${organizationId} and starts_with(mark.kind, 'truth.')
        and mark.call_id in (select id from meant)
    )
    select count(*)::integer as calls,
      count(*) filter (where outcome in ('booked', 'rescheduled'))::integer as booked,
      count(*) filter (where outcome = 'message_taken')::integer as messages,
      count(*) filter (where outcome = 'transferred')::integer as transferred,
      count(*) filter (where outcome = 'failed')::integer as failed,
      coalesce(round(sum(extract(epoch from ended_at - started_at)) / 60), 0)::integer as minutes,
      (select stopped from marked), (select corrected from marked),
      (select percentile_disc(0.5) within group (order by latency)
        from meant as answered, unnest(answered.latencies) as latency) as median_latency
    from meant`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not count.');
  return row;
}
