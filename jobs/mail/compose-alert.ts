import type { AlertPayload } from '../../booking/outbox/outbox-payload.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';

/** Tells an owner or an admin of the office that a figure has passed what was set for it. */
export function composeAlert(alert: AlertPayload): Mail {
  const { name, words, value, threshold, hours, isRaised, organizationName } = alert;
  const over = hours === null ? '' : ` over the last ${hours === 1 ? 'hour' : `${hours} hours`}`;
  return {
    ...writeMail(`${isRaised ? 'Alert' : 'Over'}: ${name} (${organizationName})`, [
      alert.recipientName === '' ? 'Hello,' : `Hello ${alert.recipientName},`,
      isRaised ? `An alert was raised: ${name}.` : `An alert is over: ${name}.`,
      [`${words}: ${value}${over}.`, `Set for it: ${threshold}.`],
      'The office shows more under Analytics and Alerts.',
      organizationName,
    ]),
    calendarFile: null,
  };
}
