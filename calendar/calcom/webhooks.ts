import type { ProviderWebhooks } from '../provider.ts';
import { openClient } from './open-client.ts';
import {
  CALCOM_TRIGGERS,
  listWebhooks,
  registerWebhook,
  removeWebhook,
} from './webhook-registration.ts';
import { isSignedByCalcom } from './webhook-signature.ts';
import { readCalcomDelivery, readCalcomNews } from './webhook.ts';

export const calcomWebhooks: ProviderWebhooks = {
  alias: '/api/cal/webhook',
  register(access, { address, secret }) {
    return registerWebhook(openClient(access), { url: address, secret });
  },
  remove: (access, id) => removeWebhook(openClient(access), id),
  async find(access, wanted) {
    const webhook = (await listWebhooks(openClient(access))).find(({ id }) => id === wanted);
    if (!webhook) return undefined;
    const missing = CALCOM_TRIGGERS.filter((trigger) => !webhook.triggers.includes(trigger));
    const fault = !webhook.active
      ? 'is switched off'
      : missing.length > 0
        ? `does not send ${missing.join(', ')}`
        : null;
    return { address: webhook.subscriberUrl, fault };
  },
  verify({ headers, rawBody }, secret) {
    const signature = headers['x-cal-signature-256'];
    return isSignedByCalcom(rawBody, typeof signature === 'string' ? signature : undefined, secret);
  },
  nameDelivery: readCalcomDelivery,
  read: readCalcomNews,
};
