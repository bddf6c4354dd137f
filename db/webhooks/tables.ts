import type { Generated } from 'kysely';
import type { Instant, InstantByDefault, Json } from '../values.ts';
import type { EventFacts, EventKind } from './event-kinds.ts';

export interface WebhookEndpointsTable {
  id: Generated<string>;
  organizationId: string;
  url: string;
  description: string;
  events: EventKind[];
  enabled: Generated<boolean>;
  /** Sealed by {@link sealCredential}. */
  secret: Buffer;
  /** Sealed; the one before the last rotation. */
  previousSecret: Buffer | null;
  /** Until then it signs too. */
  previousUntil: Date | null;
  /** Of the first failure since the last success. */
  failingSince: Date | null;
  /** It had failed for days. */
  switchedOffAt: Date | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface WebhookEventsTable {
  id: Generated<string>;
  /** A bigint, which arrives as text. */
  place: Generated<string>;
  organizationId: string;
  kind: EventKind | 'webhook.test';
  /** A call, an appointment, an intent, a message or an agent. */
  subjectId: string | null;
  callId: string | null;
  facts: Json<EventFacts>;
  /** Of a test: whom alone it goes to. */
  endpointId: string | null;
  at: InstantByDefault;
  /** When it was put into words and given to the endpoints. */
  toldAt: Date | null;
  /** As it is sent; null before, and once whom it names is forgotten. */
  body: string | null;
}

export type EndpointDeliveryState = 'pending' | 'delivered' | 'failed';

export interface EndpointDeliveriesTable {
  id: Generated<string>;
  organizationId: string;
  endpointId: string;
  eventId: string;
  state: Generated<EndpointDeliveryState>;
  /** Since it was asked for the last time. */
  attempts: Generated<number>;
  dueAt: InstantByDefault;
  createdAt: InstantByDefault;
  endedAt: Date | null;
}

export interface DeliveryAttemptsTable {
  id: Generated<string>;
  organizationId: string;
  deliveryId: string;
  at: Instant;
  milliseconds: number;
  /** Null: there was no answer. */
  status: number | null;
  error: string | null;
  /** The beginning of the answer. */
  answer: string | null;
}
