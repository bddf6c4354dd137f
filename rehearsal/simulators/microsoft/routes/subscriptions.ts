import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Call } from '../call.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import type { Subscription } from '../notifier.ts';

const ExpirationSchema = z.iso.datetime({ offset: true });
const NewSchema = z.object({
  changeType: z.string().regex(/^(created|updated|deleted)(,(created|updated|deleted))*$/),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: z.url().optional(),
  resource: z.string().regex(/^\/?me\/(events|calendars\/[^/]+\/events)$/),
  expirationDateTime: ExpirationSchema,
  clientState: z.string().max(128).optional(),
});
/** Milliseconds. */
const LONGEST = 10_080 * 60_000;

export async function createSubscription(call: Call): Promise<Answer> {
  const { notifier, mailbox, body, now } = call;
  const { data, error } = NewSchema.safeParse(body);
  if (error) throw badRequest('ValidationError', `Not valid: ${error.issues[0]?.path.join('.')}.`);
  const { lifecycleNotificationUrl = null, clientState = null, resource, changeType } = data;
  const { notificationUrl } = data;
  for (const url of [notificationUrl, lifecycleNotificationUrl]) {
    if (url === null || (await notifier.validate(url))) continue;
    throw badRequest('ValidationError', 'Subscription validation request failed.');
  }
  const subscription: Subscription = {
    id: randomUUID(),
    mailbox,
    resource,
    changeType,
    notificationUrl,
    lifecycleNotificationUrl,
    clientState,
    expires: expirationOf(data.expirationDateTime, now()),
  };
  notifier.subscriptions.set(subscription.id, subscription);
  return { status: 201, body: subscriptionJson(call, subscription) };
}

export function getSubscription(call: Call): Answer {
  return { status: 200, body: subscriptionJson(call, subscriptionOf(call)) };
}

export function listSubscriptions(call: Call): Answer {
  const all = [...call.notifier.subscriptions.values()].filter(
    (each) => each.mailbox === call.mailbox && each.expires > call.now(),
  );
  return { status: 200, body: { value: all.map((each) => subscriptionJson(call, each)) } };
}

export function renewSubscription(call: Call): Answer {
  const subscription = subscriptionOf(call);
  const schema = z.strictObject({ expirationDateTime: ExpirationSchema });
  const { data } = schema.safeParse(call.body);
  if (!data) throw badRequest('ValidationError', 'The expiration is not valid.');
  subscription.expires = expirationOf(data.expirationDateTime, call.now());
  return { status: 200, body: subscriptionJson(call, subscription) };
}

export function deleteSubscription(call: Call): Answer {
  call.notifier.subscriptions.delete(subscriptionOf(call).id);
  return { status: 204, body: null };
}

function subscriptionOf({ notifier, mailbox, parameters, now }: Call): Subscription {
  const found = notifier.subscriptions.get(parameters['subscriptionId'] ?? '');
  if (found && found.mailbox === mailbox && found.expires > now()) return found;
  throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
}

function expirationOf(text: string, now: number): number {
  const expires = Date.parse(text);
  if (expires > now && expires - now <= LONGEST) return expires;
  throw badRequest('ExtensionError', 'Subscription expiration can only be 10080 minutes ahead.');
}

function subscriptionJson({ root }: Call, subscription: Subscription): object {
  const { id, resource, changeType, clientState, notificationUrl, expires } = subscription;
  return {
    '@odata.context': `${root}/$metadata#subscriptions/$entity`,
    id,
    resource,
    applicationId: '00000000-0000-0000-0000-000000000006',
    changeType,
    clientState,
    notificationUrl,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: new Date(expires).toISOString(),
    creatorId: '00000000-0000-0000-0000-000000000007',
  };
}
