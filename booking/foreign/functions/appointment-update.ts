import type { RescheduleAnswer } from '../../desk/requests-and-answers.ts';
import { defineFunction, NO_CALENDAR, notConfirmed, saidExactly, toldAs } from './function.ts';
import { offerInstead, readStart, tellSlots } from './offered-times.ts';

/** Moves an appointment that this call knows to a time that was offered in it. */
export const appointmentUpdate = defineFunction({
  name: 'appointment_update',
  description:
    'Moves an appointment to a time that availability_read answered in this call. Call it only after the caller confirmed the new time.',
  parameters: {
    appointmentId: {
      description: 'As appointment_read or appointment_create answered it in this call.',
      required: true,
    },
    start: {
      description: 'The new start exactly as availability_read answered it.',
      required: true,
    },
    end: { description: 'Not needed: the end is that of the time that was offered.' },
    notes: { description: 'Cannot be changed here.' },
  },
  changes: 'move',
  run: async ({ appointmentId, start, notes }, call) => {
    const { desk, timeZone } = call;
    if (!desk) return NO_CALENDAR;
    if (start === null) {
      return toldAs(
        notes === null ? null : 'Notes of an appointment cannot be changed here.',
        'Nothing was changed. To move the appointment, give the start that the caller chose of what availability_read answered.',
      );
    }
    const instant = readStart(start, timeZone);
    if (instant === null) {
      return toldAs(
        'The start cannot be read: nothing was moved. Give it exactly as availability_read answered it.',
      );
    }
    const known = desk.appointmentOf(appointmentId ?? '');
    const { name: event, host = null } = known.bookable.event;
    // An appointment stays in its calendar, and so with its host.
    const offered = desk.offeredAt(instant, event, host);
    if (!offered) {
      return offerInstead(
        { instant, event, host },
        { ...call, desk },
        'the appointment stays where it is.',
      );
    }
    const answer = (await call.runTool('reschedule_appointment', {
      appointment_id: appointmentId,
      slot_id: offered.slotId,
    })) as RescheduleAnswer;
    const unchanged =
      notes === null ? [] : ['The notes were not changed: that cannot be done here.'];
    switch (answer.status) {
      case 'rescheduled':
      case 'requested':
        return saidExactly(answer.message, ...unchanged);
      case 'taken':
        return toldAs(
          answer.message,
          'The appointment stays where it is.',
          answer.slots.length > 0
            ? `Free instead: ${tellSlots(answer.slots, { desk, timeZone })}. Offer only these times.`
            : 'Ask the caller for another day.',
        );
      case 'unconfirmed':
        return notConfirmed(answer.message, 'do not say that it was moved, and do not try again.');
    }
  },
});
