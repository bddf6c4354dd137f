// What columns hold: instants, states, kinds, and records in jsonb.
import type { ColumnType } from 'kysely';

/** `timestamptz`: read as Date, written as Date. */
export type Instant = ColumnType<Date, Date, Date>;
export type InstantByDefault = ColumnType<Date, Date | undefined, Date>;
/** `jsonb`: read parsed, written as a JSON string. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonByDefault<T> = ColumnType<T, string | undefined, string>;

export type CallLine = 'web' | 'phone' | 'console';
export type CallOutcome =
  | 'booked'
  | 'rescheduled'
  | 'cancelled'
  | 'transferred'
  | 'message_taken'
  | 'no_booking'
  | 'unknown'
  | 'failed';
export type TurnRole = 'caller' | 'agent';
export type IntentKind = 'book' | 'reschedule' | 'cancel';
/**
 * `attention`: the reconciler gave up, an operator must settle it; the slot stays claimed.
 * `released`: was confirmed, and its time was given back by a move or a cancellation.
 */
export type IntentState =
  | 'requested'
  | 'claimed'
  | 'confirmed'
  | 'refused'
  | 'unknown'
  | 'attention'
  | 'released';
export type AppointmentStatus = 'confirmed' | 'pending' | 'cancelled' | 'rejected';
export type MeetingLink = 'provider' | 'google_meet';
export type DeliveryState = 'received' | 'applied' | 'stale' | 'ignored' | 'failed';
/** Of messages about an appointment. */
export type OutboxKind =
  | 'booked'
  | 'rescheduled'
  | 'cancelled'
  | 'settled_booked'
  | 'settled_not_booked'
  | 'settled_rescheduled'
  | 'settled_not_rescheduled'
  | 'settled_cancelled'
  | 'settled_not_cancelled';
/** `code`: it proves who a caller is. */
export type MessageKind = OutboxKind | 'code';

/** The attendee as stored beside an intent, an appointment or a call. */
export interface AttendeeRecord {
  name: string;
  email: string | null;
  phone: string | null;
  timeZone: string;
}

/** What a call's row says of the appointment it made. Instants are ISO strings in UTC. */
export interface AppointmentDetails {
  appointmentId: string;
  reference: string;
  start: string;
  end: string;
  label: string;
  attendee: AttendeeRecord;
}

/** One step an intent took, with its instant (ISO, UTC) and the reason where there is one. */
export interface IntentStep {
  state: IntentState;
  at: string;
  reason: string | null;
}
