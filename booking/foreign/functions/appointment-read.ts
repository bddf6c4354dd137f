import { DateTime } from 'luxon';
import type { FindAnswer } from '../../desk/requests-and-answers.ts';
import { defineFunction, NO_CALENDAR, toldAs } from './function.ts';

/** Finds the caller's own appointments, once they have proved whose they are. */
export const appointmentRead = defineFunction({
  name: 'appointment_read',
  description:
    "Finds the caller's own appointments, by the number they call from, or by an e-mail address and one detail that only its owner knows. When it answers a question, ask the caller that question.",
  parameters: {
    email: { description: 'The e-mail address the appointment was made with, once they gave it.' },
    detail: {
      description:
        "The day and time of the appointment, the phone number left with it, or the code that was mailed, in the caller's own words, in English. Never a guess of yours.",
    },
    mailCode: {
      description: 'True when the caller knows neither and wants a code mailed to that address.',
      type: 'boolean',
    },
    startDate: { description: 'Only appointments from this day on, as 2026-12-02.' },
    endDate: { description: 'Only appointments up to this day, as 2026-12-09.' },
    userId: { description: 'Not needed: a caller hears of their own appointments alone.' },
  },
  run: async (given, call) => {
    const { desk, timeZone } = call;
    if (!desk) return NO_CALENDAR;
    const answer = (await call.runTool('find_appointments', {
      email: given.email,
      detail: given.detail,
      mail_code: given.mailCode === 'true',
    })) as FindAnswer;
    if (answer.status !== 'found') {
      return toldAs(answer.status === 'question' ? 'Ask the caller:' : null, answer.message);
    }
    const from = dayOf(given.startDate, timeZone);
    const to = dayOf(given.endDate, timeZone)?.plus({ days: 1 });
    const within = answer.appointments.filter(({ appointment_id }) => {
      const start = desk.appointmentOf(appointment_id).slot.start.getTime();
      return (!from || start >= from.toMillis()) && (!to || start < to.toMillis());
    });
    const told = within.length > 0 ? within : answer.appointments;
    const list = told.map(
      ({ appointment_id, label, event }) => `${label}, ${event} (appointment id ${appointment_id})`,
    );
    return toldAs(
      within.length > 0
        ? "The caller's appointments:"
        : 'Nothing in those days. The caller has other appointments:',
      `${list.join('; ')}.`,
    );
  },
});

function dayOf(text: string | null, zone: string): DateTime | null {
  const day = /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0];
  const read = day === undefined ? null : DateTime.fromISO(day, { zone });
  return read?.isValid ? read.startOf('day') : null;
}
