// What columns hold: instants, states, kinds, and records in jsonb.
import type { ColumnType } from 'kysely';

/** `timestamptz`: read as Date, written as Date. */
export type Instant = ColumnType<Date, Date, Date>;
export type InstantByDefault = ColumnType<Date, Date | undefined, Date>;
/** `jsonb`: read parsed, written as a JSON string. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonByDefault<T> = ColumnType<T, string | undefined, string>;

/** `assistant`: another platform's, which has the call; the tools alone are ours. */
export type CallLine = 'web' | 'phone' | 'console' | 'assistant';
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
/** How something was said. */
export type TurnMedium = 'speech' | 'text' | 'keys';
/**
 * Who ended a call. `limit`: of its length, or of what a visitor may send. `fault`: the line, the
 * model or a process failed.
 */
export type EndedBy = 'caller' | 'agent' | 'transfer' | 'limit' | 'fault';
/**
 * What a provider bills: tokens of each kind, those that were read before apart, and seconds of
 * sound that was written down.
 */
export type ChargedAmount =
  | 'textInput'
  | 'cachedTextInput'
  | 'audioInput'
  | 'cachedAudioInput'
  | 'imageInput'
  | 'cachedImageInput'
  | 'textOutput'
  | 'audioOutput'
  | 'seconds';
export type ChargedAmounts = Partial<Record<ChargedAmount, number>>;
export type ChargeKind = 'response' | 'transcription';
/** Of a call: its caller was told of the recording, or did not want it. */
export type RecordingState = 'announced' | 'refused';
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
/**
 * `code`: it proves who a caller is. `summary`: what came of a call. `account_link`: somebody signs in
 * with it, proves an address or sets a password. `webhook_off`: an endpoint is told nothing any more.
 * `alert`: a figure of the office has passed what was set for it.
 */
export type MessageKind =
  | OutboxKind
  | 'code'
  | 'summary'
  | 'account_link'
  | 'webhook_off'
  | 'alert';

/** On which side of its threshold a figure is told. */
export type AlertDirection = 'above' | 'below';
export type AlertState = 'quiet' | 'raised';

/** What a member of an organization is. */
export type Role = 'owner' | 'admin' | 'staff' | 'viewer';

/** Who did something in the office, or at the machine itself; the id of a user or a key. */
export interface Requester {
  kind: 'user' | 'key' | 'operator';
  id: string | null;
  name: string;
}

/** The attendee as stored beside an intent, an appointment or a call. */
export interface AttendeeRecord {
  name: string;
  email: string | null;
  phone: string | null;
  timeZone: string;
}

/** What a call's row says of the appointment it made. Instants are ISO strings in UTC. */
export interface AppointmentDetails {
  /** What was done with it last; absent in rows that are older than this field. */
  status?: 'booked' | 'requested' | 'rescheduled' | 'cancelled' | 'unconfirmed';
  appointmentId: string;
  reference: string;
  /** Where it was before it was moved, of one that was. */
  before?: string;
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

/** What a rehearsal asked of a call, so that it can be played again. */
export interface RehearsalWish {
  /** ISO 8601 with an offset. */
  clock?: string | undefined;
  faults?: readonly {
    at: string;
    kind: string;
    times: number;
    milliseconds?: number | undefined;
  }[];
  isSilent?: boolean | undefined;
}
