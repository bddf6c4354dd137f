import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { overlap } from './intents.ts';
import type { Intent } from './intents.ts';

/*
 * Parts of the text that decides a claim. It takes no parameters: what is written into it comes from
 * the intent's row.
 */

export function isOnCalendar({ calendarConnectionId }: Intent): RawBuilder<boolean> {
  return sql`calendar_connection_id = ${sql.lit(calendarConnectionId)}`;
}

/** @param wider milliseconds that are added before and after the intent's time */
export function overlapsTime(
  { startAt, endAt }: Intent,
  { before, after } = { before: 0, after: 0 },
): RawBuilder<boolean> {
  const from = new Date(startAt.getTime() - before);
  const to = new Date(endAt.getTime() + after);
  return overlap(instant(from), instant(to));
}

export function instant(at: Date): RawBuilder<Date> {
  return sql`${sql.lit(at.toISOString())}::timestamptz`;
}

export function longAgo(milliseconds: number): RawBuilder<Date> {
  return sql`slotline_clock() - ${sql.lit(milliseconds)} * interval '1 millisecond'`;
}
