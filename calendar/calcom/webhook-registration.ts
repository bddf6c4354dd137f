import { z } from 'zod';
import { RequestRefusedError } from '../calendar-error.ts';
import type { CalcomClient } from './client.ts';

const WebhookSchema = z.object({
  id: z.string(),
  subscriberUrl: z.string(),
  active: z.boolean(),
  triggers: z.array(z.string()),
});
const WebhookAnswer = z.object({ data: WebhookSchema });
const WebhooksAnswer = z.object({ data: z.array(z.unknown()) });
const DeletedAnswer = z.object({ status: z.literal('success') });

/** A webhook as Cal.com has it, without its secret. */
export type CalcomWebhook = z.infer<typeof WebhookSchema>;

/** What Cal.com calls us for. There is no trigger for a confirmation: it comes as BOOKING_CREATED. */
export const CALCOM_TRIGGERS = [
  'BOOKING_CREATED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REQUESTED',
  'BOOKING_REJECTED',
];

export interface NewWebhook {
  url: string;
  /** Cal.com signs the raw body with it. */
  secret: string;
  triggers?: readonly string[];
}

/**
 * Registers a webhook of the key's owner and answers its id. One that is registered for the same
 * address is replaced: its secret cannot be read back.
 * @throws {CalendarError}
 */
export async function registerWebhook(
  client: CalcomClient,
  { url, secret, triggers = CALCOM_TRIGGERS }: NewWebhook,
): Promise<string> {
  for (const webhook of await listWebhooks(client)) {
    if (webhook.subscriberUrl === url) await removeWebhook(client, webhook.id);
  }
  const { data } = await client.call({
    method: 'POST',
    path: ['webhooks'],
    body: { active: true, subscriberUrl: url, secret, triggers },
    answer: WebhookAnswer,
  });
  return data.id;
}

/**
 * Removes a webhook; one that is gone already is no error.
 * @throws {CalendarError}
 */
export async function removeWebhook(client: CalcomClient, id: string): Promise<void> {
  try {
    await client.call({ method: 'DELETE', path: ['webhooks', id], answer: DeletedAnswer });
  } catch (error) {
    if (!(error instanceof RequestRefusedError)) throw error;
  }
}

/** @throws {CalendarError} */
export async function listWebhooks(client: CalcomClient): Promise<CalcomWebhook[]> {
  const { data } = await client.call({
    method: 'GET',
    path: ['webhooks'],
    answer: WebhooksAnswer,
  });
  // One that is odd is none of ours: it must not hide those that are.
  return data.flatMap((each) => WebhookSchema.safeParse(each).data ?? []);
}
