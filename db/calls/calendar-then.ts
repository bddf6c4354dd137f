import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** A calendar as it was when a call began. */
export interface CalendarThen {
  /** As the provider stores them; null where the connection is gone. */
  settings: unknown;
  standing: StandingThen[];
}

/** An appointment that stood when a call began, at the time that it had then. */
export interface StandingThen {
  appointmentId: string;
  startAt: Date;
  endAt: Date;
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
}

/**
 * Finds what stood in a calendar when a call began, as far as it is on record.
 * @param at.calledAt when the call began, by the clock of the rows
 * @param at.now what "now" was for the call: what was over by then is left out
 */
export async function findCalendarThen(
  db: Database,
  key: { organizationId: string; calendarConnectionId: string },
  at: { calledAt: Date; now: Date },
): Promise<CalendarThen> {
  const connection = await db
    .selectFrom('calendarConnections')
    .select('settings')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.calendarConnectionId)
    .executeTakeFirst();
  const { rows } = await sql<StandingThen & { before: string | null }>`
    select id as appointment_id, start_at, end_at, attendee_name as name,
      attendee_email as email, attendee_phone as phone,
      -- Where it was before a call moved it.
      (select details ->> 'before' from call_marks as mark
        where mark.organization_id = appointments.organization_id and mark.kind = 'outcome'
          and mark.details ->> 'appointmentId' = appointments.id::text
          and mark.details ->> 'before' is not null and mark.marked_at >= ${at.calledAt}
        order by mark.id limit 1) as before
    from appointments
    where organization_id = ${key.organizationId}
      and calendar_connection_id = ${key.calendarConnectionId}
      and created_at < ${at.calledAt} and end_at > ${at.now}
      and (status in ('confirmed', 'pending') or updated_at > ${at.calledAt})
    order by start_at`.execute(db);
  return {
    settings: connection?.settings ?? null,
    standing: rows.map(({ before, ...row }) => {
      if (before === null) return row;
      const startAt = new Date(before);
      const length = row.endAt.getTime() - row.startAt.getTime();
      return { ...row, startAt, endAt: new Date(startAt.getTime() + length) };
    }),
  };
}
