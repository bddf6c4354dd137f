import type { Generated, GeneratedAlways } from 'kysely';
import type {
  AttendeeRecord,
  Instant,
  InstantByDefault,
  IntentKind,
  IntentState,
  IntentStep,
  Json,
  JsonByDefault,
  Requester,
} from '../values.ts';

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
  /** Who asked where no call did. */
  requestedBy: Json<Requester> | null;
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
