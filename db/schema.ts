import type { ColumnType, Generated } from 'kysely';

/** `timestamptz`: read as Date, written as Date. */
type Instant = ColumnType<Date, Date, Date>;
type InstantByDefault = ColumnType<Date, Date | undefined, Date>;
/** `jsonb`: read parsed, written as a JSON string. */
type Json<T> = ColumnType<T, string, string>;
type JsonByDefault<T> = ColumnType<T, string | undefined, string>;

export type CalendarProvider = 'fake' | 'calcom';
export type CallLine = 'web' | 'phone' | 'console';
export type CallOutcome = 'booked' | 'no_booking' | 'unknown' | 'failed';
export type TurnRole = 'caller' | 'agent';
export type IntentState = 'requested' | 'claimed' | 'confirmed' | 'refused' | 'unknown';
export type AppointmentStatus = 'confirmed' | 'cancelled';

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
  createdAt: InstantByDefault;
}

export interface CalendarConnectionsTable {
  id: Generated<string>;
  organizationId: string;
  provider: CalendarProvider;
  name: string;
  timeZone: string;
  settings: JsonByDefault<Record<string, unknown>>;
  /** Sealed by {@link sealCredential}; null where the provider needs none. */
  credential: Buffer | null;
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
  calendarConnectionId: string | null;
  eventType: string;
  durationMinutes: Generated<number>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface CallsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  roomName: string;
  line: CallLine;
  startedAt: InstantByDefault;
  endedAt: ColumnType<Date | null, Date | undefined, Date | null>;
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
  /** The provider's stable reference, once known. */
  reference: string | null;
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
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface FakeCalendarBookingsTable {
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
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface Schema {
  organizations: OrganizationsTable;
  calendarConnections: CalendarConnectionsTable;
  agents: AgentsTable;
  calls: CallsTable;
  callTurns: CallTurnsTable;
  toolCalls: ToolCallsTable;
  bookingIntents: BookingIntentsTable;
  appointments: AppointmentsTable;
  fakeCalendarBookings: FakeCalendarBookingsTable;
}
