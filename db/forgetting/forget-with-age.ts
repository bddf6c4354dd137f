import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';
import { NOBODY, NOT_IN_AN_APPOINTMENT, NOT_IN_AN_INTENT } from './nobody.ts';
import { DEFAULT_RETENTION } from './retention.ts';
import type { Retention } from './retention.ts';

/*
 * Each forgets so many rows at most and answers how many, by the time that the row's organization
 * keeps them.
 */

/** What was said in calls. */
export function forgetTurns(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'callTurns', inOldCall('call_turns'), limit);
}

/** What tools were asked and answered. */
export function forgetToolCalls(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'toolCalls', inOldCall('tool_calls'), limit);
}

/** What was said where the record weighed it against the truth; how it weighed stays, for the figures. */
export async function forgetMarkedWords(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update call_marks set words = null where id in (
      select id from call_marks
      where words is not null and ${inOldCall('call_marks')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/** How it sounded: what is marked here a job deletes. */
export async function forgetRecordings(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update call_recordings set unwanted_at = slotline_now() where id in (
      select id from call_recordings
      where unwanted_at is null and ${inOldCall('call_recordings')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/** What agent and caller did from moment to moment: with the turns it tells nothing any more. */
export function forgetStates(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'callMarks',
    sql`kind in ('agent', 'caller') and ${inOldCall('call_marks')}`,
    limit,
  );
}

/** Who called: the call itself stays, for the figures. */
export async function forgetCallers(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update calls set caller_number = null, sip_call_id = null, appointment_details = null
    where id in (
      select id from calls
      where num_nonnulls(caller_number, sip_call_id, appointment_details) > 0
        and started_at < slotline_now() - ${kept('calls', 'callerDays')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/** Messages that somebody has seen to; one that nobody ever saw to goes after a year. */
export function forgetMessagesTaken(db: Database, limit: number): Promise<number> {
  const isOver = sql`handled_at < slotline_now() - ${kept('messages_taken', 'messageDays')}
    or handled_at is null and created_at < slotline_now() - interval '1 year'`;
  return purgeBatch(db, 'messagesTaken', isOver, limit);
}

/** Who an appointment was with. */
export async function forgetAttendees(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update appointments set ${NOT_IN_AN_APPOINTMENT} where id in (
      select id from appointments
      where forgotten_at is null
        and end_at < slotline_now() - ${kept('appointments', 'attendeeDays')}
        and ${isNoRehearsal('appointments')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/**
 * Who wished for it. A wish whose outcome nobody knows can only be settled with the attendee, so it
 * keeps them longer: for a year at least.
 */
export async function forgetWishes(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update booking_intents set ${NOT_IN_AN_INTENT} where id in (
      select id from booking_intents
      where forgotten_at is null
        and end_at < slotline_now() - ${kept('booking_intents', 'attendeeDays')}
        and (state in ('confirmed', 'refused', 'released')
          or end_at < slotline_now() - interval '1 year')
        and ${isNoRehearsal('booking_intents')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/** Who is in a calendar whose bookings lie in this database. */
export async function forgetStoredBookings(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update fake_calendar_bookings set attendee = ${NOBODY}, notes = null,
      cancellation_reason = null, forgotten_at = slotline_now()
    where id in (
      select id from fake_calendar_bookings
      where forgotten_at is null
        and end_at < slotline_now() - ${kept('fake_calendar_bookings', 'attendeeDays')}
        and ${isNoRehearsal('fake_calendar_bookings')}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows);
}

/**
 * What endpoints were told, with how it was delivered: after 30 days, and sooner where callers, messages
 * or attendees are kept for less.
 */
export function purgeEvents(db: Database, limit: number): Promise<number> {
  const isOver = sql`at < slotline_now() - least(
    interval '30 days', ${kept('webhook_events', 'callerDays')},
    ${kept('webhook_events', 'messageDays')}, ${kept('webhook_events', 'attendeeDays')})`;
  return purgeBatch(db, 'webhookEvents', isOver, limit);
}

function inOldCall(
  table: 'call_marks' | 'call_recordings' | 'call_turns' | 'tool_calls',
): RawBuilder<unknown> {
  return sql`exists (
    select from calls where calls.id = ${sql.table(table)}.call_id
      and started_at < slotline_now() - ${kept('calls', 'transcriptDays')})`;
}

/** How long the organization of a table's row keeps it. */
function kept(table: string, setting: keyof Retention): RawBuilder<unknown> {
  return sql`interval '1 day' * coalesce(
    (select ${sql.ref(setting)} from retention_settings as setting
      where setting.organization_id = ${sql.table(table)}.organization_id),
    ${DEFAULT_RETENTION[setting]}::integer)`;
}

/** A rehearsal plays days that may be long over; it is removed as a whole when it has ended. */
function isNoRehearsal(table: string): RawBuilder<unknown> {
  return sql`not exists (
    select from organizations
    where organizations.id = ${sql.table(table)}.organization_id and is_rehearsal)`;
}
