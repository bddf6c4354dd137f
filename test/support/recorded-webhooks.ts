import { readFileSync } from 'node:fs';

/** A webhook as Cal.com sent it. */
export interface RecordedWebhook {
  triggerEvent: string;
  secret: string;
  headers: Record<string, string>;
  rawBody: string;
}

/** The recorded webhooks, in the order in which they were sent. */
export const recordedWebhooks = JSON.parse(
  readFileSync(new URL('../fixtures/calcom/recorded/webhooks.json', import.meta.url), 'utf8'),
) as RecordedWebhook[];
