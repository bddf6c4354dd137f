import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** `timestamptz`: read as Date, written as Date. */
type Instant = ColumnType<Date, Date, Date>;
type InstantByDefault = ColumnType<Date, Date | undefined, Date>;
/** `jsonb`: read parsed, written as a JSON string. */
type Json<T> = ColumnType<T, string, string>;
type JsonByDefault<T> = ColumnType<T, string | undefined, string>;

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

export interface OrganizationsTable {
  id: Generated<string>;
  name: string;
  /** Made by a rehearsal, and removed with it: in no list, and nobody's default. */
  isRehearsal: Generated<boolean>;
  createdAt: InstantByDefault;
}

export interface CalendarConnectionsTable {
  id: Generated<string>;
  organizationId: string;
  /** The id of one of calendar/providers.ts. */
  provider: string;
  name: string;
  timeZone: string;
  settings: JsonByDefault<Record<string, unknown>>;
  /** Sealed by {@link sealCredential}; null where the provider needs none. */
  credential: Buffer | null;
  /** The provider's id of the webhook that calls us; null where none is registered. */
  webhookId: string | null;
  /** Sealed. */
  webhookSecret: Buffer | null;
  badSignatures: Generated<number>;
  lastSyncedAt: Date | null;
  disconnectedAt: Date | null;
  createdAt: InstantByDefault;
}

export interface AgentsTable {
  id: Generated<string>;
  organizationId: string;
  /** Names the agent in addresses and token requests: unique over all organizations. */
  slug: string;
  name: string;
  businessName: string;
  instructions: Generated<string>;
  /** BCP 47. */
  language: Generated<string>;
  voice: Generated<string>;
  enabled: Generated<boolean>;
  /** E.164 or a SIP address; null: the agent takes a message instead. */
  transferTo: string | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface BookingEventsTable {
  id: Generated<string>;
  organizationId: string;
  /** Null: every agent of the organization books it. */
  agentId: string | null;
  calendarConnectionId: string;
  name: string;
  /** The provider's slug. */
  eventType: string;
  durationMinutes: Generated<number>;
  enabled: Generated<boolean>;
  organizerEmail: string | null;
  meetingLink: Generated<MeetingLink>;
  /** IANA; null: the calendar's. */
  timeZone: string | null;
  /** A local date, "2026-11-24"; null: today. */
  initialBookingDate: ColumnType<string | null, string | null | undefined, string | null>;
  offeringDays: number | null;
  slotsPerDay: number | null;
  hoursBetweenSlots: number | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface CallsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  roomName: string;
  line: CallLine;
  /** The number that was dialled; null where none was. */
  phoneNumberId: string | null;
  /** E.164; null on the web and where the caller withholds it. */
  callerNumber: string | null;
  sipCallId: string | null;
  /** On the web and while the call is open: a keyed digest of the visitor's address. */
  visitor: ColumnType<string | null, string | null | undefined, null>;
  startedAt: InstantByDefault;
  endedAt: ColumnType<Date | null, Date | undefined, Date | null>;
  /** When the process that has the call last said so. */
  lastSignAt: InstantByDefault;
  outcome: CallOutcome | null;
  /** For the operator: why the call ended as it did. */
  endReason: string | null;
  appointmentDetails: ColumnType<AppointmentDetails | null, string | undefined, string | null>;
  usage: ColumnType<Record<string, number> | null, string | undefined, string | null>;
}

export interface CallTurnsTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  role: TurnRole;
  text: string;
  interrupted: Generated<boolean>;
  saidAt: InstantByDefault;
}

export interface ToolCallsTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  name: string;
  arguments: Json<unknown>;
  result: ColumnType<unknown, string | undefined, string | null>;
  error: string | null;
  startedAt: InstantByDefault;
  endedAt: ColumnType<Date | null, Date | undefined, Date | null>;
}

export interface BookingIntentsTable {
  id: Generated<string>;
  organizationId: string;
  calendarConnectionId: string;
  callId: string | null;
  eventType: string;
  /** What cannot be in two places: the calendar's owner, a host, a room. */
  resource: string;
  /** Unique in the organization; also handed to the provider, so that a booking can be found by it. */
  idempotencyKey: string;
  startAt: Instant;
  endAt: Instant;
  attendee: Json<AttendeeRecord>;
  state: IntentState;
  reason: string | null;
  steps: Json<IntentStep[]>;
  kind: Generated<IntentKind>;
  agentId: string | null;
  bookingEventId: string | null;
  /** The appointment that a reschedule or cancel is about. */
  appointmentId: string | null;
  notes: string | null;
  answers: JsonByDefault<Record<string, string>>;
  organizerEmail: string | null;
  /** How often the reconciler looked. */
  attempts: Generated<number>;
  /** Takes part in the claims of its calendar. */
  isLive: GeneratedAlways<boolean>;
  /** The provider's stable reference, once known. */
  reference: string | null;
  /** Since then nobody is named in it. */
  forgottenAt: Date | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface AppointmentsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string | null;
  callId: string | null;
  calendarConnectionId: string;
  intentId: string | null;
  eventType: string;
  /** The provider's stable reference: unique in a calendar connection. */
  reference: string;
  startAt: Instant;
  endAt: Instant;
  status: AppointmentStatus;
  attendeeName: string;
  attendeeEmail: string | null;
  attendeePhone: string | null;
  timeZone: string;
  notes: string | null;
  cancellationReason: string | null;
  bookingEventId: string | null;
  source: Generated<'slotline' | 'provider'>;
  /** The provider's present uid, where it changes when a booking moves. A secret, as is the reference. */
  providerUid: string | null;
  title: string | null;
  description: string | null;
  location: string | null;
  organizerName: string | null;
  organizerEmail: string | null;
  attendees: JsonByDefault<AttendeeRecord[]>;
  responses: JsonByDefault<Record<string, unknown>>;
  metadata: JsonByDefault<Record<string, unknown>>;
  paid: Generated<boolean>;
  paymentId: string | null;
  /** The provider's own instant of its newest known change. */
  providerChangedAt: Date | null;
  /** Since then nobody is named in it. */
  forgottenAt: Date | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface CallerGuessesTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  /** The number of the line or the digest of a visitor's address; null where neither is known. */
  caller: string | null;
  /** In lower case; null where the number of the line stands for it. */
  email: string | null;
  proved: Generated<boolean>;
  guessedAt: InstantByDefault;
}

export interface MailedCodesTable {
  id: Generated<string>;
  organizationId: string;
  /** The call that asked for it: in no other it proves anything. */
  callId: string;
  /** In lower case. */
  email: string;
  /** Six digits. */
  code: string;
  tries: Generated<number>;
  mailedAt: InstantByDefault;
  expiresAt: Instant;
  usedAt: ColumnType<Date | null, Date | undefined, Date>;
}

export interface SlotHoldsTable {
  id: Generated<string>;
  organizationId: string;
  calendarConnectionId: string;
  resource: string;
  startAt: Instant;
  endAt: Instant;
  callId: string;
  expiresAt: Instant;
}

export interface WebhookDeliveriesTable {
  id: Generated<string>;
  organizationId: string;
  calendarConnectionId: string;
  trigger: string;
  /** Trigger, uid and the provider's instant: the same news comes twice. */
  deliveryKey: string;
  /** As it came until it is applied; then only what is used of it. */
  payload: Json<unknown>;
  /** The booking it is about, once it is read; the provider's uid of that time. */
  uid: string | null;
  /** The uid this booking had before it moved. */
  previousUid: string | null;
  /** The provider's own instant of the news. */
  changedAt: Date | null;
  state: Generated<DeliveryState>;
  reason: string | null;
  receivedAt: InstantByDefault;
  settledAt: Date | null;
  /** How often it was tried in vain. */
  attempts: Generated<number>;
  /** When it is tried next; null: not any more. */
  dueAt: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

export interface CalendarSyncsTable {
  id: Generated<string>;
  organizationId: string;
  calendarConnectionId: string;
  startedAt: InstantByDefault;
  endedAt: Date | null;
  seen: Generated<number>;
  /** Bookings that the mirror did not have. */
  missing: Generated<number>;
  /** Bookings whose time or status differed in the mirror. */
  changed: Generated<number>;
  error: string | null;
}

export interface OutboxMessagesTable {
  id: Generated<string>;
  organizationId: string;
  kind: MessageKind;
  /** Unique in the organization: what is sent once. */
  messageKey: string;
  appointmentId: string | null;
  intentId: string | null;
  /** An e-mail address. */
  recipient: string;
  payload: Json<Record<string, unknown>>;
  state: Generated<'pending' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  /** Not before this is it sent, or tried again. */
  dueAt: InstantByDefault;
  lastError: string | null;
  createdAt: InstantByDefault;
  sentAt: Date | null;
}

export interface CredentialLimitsTable {
  calendarConnectionId: string;
  remaining: number;
  windowEndsAt: Instant;
}

export interface SipTrunksTable {
  id: Generated<string>;
  organizationId: string;
  name: string;
  /** Addresses or networks that calls may come from. */
  allowedAddresses: ColumnType<string[], string[] | undefined, string[]>;
  authUsername: string | null;
  /** Sealed. */
  authPassword: Buffer | null;
  livekitTrunkId: string | null;
  /** It is removed after its rehearsal, at the latest within a day. */
  isRehearsal: Generated<boolean>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface PhoneNumbersTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  sipTrunkId: string;
  /** E.164, unique over all organizations. */
  number: string;
  label: Generated<string>;
  /** Whether calls to it are answered. */
  inbound: Generated<boolean>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface CallLimitsTable {
  organizationId: string;
  callsAtOnce: Generated<number>;
  callsPerCallerAnHour: Generated<number>;
  longestCallMinutes: Generated<number>;
  callsPerVisitorAtOnce: Generated<number>;
  /** Percent of `callsAtOnce`. */
  keptForPhone: Generated<number>;
}

export interface OpenedRoomsTable {
  id: Generated<string>;
  name: string;
  openedAt: InstantByDefault;
  closedAt: ColumnType<Date | null, never, Date>;
}

export interface ServerNoticesTable {
  name: string;
  noticedAt: InstantByDefault;
}

export interface BlockedCallersTable {
  organizationId: string;
  /** E.164. */
  number: string;
  reason: Generated<string>;
  createdAt: InstantByDefault;
}

export interface MessagesTakenTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  callId: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  email: string | null;
  text: string;
  createdAt: InstantByDefault;
  handledAt: Date | null;
}

/** Days. */
export interface RetentionSettingsTable {
  organizationId: string;
  transcriptDays: Generated<number>;
  callerDays: Generated<number>;
  messageDays: Generated<number>;
  attendeeDays: Generated<number>;
}

/** Bookings of calendars whose provider keeps none. */
export interface StoredBookingsTable {
  id: Generated<string>;
  organizationId: string;
  calendarConnectionId: string;
  eventType: string;
  /** The root reference a caller of the calendar sees; stays the same when the booking moves. */
  uid: string;
  idempotencyKey: string;
  startAt: Instant;
  endAt: Instant;
  status: AppointmentStatus;
  attendee: Json<AttendeeRecord>;
  notes: string | null;
  cancellationReason: string | null;
  /** Since then nobody is named in it. */
  forgottenAt: Date | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface Schema {
  organizations: OrganizationsTable;
  calendarConnections: CalendarConnectionsTable;
  agents: AgentsTable;
  bookingEvents: BookingEventsTable;
  calls: CallsTable;
  callTurns: CallTurnsTable;
  toolCalls: ToolCallsTable;
  bookingIntents: BookingIntentsTable;
  appointments: AppointmentsTable;
  fakeCalendarBookings: StoredBookingsTable;
  callerGuesses: CallerGuessesTable;
  mailedCodes: MailedCodesTable;
  slotHolds: SlotHoldsTable;
  webhookDeliveries: WebhookDeliveriesTable;
  calendarSyncs: CalendarSyncsTable;
  outboxMessages: OutboxMessagesTable;
  credentialLimits: CredentialLimitsTable;
  sipTrunks: SipTrunksTable;
  phoneNumbers: PhoneNumbersTable;
  callLimits: CallLimitsTable;
  openedRooms: OpenedRoomsTable;
  serverNotices: ServerNoticesTable;
  blockedCallers: BlockedCallersTable;
  messagesTaken: MessagesTakenTable;
  retentionSettings: RetentionSettingsTable;
}
