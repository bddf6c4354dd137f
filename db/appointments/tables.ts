import type { Generated } from 'kysely';
import type {
  AppointmentStatus,
  AttendeeRecord,
  Instant,
  InstantByDefault,
  JsonByDefault,
} from '../values.ts';

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
