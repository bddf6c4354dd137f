import type { AccountLinkPayload } from '../../booking/outbox/outbox-payload.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';

const WORDS = {
  'verify-email': {
    subject: 'Confirm your e-mail address',
    opening: 'Open this link to confirm that this address is yours:',
    closing: 'If you did not ask for it, ignore this mail.',
  },
  'reset-password': {
    subject: 'Choose a new password',
    opening: 'Open this link to choose a new password. It works once:',
    closing: 'If you did not ask for it, ignore this mail: your password stays as it is.',
  },
  invitation: {
    subject: 'You are invited',
    opening:
      'You are invited to the office of this receptionist. Open this link to join; it works once:',
    closing: 'If you do not know who invited you, ignore this mail.',
  },
} satisfies Record<AccountLinkPayload['purpose'], object>;

/** Puts a link of the office into words. */
export function composeAccountLink(payload: AccountLinkPayload): Mail {
  const { purpose, organizationName, name, url } = payload;
  const { subject, opening, closing } = WORDS[purpose];
  return {
    ...writeMail(`${subject}: ${organizationName}`, [
      name === '' ? 'Hello,' : `Hello ${name},`,
      opening,
      url,
      closing,
      organizationName,
    ]),
    calendarFile: null,
  };
}
