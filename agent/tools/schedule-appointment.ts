import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/booking-desk.ts';
import type { CallRecord } from '../call-record.ts';
import { recordAppointment } from './record-appointment.ts';
import type { ToolDesk } from './tool-desk.ts';

const parameters = z.object({
  slot_id: z
    .string()
    .describe('The slot_id of the time the caller chose, as answered in this call.'),
  attendee_name: z.string().describe("The attendee's full name."),
  attendee_email: z.string().nullable().describe("The attendee's e-mail address."),
  attendee_phone: z
    .string()
    .nullable()
    .describe('With country code, e.g. +15550100001. Null unless the caller gave one.'),
  answers: z
    .array(z.object({ question: z.string(), answer: z.string() }))
    .nullable()
    .describe('For each question of ask_also in the offer: the question and the answer.'),
  notes: z.string().nullable().describe('What the appointment is about, if the caller said so.'),
});

/** The tool that books. */
export function scheduleAppointment(desk: BookingDesk, tools: ToolDesk, record: CallRecord) {
  return llm.tool({
    name: 'schedule_appointment',
    description:
      'Books a time that list_available_slots answered in this call. Call it only after the caller confirmed time, name and e-mail address.',
    parameters,
    execute: (args, { ctx }) => {
      // A barge-in would drop the answer, and the caller would never hear of a real booking
      // (agents-js#2249).
      ctx.disallowInterruptions();
      return tools.run('schedule_appointment', args, async () => {
        const answer = await desk.schedule({
          slotId: args.slot_id,
          name: args.attendee_name,
          email: args.attendee_email,
          phone: args.attendee_phone,
          notes: args.notes,
          answers: args.answers ?? [],
        });
        if (answer.status === 'booked' || answer.status === 'requested') {
          recordAppointment(desk, record);
        }
        return answer;
      });
    },
  });
}
