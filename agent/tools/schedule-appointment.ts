import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import { resolveNumber } from '../../booking/desk/resolve-number.ts';
import { readSpelledEmail, readSpelledName } from '../../booking/spelled/spelled-text.ts';
import type { OpenCall } from '../call/open-call.ts';
import { recordAppointment } from './record-appointment.ts';
import type { ToolDesk } from './tool-desk.ts';

const PHONE = 'With country code, e.g. +15550100001. Null unless the caller gave one.';
const PHONE_ON_PHONE =
  'As the caller gave or keyed it; "caller" for the number they are calling from, after they agreed. Null unless the caller gave one.';

function parametersFor(line: OpenCall['line']) {
  return z.object({
    slot_id: z
      .string()
      .describe('The slot_id of the time the caller chose, as answered in this call.'),
    attendee_name: z.string().describe("The attendee's full name."),
    attendee_email: z.string().nullable().describe("The attendee's e-mail address."),
    attendee_phone: z
      .string()
      .nullable()
      .describe(line === 'phone' ? PHONE_ON_PHONE : PHONE),
    answers: z
      .array(z.object({ question: z.string(), answer: z.string() }))
      .nullable()
      .describe('For each question of ask_also in the offer: the question and the answer.'),
    notes: z.string().nullable().describe('What the appointment is about, if the caller said so.'),
  });
}

/** The tool that books. */
export function scheduleAppointment(
  call: Pick<OpenCall, 'line' | 'numbers' | 'record'>,
  desk: BookingDesk,
  tools: ToolDesk,
) {
  const contact =
    call.line === 'phone' ? 'name and e-mail address or phone number' : 'name and e-mail address';
  return llm.tool({
    name: 'schedule_appointment',
    description: `Books a time that list_available_slots answered in this call. Call it only after the caller confirmed time, ${contact}.`,
    parameters: parametersFor(call.line),
    execute: (args, { ctx }) => {
      // A barge-in would drop the answer, and the caller would never hear of a real booking
      // (agents-js#2249).
      ctx.disallowInterruptions();
      return tools.run('schedule_appointment', args, async () => {
        const { secrets } = call.record;
        const name = readSpelledName(args.attendee_name);
        const email = args.attendee_email === null ? null : readSpelledEmail(args.attendee_email);
        const answer = await desk.schedule({
          slotId: args.slot_id,
          name,
          email,
          phone: resolveNumber(args.attendee_phone, call.numbers),
          notes: args.notes === null ? null : secrets.hide(args.notes),
          answers: (args.answers ?? []).map(({ question, answer }) => ({
            question,
            answer: secrets.hide(answer),
          })),
        });
        if (answer.status !== 'booked' && answer.status !== 'requested') return answer;
        recordAppointment(desk, call.record);
        const isAsGiven = name === args.attendee_name && email === args.attendee_email;
        // What the server made of a spelling was not read back yet.
        return isAsGiven ? answer : { ...answer, read_back: { name, email } };
      });
    },
  });
}
