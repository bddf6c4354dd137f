import { sql } from 'kysely';
import { ago, later, NOW } from '../clock.ts';
import { overlap, standsFirm } from '../intents/intents.ts';
import type { Database } from '../database.ts';

/** Whose holds are meant, and on what. */
export interface HoldKey {
  organizationId: string;
  calendarConnectionId: string;
  resource: string;
  callId: string;
}

export interface HeldTime {
  startAt: Date;
  endAt: Date;
}

/** Milliseconds. */
export interface HoldTimes {
  /** For how long a time is held. */
  hold: number;
  /**
   * For how long a confirmed claim certainly stands. After that it is no obstacle: the provider lists
   * the time and knows better.
   */
  believe: number;
}

/** Holds a time for a call, unless another call holds or has just claimed what overlaps it. */
export async function insertHold(
  transaction: Database,
  key: HoldKey,
  { startAt, endAt }: HeldTime,
  { hold, believe }: HoldTimes,
): Promise<boolean> {
  const { organizationId, calendarConnectionId, resource, callId } = key;
  const { rows } = await sql`
    insert into slot_holds
      (organization_id, calendar_connection_id, resource, call_id, start_at, end_at, expires_at)
    select ${organizationId}, ${calendarConnectionId}, ${resource}, ${callId}, ${startAt}, ${endAt},
      ${later(hold)}
    where not exists (
        select from slot_holds
        where calendar_connection_id = ${calendarConnectionId} and resource = ${resource}
          and ${overlap(startAt, endAt)} and call_id <> ${callId} and expires_at > slotline_now())
      and not exists (
        select from booking_intents
        where calendar_connection_id = ${calendarConnectionId} and resource = ${resource}
          and is_live and ${standsFirm(ago(believe))} and ${overlap(startAt, endAt)})
    on conflict (call_id, calendar_connection_id, start_at, end_at) do nothing
    returning id`.execute(transaction);
  return rows.length > 0;
}

/** Gives back everything that a call holds. */
export async function deleteHolds(db: Database, key: Omit<HoldKey, 'resource'>): Promise<void> {
  await db
    .deleteFrom('slotHolds')
    .where('organizationId', '=', key.organizationId)
    .where('calendarConnectionId', '=', key.calendarConnectionId)
    .where('callId', '=', key.callId)
    .execute();
}

/**
 * The times that {@link insertHold} would refuse and that overlap this one, in order of start.
 * @param believe milliseconds for which a confirmed claim certainly stands
 */
export async function listRefusedTimes(
  db: Database,
  {
    organizationId,
    calendarConnectionId,
    resource,
    callId,
    busyCalendars = [],
  }: Omit<HoldKey, 'callId'> & {
    /** Whose own holds are no obstacle; null: nobody's. */
    callId: string | null;
    /** Calendars that block this one: what is promised in them is no more free than its own. */
    busyCalendars?: readonly string[] | undefined;
  },
  { startAt, endAt }: HeldTime,
  believe: number,
): Promise<HeldTime[]> {
  const calendars = [calendarConnectionId, ...busyCalendars];
  const { rows } = await sql<HeldTime>`
    select start_at, end_at from slot_holds
      where organization_id = ${organizationId}
        and calendar_connection_id = any(${calendars}::uuid[]) and resource = ${resource}
        and ${overlap(startAt, endAt)} and call_id is distinct from ${callId}::uuid
        and expires_at > slotline_now()
    union
    select start_at, end_at from booking_intents
      where organization_id = ${organizationId}
        and calendar_connection_id = any(${calendars}::uuid[]) and resource = ${resource}
        and is_live and ${standsFirm(ago(believe))} and ${overlap(startAt, endAt)}
    order by start_at, end_at`.execute(db);
  return rows;
}

/** Forgets holds that are over; nobody heeds them any more. Answers how many there were. */
export async function purgeHolds(db: Database): Promise<number> {
  const deleted = await db.deleteFrom('slotHolds').where('expiresAt', '<', NOW).executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
