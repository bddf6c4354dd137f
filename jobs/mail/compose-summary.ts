import type { SummaryPayload } from '../../booking/outbox/outbox-payload.ts';
import { slotLabel } from '../../booking/times/labels.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';
import { mailTextsIn } from './words/mail-texts-in.ts';

/** Puts a call into words: what came of it, and nothing that anybody said. */
export function composeSummary(summary: SummaryPayload, now: Date): Mail {
  const { businessName, appointments, messages, language } = summary;
  const { hello, summary: texts } = mailTextsIn(language);
  // One that nobody knows would say nothing.
  const timeZone = isTimeZone(summary.timeZone) ? summary.timeZone : 'UTC';
  const done = appointments.map(({ eventName, start, status }) => {
    const when = slotLabel(new Date(start), { timeZone, now, language, withZone: true });
    return `${texts.status[status]}: ${eventName === null ? when : `${eventName}, ${when}`}`;
  });
  return {
    ...writeMail(texts.subject(businessName), [
      hello(null),
      texts.opening,
      ...(done.length === 0 ? [] : [done]),
      ...(messages === 0 ? [] : [texts.leftMessage]),
      texts.toStrangers,
      businessName,
    ]),
    calendarFile: null,
  };
}
