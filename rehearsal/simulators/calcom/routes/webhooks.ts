import { randomUUID } from 'node:crypto';
import { HttpError, PropertiesError } from '../api-error.ts';
import { callerOf, success, type Answer, type Call } from '../call.ts';
import type { Webhook } from '../model.ts';
import { asTextOrNull } from '../as-text.ts';

/** Everything that can be subscribed to. A booking's confirmation cannot. */
const TRIGGERS =
  'BOOKING_CREATED, BOOKING_PAYMENT_INITIATED, BOOKING_PAID, BOOKING_RESCHEDULED, BOOKING_REQUESTED, BOOKING_CANCELLED, BOOKING_REJECTED, BOOKING_NO_SHOW_UPDATED, FORM_SUBMITTED, MEETING_ENDED, MEETING_STARTED, RECORDING_READY, RECORDING_TRANSCRIPTION_GENERATED, OOO_CREATED, AFTER_HOSTS_COACHOS_VIDEO_NO_SHOW, AFTER_GUESTS_COACHOS_VIDEO_NO_SHOW, FORM_SUBMITTED_NO_EVENT, DELEGATION_CREDENTIAL_ERROR, WRONG_ASSIGNMENT_REPORT';

export function listWebhooks(call: Call): Answer {
  const { id } = callerOf(call);
  return success([...call.state.webhooks.values()].filter((each) => each.userId === id));
}

export function getWebhook(call: Call): Answer {
  return success(findWebhook(call));
}

export function createWebhook(call: Call): Answer {
  const { id: userId } = callerOf(call);
  const { active, payloadTemplate, secret, subscriberUrl, triggers } = call.body;
  refuseUnknownTriggers(call.body);
  if (typeof subscriberUrl !== 'string') {
    const constraints = { isString: 'subscriberUrl must be a string' };
    throw new PropertiesError(call.body, [{ property: 'subscriberUrl', constraints }]);
  }
  for (const each of call.state.webhooks.values()) {
    if (each.userId === userId && each.subscriberUrl === subscriberUrl) {
      throw new HttpError(409, 'Webhook with this subscriber url already exists for this user');
    }
  }
  const webhook: Webhook = {
    id: randomUUID(),
    payloadTemplate: asTextOrNull(payloadTemplate),
    triggers: triggers as string[],
    subscriberUrl,
    active: active === true,
    secret: asTextOrNull(secret),
    userId,
  };
  call.state.webhooks.set(webhook.id, webhook);
  return success(webhook, { status: 201 });
}

export function updateWebhook(call: Call): Answer {
  const webhook = findWebhook(call);
  if (call.body['triggers'] !== undefined) refuseUnknownTriggers(call.body);
  const { active, payloadTemplate, secret, subscriberUrl, triggers } = {
    ...webhook,
    ...call.body,
  };
  Object.assign(webhook, { active, payloadTemplate, secret, subscriberUrl, triggers });
  return success(webhook);
}

export function deleteWebhook(call: Call): Answer {
  const webhook = findWebhook(call);
  call.state.webhooks.delete(webhook.id);
  return success(webhook);
}

function findWebhook(call: Call): Webhook {
  const id = call.parameters['webhookId'] ?? '';
  const webhook = call.state.webhooks.get(id);
  if (webhook === undefined || webhook.userId !== callerOf(call).id) {
    throw new HttpError(404, `Webhook with id ${id} not found`);
  }
  return webhook;
}

function refuseUnknownTriggers(body: Record<string, unknown>): void {
  const { triggers } = body;
  const known = new Set(TRIGGERS.split(', '));
  if (Array.isArray(triggers) && triggers.every((each) => known.has(String(each)))) return;
  const isEnum = `each value in triggers must be one of the following values: ${TRIGGERS}`;
  const fault = { property: 'triggers', value: triggers, constraints: { isEnum } };
  throw new PropertiesError(body, [fault]);
}
