import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { CallRecord } from '../call/call-record.ts';
import { recordAppointment } from './record-appointment.ts';
import type { ToolDesk } from './tool-desk.ts';

const parameters = z.object({
  appointment_id: z
    .string()
    .describe('As find_appointments or schedule_appointment answered it in this call.'),
  reason: z.string().nullable().describe('Why, if the caller said so.'),
});

/** The tool that cancels an appointment. */
export function cancelAppointment(desk: BookingDesk, tools: ToolDesk, record: CallRecord) {
  return llm.tool({
    name: 'cancel_appointment',
    description:
      'Cancels an appointment. Call it only after you said which one it is and the caller clearly said yes.',
    parameters,
    execute: (args, { ctx }) => {
      // A barge-in would drop the answer (agents-js#2249).
      ctx.disallowInterruptions();
      return tools.run('cancel_appointment', args, async () => {
        const answer = await desk.cancel({
          appointmentId: args.appointment_id,
          reason: args.reason === null ? null : record.secrets.hide(args.reason),
        });
        if (answer.status === 'cancelled') recordAppointment(desk, record);
        return answer;
      });
    },
  });
}
