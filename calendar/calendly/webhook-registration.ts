import { z } from 'zod';
import { RequestRefusedError } from '../calendar-error.ts';
import type { RegisteredWebhook } from '../provider.ts';
import { readAccount } from './account.ts';
import type { CalendlyClient } from './client.ts';
import { idOf } from './event-type.ts';
import { readPages } from './read-pages.ts';
import { refusalOf } from './refusal.ts';

const SubscriptionSchema = z.object({
  uri: z.string(),
  callback_url: z.string(),
  state: z.string(),
  events: z.array(z.string()),
});
const SubscriptionAnswer = z.object({ resource: SubscriptionSchema });

const RESOURCE = 'webhook_subscriptions';

/** What Calendly calls us for. A move by the attendee comes as both. */
const EVENTS = ['invitee.created', 'invitee.canceled'];

/**
 * Subscribes to what happens to the token's owner, and answers the subscription's id. One of the same
 * address is replaced: its signing key cannot be read back.
 * @throws {CalendarError}
 */
export async function registerWebhook(
  client: CalendlyClient,
  { address, secret }: { address: string; secret: string },
): Promise<string> {
  const { uri: user, organization } = await readAccount(client);
  const query = { organization, user, scope: 'user' };
  for (const each of await readPages(client, { path: [RESOURCE], query })) {
    const { data } = SubscriptionSchema.safeParse(each);
    if (data?.callback_url === address) await removeWebhook(client, idOf(data.uri));
  }
  const { resource } = await client.call({
    method: 'POST',
    path: [RESOURCE],
    body: { url: address, events: EVENTS, ...query, signing_key: secret },
    answer: SubscriptionAnswer,
  });
  return idOf(resource.uri);
}

/**
 * Removes a subscription; one that is gone already is no error.
 * @throws {CalendarError}
 */
export async function removeWebhook(client: CalendlyClient, id: string): Promise<void> {
  await orGone(client.call({ method: 'DELETE', path: [RESOURCE, id], answer: z.unknown() }));
}

/**
 * The subscription as Calendly has it; undefined where it is gone.
 * @throws {CalendarError}
 */
export async function findWebhook(
  client: CalendlyClient,
  id: string,
): Promise<RegisteredWebhook | undefined> {
  const found = await orGone(
    client.call({ method: 'GET', path: [RESOURCE, id], answer: SubscriptionAnswer }),
  );
  if (!found) return undefined;
  const { callback_url: address, state, events } = found.resource;
  const missing = EVENTS.filter((event) => !events.includes(event));
  const fault =
    state !== 'active'
      ? 'was switched off by Calendly, which it does after a day without an answer: connect the calendar again'
      : missing.length > 0
        ? `does not send ${missing.join(', ')}`
        : null;
  return { address, fault };
}

async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RequestRefusedError && refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}
