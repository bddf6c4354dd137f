import type { CodePayload } from '../../booking/outbox/outbox-payload.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';

/** Puts a code into words: nothing of the appointment, which it has yet to be proved that they know. */
export function composeCode({ businessName, attendee, code }: CodePayload): Mail {
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  return {
    ...writeMail(`Your code for ${businessName}`, [
      `Hello ${attendee.name},`,
      `Your code is ${spaced}. Tell it to the receptionist who has asked you for it; it is good for a few minutes.`,
      'If you are not talking with us just now, somebody else has named your address: give the code to nobody, and nothing happens.',
      businessName,
    ]),
    calendarFile: null,
  };
}
