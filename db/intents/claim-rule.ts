import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { instant, isOnCalendar, overlapsTime } from './claimed-time.ts';
import { standsFirm } from './intents.ts';
import type { Intent } from './intents.ts';

/**
 * What an event keeps beside its time in a calendar that knows no such rules. The calendar itself
 * shows what was written; of two that claim in the same moment neither is, and the claim decides.
 */
export interface ClaimRule {
  /** Milliseconds kept free before and after, against bookings of other event types. */
  before: number;
  after: number;
  /** Bookings of the event type that may begin on the wish's date; null: any number. */
  dailyMaximum: number | null;
  /** The wish's local date; its end is the next one's beginning. */
  date: { from: Date; to: Date };
}

/**
 * What has to be free round a claim, in milliseconds: between two of one event type one buffer serves
 * both, the larger.
 */
export function marginsOf(
  rule: ClaimRule | null,
  isSameEvent: boolean,
): { before: number; after: number } {
  const { before = 0, after = 0 } = rule ?? {};
  const between = Math.max(before, after);
  return isSameEvent ? { before: between, after: between } : { before, after };
}

/** Whether a row's time lies within an intent's, or within the buffers round it. */
export function isInTheWay(intent: Intent, rule: ClaimRule | null): RawBuilder<boolean> {
  const [own, other] = [marginsOf(rule, true), marginsOf(rule, false)];
  // What the index serves: the buffers between two of one event are the widest.
  const isNear = overlapsTime(intent, own);
  if (other.before === own.before && other.after === own.after) return isNear;
  return sql`(${isNear} and case when event_type = ${sql.lit(intent.eventType)} then true
    else ${overlapsTime(intent, other)} end)`;
}

/** The rows that count on an intent's date, and whether they fill it. */
interface DateCount {
  /** A common table expression, with a comma behind it. */
  rows: RawBuilder<unknown>;
  isFull: RawBuilder<boolean>;
  /** By those alone that certainly stand. */
  isFirmlyFull: RawBuilder<boolean>;
}

/**
 * What stands of the event on the wish's date, but for the appointment that is moved: live claims, and
 * appointments that have none, such as those that somebody moved in their calendar program. Null where
 * any number may stand.
 */
export function countOnDate(
  intent: Intent,
  rule: ClaimRule | null,
  believedSince: RawBuilder<Date>,
): DateCount | null {
  if (!rule || rule.dailyMaximum === null || intent.kind === 'cancel') return null;
  const { id, organizationId, appointmentId, eventType } = intent;
  const { from, to } = rule.date;
  const isCounted = sql`${isOnCalendar(intent)} and event_type = ${sql.lit(eventType)}
    and start_at >= ${instant(from)} and start_at < ${instant(to)}`;
  const moved = appointmentId === null ? null : sql.lit(appointmentId);
  const most = sql.lit(rule.dailyMaximum);
  return {
    rows: sql`on_date as materialized (
      select id, attendee, reference, idempotency_key, start_at, end_at, event_type,
        ${standsFirm(believedSince)} as is_firm
      from booking_intents
      where is_live and ${isCounted} and id <> ${sql.lit(id)}
        and end_at > ${instant(from)} and end_at < ${instant(to)} + interval '1 day 1 hour'
        ${moved ? sql`and reference is distinct from (select reference from appointments where id = ${moved})` : sql``}
      union all
      select null, jsonb_build_object('name', attendee_name, 'email', attendee_email,
          'phone', attendee_phone, 'timeZone', time_zone), reference, null, start_at, end_at,
        event_type, false
      from appointments as appointment
      where organization_id = ${sql.lit(organizationId)} and ${isCounted}
        and status in ('confirmed', 'pending') ${moved ? sql`and id <> ${moved}` : sql``}
        and not exists (select from booking_intents where is_live and ${isOnCalendar(intent)}
          and reference = appointment.reference)),`,
    isFull: sql`(select count(*) from on_date) >= ${most}`,
    isFirmlyFull: sql`(select count(*) from on_date where is_firm) >= ${most}`,
  };
}
