import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/**
 * The names of every lock that lasts as long as its transaction. Two are taken in the order in
 * which they stand here: otherwise two transactions could wait for each other.
 */
export const LOCKS = {
  /** Nobody else mirrors bookings of the calendar. */
  mirror: (calendarConnectionId: string) => `mirror/${calendarConnectionId}`,
  /** Nobody else begins to change the appointment. */
  appointment: (id: string) => `appointment/${id}`,
  /** Nobody else claims or holds a time of the calendar. */
  calendar: (calendarConnectionId: string) => `${calendarConnectionId}/calendar`,
  /** Nobody else writes bookings of a calendar whose bookings lie in our own tables. */
  storedBookings: (calendarConnectionId: string) => calendarConnectionId,
  /** Nobody else takes the calendar's turn to be synchronised. */
  sync: (calendarConnectionId: string) => `sync/${calendarConnectionId}`,
  /** Nobody else counts the calls of the organization. */
  callCount: (organizationId: string) => `call-count ${organizationId}`,
  /** Nobody else changes who is a member of the organization. */
  members: (organizationId: string) => `members ${organizationId}`,
  /** Nobody else connects a calendar of the organization: an account is connected once. */
  connections: (organizationId: string) => `connections ${organizationId}`,
  /** Nobody else names a booking event of the organization. */
  bookingEvents: (organizationId: string) => `booking-events ${organizationId}`,
  /** Nobody else changes LiveKit's trunks. */
  phoneSync: 'phone-sync',
};

/** Waits for a lock, which the end of the transaction gives free. */
export async function takeLock(transaction: Database, name: string): Promise<void> {
  await sql`select ${lockNamed(sql.val(name))}`.execute(transaction);
}

/** The expression that takes it. */
export function lockNamed(name: RawBuilder<string>): RawBuilder<unknown> {
  return sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
