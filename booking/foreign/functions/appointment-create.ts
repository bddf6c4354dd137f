import type { ScheduleAnswer } from '../../desk/requests-and-answers.ts';
import type { ReadBackAnswer } from '../../spelled/read-back.ts';
import { defineFunction, NO_CALENDAR, notConfirmed, saidExactly, toldAs } from './function.ts';
import { offerInstead, readStart, tellSlots } from './offered-times.ts';

const NOTHING = 'nothing was booked.';

/** Books a time that was offered in this call. */
export const appointmentCreate = defineFunction({
  name: 'appointment_create',
  description:
    'Books a time that availability_read answered in this call, after the caller confirmed time, name and e-mail address.',
  parameters: {
    start: { description: 'The start exactly as availability_read answered it.', required: true },
    end: { description: 'Not needed: the end is that of the time that was offered.' },
    eventTypeId: { description: 'The kind of appointment, when there are several.' },
    attendeeName: { description: "The attendee's full name.", required: true },
    attendeeEmail: { description: "The attendee's e-mail address, as they gave or spelled it." },
    attendeePhone: {
      description:
        'A phone number with its country code, where they gave one; "caller" for the number they are calling from, after they agreed.',
    },
    notes: { description: 'What the appointment is about, if the caller said so.' },
    answers: {
      description:
        'What the caller answered to what availability_read told you to ask: "question: answer", several parted by ";".',
    },
    readBackConfirmed: {
      description:
        'True once the caller said yes to details that this function answered to be read back.',
      type: 'boolean',
    },
  },
  changes: 'booking',
  run: async (given, call) => {
    const { desk, timeZone } = call;
    if (!desk) return NO_CALENDAR;
    const instant = given.start === null ? null : readStart(given.start, timeZone);
    if (instant === null) {
      return toldAs(
        'The start cannot be read: nothing was booked. Give it exactly as availability_read answered it.',
      );
    }
    const offered = desk.offeredAt(instant, given.eventTypeId);
    if (!offered) {
      return offerInstead({ instant, event: given.eventTypeId }, { ...call, desk }, NOTHING);
    }
    const answer = (await call.runTool('schedule_appointment', {
      slot_id: offered.slotId,
      attendee_name: given.attendeeName ?? '',
      attendee_email: given.attendeeEmail,
      attendee_phone: given.attendeePhone,
      answers: readAnswers(given.answers),
      notes: given.notes,
      read_back_confirmed: given.readBackConfirmed === 'true',
    })) as ScheduleAnswer | ReadBackAnswer;
    switch (answer.status) {
      case 'booked':
      case 'requested':
        return saidExactly(answer.message, `Appointment id ${answer.appointment_id}.`);
      case 'taken':
        return toldAs(
          answer.message,
          `Nothing was booked.`,
          answer.slots.length > 0
            ? `Free instead: ${tellSlots(answer.slots, { desk, timeZone })}. Offer only these times.`
            : 'Ask the caller for another day.',
        );
      case 'unconfirmed':
        return notConfirmed(answer.message, 'do not say that it is booked, and do not try again.');
      case 'read_back':
        return toldAs(
          `Nothing is booked yet. Say to the caller: "${answer.message}"`,
          `Once they said yes, call this again with attendeeName "${answer.name}",`,
          answer.email === null ? null : `attendeeEmail "${answer.email}",`,
          answer.phone === undefined ? null : `attendeePhone "${answer.phone}",`,
          'and readBackConfirmed true.',
        );
    }
  },
});

function readAnswers(text: string | null): { question: string; answer: string }[] | null {
  const pairs = (text ?? '').split(';').flatMap((pair) => {
    const [question = '', ...rest] = pair.split(':');
    const answer = rest.join(':').trim();
    return question.trim() === '' || answer === '' ? [] : [{ question: question.trim(), answer }];
  });
  return pairs.length > 0 ? pairs : null;
}
