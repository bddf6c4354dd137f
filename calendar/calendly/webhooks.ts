import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WebhookUnreadableError } from '../calendar-error.ts';
import type { BookingNews } from '../calendar.ts';
import type { DeliveryName, ProviderWebhooks } from '../provider.ts';
import { newsOf } from './booking-news.ts';
import { EventSchema, InviteeSchema, isForGroups, marksOf } from './booking-record.ts';
import { openClient } from './open-client.ts';
import { signingSecretOf } from './settings.ts';
import { setupError } from './setup-error.ts';
import { findWebhook, registerWebhook, removeWebhook } from './webhook-registration.ts';
import { isSignedByCalendly } from './webhook-signature.ts';

const EnvelopeSchema = z.object({
  event: z.string().min(1).max(100),
  payload: z.looseObject({ uri: z.string().min(1) }),
});
/** Who comes, with the meeting. */
const PayloadSchema = InviteeSchema.extend({ scheduled_event: EventSchema });

/** What each event means for the booking that it tells of. */
const STATUSES: Record<string, BookingNews['status']> = {
  'invitee.created': 'confirmed',
  'invitee.canceled': 'cancelled',
};

export const calendlyWebhooks: ProviderWebhooks = {
  givenSecret(access) {
    // A personal access token lets us choose it; an application has one for all.
    if (!access.tokens) return null;
    const secret = signingSecretOf(access);
    if (secret !== null) return secret;
    const facts =
      'CALENDLY_SIGNING_SECRET is not set: Calendly signs the webhooks of an application with a key of the application’s own.';
    throw setupError('not-supported', facts);
  },
  register: (access, webhook) => registerWebhook(openClient(access), webhook),
  remove: (access, id) => removeWebhook(openClient(access), id),
  find: (access, id) => findWebhook(openClient(access), id),
  verify({ headers, rawBody }, secret, now) {
    const signature = headers['calendly-webhook-signature'];
    return isSignedByCalendly(rawBody, typeof signature === 'string' ? signature : undefined, {
      secret,
      now,
    });
  },
  nameDelivery: nameCalendlyDelivery,
  read: readCalendlyNews,
};

/**
 * An invitee comes once and is cancelled once: event and invitee tell one delivery from another,
 * however often it is sent.
 * @throws {WebhookUnreadableError}
 */
function nameCalendlyDelivery(body: unknown): DeliveryName {
  const { event: trigger, payload } = openEnvelope(body);
  // Who knows the URI may cancel where a page is open: what is compared need not carry it.
  const about = createHash('sha256').update(payload.uri).digest('base64url');
  return { trigger, deliveryKey: `${trigger}:${about}` };
}

/**
 * What a delivery says of a booking; undefined where it says nothing of one, or another delivery says
 * it: a cancellation because the attendee chose another time is told by what came in its place.
 *
 * Of what one meeting was and became the order is known without an instant. So none is said, and a list,
 * which knows what the event type is called, may say more.
 * @throws {WebhookUnreadableError} {z.ZodError} an invitee's event carries none
 */
function readCalendlyNews(body: unknown): BookingNews | undefined {
  const { event: trigger, payload } = openEnvelope(body);
  const status = Object.hasOwn(STATUSES, trigger) ? STATUSES[trigger] : undefined;
  if (status === undefined) return undefined;
  const { scheduled_event: event, ...invitee } = PayloadSchema.parse(payload);
  if (isForGroups(event)) return undefined;
  if (status === 'cancelled' && invitee.rescheduled) return undefined;
  const { root } = marksOf(invitee);
  return {
    ...newsOf({ event, invitee }, []),
    ...(root === null ? {} : { reference: root }),
    changedAt: null,
    status,
  };
}

function openEnvelope(body: unknown): z.infer<typeof EnvelopeSchema> {
  const { data, error } = EnvelopeSchema.safeParse(body);
  if (data) return data;
  throw new WebhookUnreadableError('The body is not a webhook of Calendly.', { cause: error });
}
