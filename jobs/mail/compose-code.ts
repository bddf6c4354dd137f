import type { CodePayload } from '../../booking/outbox/outbox-payload.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';
import { mailTextsIn } from './words/mail-texts-in.ts';

/** Puts a code into words: nothing of the appointment, which it has yet to be proved that they know. */
export function composeCode({ businessName, attendee, code, language }: CodePayload): Mail {
  const { hello, code: texts } = mailTextsIn(language);
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  return {
    ...writeMail(texts.subject(businessName), [
      hello(attendee.name),
      texts.tell(spaced),
      texts.toStrangers,
      businessName,
    ]),
    calendarFile: null,
  };
}
