import type { SummaryPayload } from '../../booking/outbox/outbox-payload.ts';
import { slotLabel } from '../../booking/times/labels.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { writeMail } from './compose-mail.ts';
import type { Mail } from './compose-mail.ts';

const STATUS = {
  booked: 'Booked',
  requested: 'Requested, and yet to be accepted',
  cancelled: 'Cancelled',
  unconfirmed: 'Not confirmed yet',
};

/** Puts a call into words: what came of it, and nothing that anybody said. */
export function composeSummary(summary: SummaryPayload, now: Date): Mail {
  const { businessName, appointments, messages } = summary;
  // One that nobody knows would say nothing.
  const timeZone = isTimeZone(summary.timeZone) ? summary.timeZone : 'UTC';
  const done = appointments.map(({ eventName, start, status }) => {
    const when = slotLabel(new Date(start), { timeZone, now, withZone: true });
    return `${STATUS[status]}: ${eventName === null ? when : `${eventName}, ${when}`}`;
  });
  return {
    ...writeMail(`Your call with ${businessName}`, [
      'Hello,',
      'Thank you for your call. This is what came of it, as it stood when the call was summed up.',
      ...(done.length === 0 ? [] : [done]),
      ...(messages === 0 ? [] : ['You left a message, which we pass on.']),
      'If you did not call us, somebody else has named your address: please ignore this mail.',
      businessName,
    ]),
    calendarFile: null,
  };
}
