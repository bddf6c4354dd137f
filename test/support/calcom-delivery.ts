import { createHmac } from 'node:crypto';
import { calcom } from '../../calendar/calcom/provider.ts';
import { calcomWebhooks } from '../../calendar/calcom/webhooks.ts';
import type { ReceiveDelivery } from '../../token-server/webhooks/receive-delivery.ts';

/** Hands a webhook of Cal.com in, signed, as the token server does. */
export function deliverAsCalcom(
  receive: ReceiveDelivery,
  { connectionId, body, secret }: { connectionId: string; body: string; secret: string },
): ReturnType<ReceiveDelivery> {
  const rawBody = Buffer.from(body);
  const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
  return receive({ provider: calcom.id, webhooks: calcomWebhooks }, connectionId, {
    headers: { 'x-cal-signature-256': signature },
    query: new URLSearchParams(),
    rawBody,
  });
}
