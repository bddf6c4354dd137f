import { z } from 'zod';
import type { CallLine } from '../../db/values.ts';
import { resolveNumber } from '../desk/resolve-number.ts';
import { defineTool } from './tool.ts';
import type { BookingCall, Tool } from './tool.ts';

const PHONE = 'With country code, e.g. +15550100001. Null unless the caller gave one.';
const PHONE_ON_PHONE =
  'As the caller gave or keyed it; "caller" for the number they are calling from, after they agreed. Null unless the caller gave one.';

function schemaFor(line: CallLine) {
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
    read_back_confirmed: z
      .boolean()
      .nullable()
      .describe(
        'True after a read_back answer, once the caller said yes to the details as that answer has them; else null.',
      ),
  });
}

/** The tool that books. */
export function scheduleAppointment(call: BookingCall): Tool {
  const { line, numbers, desk, record, summary } = call;
  const contact =
    line === 'phone' ? 'name and e-mail address or phone number' : 'name and e-mail address';
  return defineTool({
    name: 'schedule_appointment',
    description: `Books a time that list_available_slots answered in this call. Call it only after the caller confirmed time, ${contact}.`,
    schema: schemaFor(line),
    changes: true,
    run: async (args) => {
      const { secrets } = record;
      const isConfirmed = args.read_back_confirmed === true;
      const details = desk.readBack.check(
        { name: args.attendee_name, email: args.attendee_email, phone: args.attendee_phone },
        isConfirmed,
        desk.details.typed,
      );
      // What is asked about aloud can be read on the page meanwhile.
      if ('status' in details) {
        desk.details.hear(details);
        return details;
      }
      const { name, email, phone } = details.written;
      if (isConfirmed) desk.details.confirm(details.written);
      else desk.details.hear(details.written);
      if (isConfirmed && email !== null) summary.confirm(email);
      return desk.changes.schedule({
        slotId: args.slot_id,
        name,
        email,
        phone: resolveNumber(phone, numbers),
        notes: args.notes === null ? null : secrets.hide(args.notes),
        answers: (args.answers ?? []).map(({ question, answer }) => ({
          question,
          answer: secrets.hide(answer),
        })),
      });
    },
  });
}
