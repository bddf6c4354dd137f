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
  slot_id: z
    .string()
    .describe('The slot_id of the new time the caller chose, as answered in this call.'),
});

/** The tool that moves an appointment. */
export function rescheduleAppointment(desk: BookingDesk, tools: ToolDesk, record: CallRecord) {
  return llm.tool({
    name: 'reschedule_appointment',
    description:
      'Moves an appointment to a time that list_available_slots answered in this call. Call it only after the caller confirmed the new time.',
    parameters,
    execute: (args, { ctx }) => {
      // A barge-in would drop the answer (agents-js#2249).
      ctx.disallowInterruptions();
      return tools.run('reschedule_appointment', args, async () => {
        const answer = await desk.reschedule({
          appointmentId: args.appointment_id,
          slotId: args.slot_id,
        });
        if (answer.status === 'rescheduled') recordAppointment(desk, record);
        return answer;
      });
    },
  });
}
