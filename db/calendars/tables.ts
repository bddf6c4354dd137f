import type { ColumnType, Generated } from 'kysely';
import type { ActorKind } from '../accounts/tables.ts';
import type {
  AppointmentStatus,
  AttendeeRecord,
  DeliveryState,
  Instant,
  InstantByDefault,
  Json,
  JsonByDefault,
} from '../values.ts';

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
  /** Sealed; null where there is a credential, or nobody signed in. */
  tokens: Buffer | null;
  /** Why its owner must sign in again; null: they need not. */
  reconnectReason: string | null;
  /** When its provider said last that something changed, and not what. */
  syncAskedAt: Date | null;
  /** The provider's id of the webhook that calls us; null where none is registered. */
  webhookId: string | null;
  /** Sealed. */
  webhookSecret: Buffer | null;
  /** Null: it is renewed when its time comes, where its provider lets it end. */
  webhookRenewalAskedAt: Date | null;
  badSignatures: Generated<number>;
  lastSyncedAt: Date | null;
  /** The provider's mark of what was read of its changes; null: everything is read anew. */
  changeCursor: string | null;
  /** Its address is none that the server's operator vouches for. */
  isGuarded: Generated<boolean>;
  disconnectedAt: Date | null;
  createdAt: InstantByDefault;
}

/** Who began a sign-in, as the audit log names them. */
export interface AuthorizationActor {
  kind: ActorKind;
  id: string | null;
  name: string;
}

/** Sign-ins at providers that were begun. */
export interface CalendarAuthorizationsTable {
  id: Generated<string>;
  organizationId: string;
  provider: string;
  stateDigest: string;
  /** Sealed. */
  verifier: Buffer;
  redirectUri: string;
  wish: Json<Record<string, unknown>>;
  actor: Json<AuthorizationActor>;
  sessionId: string | null;
  createdAt: InstantByDefault;
  expiresAt: Instant;
  usedAt: Date | null;
  endedAt: Date | null;
  calendarConnectionId: string | null;
  trouble: string | null;
}

/** Calendars that block an event beside the one that it is booked into. */
export interface EventBusyCalendarsTable {
  organizationId: string;
  bookingEventId: string;
  calendarConnectionId: string;
  /** Of one host's times; null: of everybody's. */
  hostCalendarId: string | null;
}

/** Who takes an event. */
export interface EventHostsTable {
  organizationId: string;
  bookingEventId: string;
  /** Of one host alone: who claims a time of the calendar claims the host's. */
  calendarConnectionId: string;
  name: string;
  position: number;
  /** Null: the event's. */
  availability: Json<Record<string, unknown>> | null;
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

export interface CredentialLimitsTable {
  calendarConnectionId: string;
  remaining: number;
  windowEndsAt: Instant;
}

/** How many bookings a credential has sent, where the provider counts them. */
export interface BookingBudgetsTable {
  calendarConnectionId: string;
  /** In order of time. */
  sent: Generated<Date[]>;
  /** The provider has said that it takes none until then. */
  refusedUntil: Date | null;
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
