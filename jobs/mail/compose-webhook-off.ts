import type { WebhookOffPayload } from '../../booking/outbox/outbox-payload.ts';
import { slotLabel } from '../../booking/times/labels.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';

/** Tells an owner that an endpoint was switched off, why, and what to do. */
export function composeWebhookOff(payload: WebhookOffPayload, now: Date): Mail {
  const { organizationName, name, host, since, reason } = payload;
  const when = slotLabel(new Date(since), { timeZone: 'UTC', now, language: 'en', withZone: true });
  return {
    ...writeMail(`A webhook endpoint was switched off: ${organizationName}`, [
      name === '' ? 'Hello,' : `Hello ${name},`,
      `Your webhook endpoint at ${host} has taken nothing since ${when}, and is told nothing any more. The last attempt: ${reason}`,
      'Under "Webhooks" in the office you see every attempt. Mend the receiver, send it a test, then switch the endpoint on again; what happens until then it is not told.',
      organizationName,
    ]),
    calendarFile: null,
  };
}
