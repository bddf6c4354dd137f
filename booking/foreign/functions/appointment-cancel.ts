import type { CancelAnswer } from '../../desk/requests-and-answers.ts';
import { defineFunction, NO_CALENDAR, notConfirmed, saidExactly } from './function.ts';

/** Cancels an appointment that this call knows. */
export const appointmentCancel = defineFunction({
  name: 'appointment_cancel',
  description:
    'Cancels an appointment. Call it only after you said which one it is and the caller clearly said yes.',
  parameters: {
    appointmentId: {
      description: 'As appointment_read or appointment_create answered it in this call.',
      required: true,
    },
    reason: { description: 'Why, if the caller said so.' },
  },
  changes: 'cancellation',
  run: async ({ appointmentId, reason }, call) => {
    if (!call.desk) return NO_CALENDAR;
    const answer = (await call.runTool('cancel_appointment', {
      appointment_id: appointmentId ?? '',
      reason,
    })) as CancelAnswer;
    return answer.status === 'cancelled'
      ? saidExactly(answer.message)
      : notConfirmed(answer.message, 'do not say that it was cancelled, and do not try again.');
  },
});
