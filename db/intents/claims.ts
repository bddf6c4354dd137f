import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { busyCalendarsOf } from '../busy-calendars.ts';
import type { Database } from '../database.ts';
import { countOnDate, isInTheWay } from './claim-rule.ts';
import type { ClaimRule } from './claim-rule.ts';
import { instant, isOnCalendar, longAgo, overlapsTime } from './claimed-time.ts';
import { isIn, MAYBE_SENT, standsFirm, step, TAKEN } from './intents.ts';
import type { Intent } from './intents.ts';
import { lockNamed, LOCKS } from '../locks.ts';

/** Milliseconds. */
export interface ClaimTimes {
  /** For how long a confirmed claim certainly stands: after that the provider may have given it up. */
  believe: number;
  /** How long a write is waited for: nobody waits for a process that is dead. */
  write: number;
}

export type Claim =
  | { result: 'claimed'; intent: Intent }
  /** By a claim or a hold that certainly stands. The intent is refused. */
  | { result: 'taken' }
  /** By confirmed claims that the provider may have given up meanwhile. Nothing was written. */
  | { result: 'contested' }
  /**
   * The provider is being asked for an overlapping time that is no rival, since several can be at
   * once: what it has left is known when that is done. Nothing was written.
   */
  | { result: 'busy' }
  /** Another change of its appointment is not settled. The intent is refused. */
  | { result: 'changing' }
  /** The intent was claimed or settled already. */
  | { result: 'running' };

/** Milliseconds after its claim for which anybody waits for a write, however often it was noted since. */
const LONGEST_RUN = 60_000;
const CHANGING = 'Another change of this appointment is not settled yet.';

/**
 * Claims an intent's time: nothing live and no hold of another call overlaps, and no other change
 * of its appointment is under way; with a rule, nothing live lies within its buffers, and its date is
 * not full. A refused intent may claim again, a live or settled one may not. Of the calendars that block
 * its event nobody may have just claimed the time either: what they have had for longer, their providers
 * tell.
 *
 * One round trip, so that nobody waits for a lock that waits for a network: the locks and the
 * decision are statements of one text, of which each sees what was committed before it. Such a text
 * takes no parameters; what is written into it comes from the intent's row. An exclusion constraint
 * would decide without a lock, but deadlocks under a hot slot.
 */
export async function claimIntent(
  db: Database,
  intent: Intent,
  times: ClaimTimes,
  rule: ClaimRule | null = null,
): Promise<Claim> {
  const { appointmentId, kind } = intent;
  const locks = [
    ...(appointmentId === null
      ? []
      : [sql`select ${lockNamed(sql.lit(LOCKS.appointment(appointmentId)))}`]),
    ...(kind === 'cancel' ? [] : [lockCalendars(intent)]),
  ];
  const text = sql.join([...locks, decide(intent, times, rule)], sql.raw(';\n'));
  const { rows } = await sql<Answer>`${text}`.execute(db);
  const [answer] = rows;
  if (!answer) throw new Error('The claim was not answered.');
  const { result, ...written } = answer;
  if (result === 'contested' || result === 'busy') return { result };
  // What was not written had come to another state before.
  if (written.steps === null) return { result: 'running' };
  if (result !== 'claimed') return { result };
  return {
    result,
    intent: { ...intent, ...written, state: 'claimed', reason: null, isLive: true },
  };
}

type Answer = { result: Exclude<Claim['result'], 'running'> } & (
  | Pick<Intent, 'steps' | 'updatedAt'>
  | { steps: null; updatedAt: null }
);

/** Its own and those that block it, in one order everywhere: no two claims wait for each other. */
function lockCalendars(intent: Intent): RawBuilder<unknown> {
  const name = sql<string>`calendar::text || ${sql.lit(LOCKS.calendar(''))}`;
  return sql`select ${lockNamed(name)} from (
    select ${sql.lit(intent.calendarConnectionId)}::uuid as calendar
    union ${busyCalendarsOf(intent)} order by calendar) as calendars`;
}

function decide(intent: Intent, times: ClaimTimes, rule: ClaimRule | null): RawBuilder<unknown> {
  const date = countOnDate(intent, rule, longAgo(times.believe));
  return sql`
    with other as materialized (${listOverlapping(intent, times, rule)}),
    ${date?.rows ?? sql``} answer (result) as materialized (
      select case
        when ${isChanging(intent)} then 'changing'
        when exists (select from other where is_rival and is_firm) or ${isHeld(intent)}
          ${date ? sql`or ${date.isFirmlyFull}` : sql``} then 'taken'
        when exists (select from other where is_rival) ${date ? sql`or ${date.isFull}` : sql``}
          then 'contested'
        when exists (select from other where is_under_way) then 'busy'
        else 'claimed' end
    ), written as (
      update booking_intents
      set state = ${FATE}, reason = ${WHY}, updated_at = slotline_clock(),
        steps = steps || ${step(FATE, WHY)}
      from answer
      where id = ${sql.lit(intent.id)} and state in ('requested', 'refused')
        and result in ('claimed', 'taken', 'changing')
      returning steps, updated_at
    )
    select result, steps, updated_at from answer left join written on true`;
}

const FATE = sql`case result when 'claimed' then 'claimed' else 'refused' end`;
const WHY = sql`case result
  when 'taken' then ${sql.lit(TAKEN)} when 'changing' then ${sql.lit(CHANGING)} end`;

/** What is live and overlaps: rivals, and what the provider is being asked for beside them. */
function listOverlapping(
  intent: Intent,
  { believe, write }: ClaimTimes,
  rule: ClaimRule | null,
): RawBuilder<unknown> {
  const { kind, resource } = intent;
  return sql`
    select ${isRival(intent)} as is_rival,
      ${standsFirm(longAgo(believe))} as is_firm,
      resource <> ${sql.lit(resource)} and state in ('claimed', 'unknown')
        and updated_at > ${longAgo(write)}
        -- Of its claim, and not of its row: what was refused may be claimed again much later.
        and (select max((step ->> 'at')::timestamptz) from jsonb_array_elements(steps) as step
          where step ->> 'state' = 'claimed') > ${longAgo(LONGEST_RUN)} as is_under_way
    from booking_intents
    where ${sql.lit(kind !== 'cancel')} and ${isOverlapping(intent, rule)}
    union all
    select true, true, false from booking_intents
    where ${sql.lit(kind !== 'cancel')} and is_live and id <> ${sql.lit(intent.id)}
      and calendar_connection_id in ${busyCalendarsOf(intent)}
      and ${overlapsTime(intent)} and ${standsFirm(longAgo(believe))}`;
}

function isOverlapping(intent: Intent, rule: ClaimRule | null): RawBuilder<boolean> {
  return sql`is_live and ${isOnCalendar(intent)} and ${isInTheWay(intent, rule)}
    and id <> ${sql.lit(intent.id)}`;
}

/** Of the same resource. The time that an appointment has now does not stand in its own way. */
function isRival({ appointmentId, resource, startAt }: Intent): RawBuilder<boolean> {
  const present = sql`(select reference from appointments where id = ${sql.lit(appointmentId ?? '')})`;
  return sql`resource = ${sql.lit(resource)} ${
    appointmentId === null
      ? sql``
      : // Unless it would begin where it is said to be: no two claims ever do.
        sql`and (reference is distinct from ${present} or start_at = ${instant(startAt)})`
  }`;
}

function isHeld(intent: Intent): RawBuilder<boolean> {
  if (intent.kind === 'cancel') return sql`false`;
  const { callId, resource } = intent;
  return sql`exists (
    select from slot_holds where ${isOnCalendar(intent)} and resource = ${sql.lit(resource)}
      and ${overlapsTime(intent)} and expires_at > slotline_clock()
      ${callId === null ? sql`` : sql`and call_id <> ${sql.lit(callId)}`})`;
}

function isChanging({ id, appointmentId }: Intent): RawBuilder<boolean> {
  if (appointmentId === null) return sql`false`;
  return sql`exists (
    select from booking_intents where appointment_id = ${sql.lit(appointmentId)}
      and id <> ${sql.lit(id)} and ${isIn(MAYBE_SENT)})`;
}

/** What is in the way: a live claim, or an appointment that counts on its date and has none. */
export type Rival = Pick<Intent, 'attendee' | 'reference' | 'startAt' | 'endAt' | 'eventType'> & {
  /** Of its claim; null where it has none. */
  id: string | null;
  idempotencyKey: string | null;
  /** It certainly stands. */
  isFirm: boolean;
  /** Only by being one of too many on its date. */
  isOfDate: boolean;
};

/**
 * What is in an intent's way.
 * @param believe milliseconds for which a confirmed claim certainly stands
 */
export async function listRivals(
  db: Database,
  intent: Intent,
  believe: number,
  rule: ClaimRule | null = null,
): Promise<Rival[]> {
  const since = longAgo(believe);
  const date = countOnDate(intent, rule, since);
  const columns = sql`id, attendee, reference, idempotency_key, start_at, end_at, event_type`;
  const { rows } = await sql<Rival>`
    with ${date?.rows ?? sql``} near as (
      select ${columns}, ${standsFirm(since)} as is_firm, false as is_of_date
      from booking_intents where ${isOverlapping(intent, rule)} and ${isRival(intent)})
    select * from near
    ${date ? sql`union all select ${columns}, is_firm, true from on_date where ${date.isFull}` : sql``}
  `.execute(db);
  return rows;
}
