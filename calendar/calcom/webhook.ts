import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WebhookUnreadableError } from '../calendar-error.ts';
import type { BookingNews } from '../calendar.ts';
import type { DeliveryName } from '../provider.ts';
import { readWebhookBooking } from './webhook-booking.ts';

const EnvelopeSchema = z.looseObject({
  triggerEvent: z.string().min(1).max(100),
  createdAt: z.string().max(100).optional().catch(undefined),
  payload: z.looseObject({}).optional().catch(undefined),
});

/** Triggers whose payload is a booking, with the status each of them means where it names none. */
const BOOKING_TRIGGERS: Record<string, BookingNews['status']> = {
  BOOKING_CREATED: 'confirmed',
  BOOKING_RESCHEDULED: 'confirmed',
  BOOKING_CANCELLED: 'cancelled',
  BOOKING_REQUESTED: 'pending',
  BOOKING_REJECTED: 'rejected',
  BOOKING_PAID: undefined,
};

/**
 * Reads what tells one delivery from another: trigger, uid and the provider's instant, since there
 * is no id and no time stamp in a header. One without a uid is known by its bytes.
 * @throws {WebhookUnreadableError}
 */
export function readCalcomDelivery(body: unknown): DeliveryName {
  const { triggerEvent: trigger, createdAt, booking } = openEnvelope(body);
  const uid = booking['uid'];
  const about =
    typeof uid === 'string' && uid !== '' && createdAt !== undefined
      ? JSON.stringify([uid, createdAt])
      : JSON.stringify(body);
  return {
    trigger,
    // A uid opens a booking to anybody who knows it: what is compared need not carry it.
    deliveryKey: `${trigger}:${createHash('sha256').update(about).digest('base64url')}`,
  };
}

/**
 * What a delivery says of a booking; undefined for a trigger that says nothing of one, such as
 * MEETING_STARTED or one that Cal.com adds later.
 * @throws {WebhookUnreadableError} {z.ZodError} when a booking's trigger carries no booking
 */
export function readCalcomNews(body: unknown): BookingNews | undefined {
  const { triggerEvent, createdAt, booking } = openEnvelope(body);
  if (!Object.hasOwn(BOOKING_TRIGGERS, triggerEvent)) return undefined;
  const { status = BOOKING_TRIGGERS[triggerEvent], ...news } = readWebhookBooking(booking);
  const at = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
  return {
    ...news,
    changedAt: Number.isNaN(at) ? null : new Date(at),
    ...(status === undefined ? {} : { status }),
    ...(triggerEvent === 'BOOKING_PAID' ? { paid: true } : {}),
  };
}

/** Meetings that start or end come flat: the booking's fields beside the trigger. */
function openEnvelope(body: unknown) {
  const envelope = EnvelopeSchema.safeParse(body);
  if (!envelope.success) {
    throw new WebhookUnreadableError('The body is not a webhook of Cal.com.', {
      cause: envelope.error,
    });
  }
  return { ...envelope.data, booking: envelope.data.payload ?? envelope.data };
}
