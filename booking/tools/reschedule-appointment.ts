import { z } from 'zod';
import { defineTool } from './tool.ts';
import type { BookingCall, Tool } from './tool.ts';

const schema = z.object({
  appointment_id: z
    .string()
    .describe('As find_appointments or schedule_appointment answered it in this call.'),
  slot_id: z
    .string()
    .describe('The slot_id of the new time the caller chose, as answered in this call.'),
});

/** The tool that moves an appointment. */
export function rescheduleAppointment({ desk }: BookingCall): Tool {
  return defineTool({
    name: 'reschedule_appointment',
    description:
      'Moves an appointment to a time that list_available_slots answered in this call. Call it only after the caller confirmed the new time.',
    schema,
    changes: true,
    run: (args) =>
      desk.changes.reschedule({ appointmentId: args.appointment_id, slotId: args.slot_id }),
  });
}
