import { z } from 'zod';
import { defineTool } from './tool.ts';
import type { BookingCall, Tool } from './tool.ts';

const schema = z.object({
  appointment_id: z
    .string()
    .describe('As find_appointments or schedule_appointment answered it in this call.'),
  reason: z.string().nullable().describe('Why, if the caller said so.'),
});

/** The tool that cancels an appointment. */
export function cancelAppointment({ desk, record }: BookingCall): Tool {
  return defineTool({
    name: 'cancel_appointment',
    description:
      'Cancels an appointment. Call it only after you said which one it is and the caller clearly said yes.',
    schema,
    changes: true,
    run: (args) =>
      desk.changes.cancel({
        appointmentId: args.appointment_id,
        reason: args.reason === null ? null : record.secrets.hide(args.reason),
      }),
  });
}
