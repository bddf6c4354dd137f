import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { ToolDesk } from './tool-desk.ts';

const parameters = z.object({
  email: z
    .string()
    .nullable()
    .describe('The e-mail address the appointment was made with. Null until the caller gave it.'),
  detail: z
    .string()
    .nullable()
    .describe(
      "The day of the appointment, or the phone number left with it, in the caller's own words, in English whatever language is spoken. Null until the caller gave it; never a guess of yours.",
    ),
});

/** The tool that finds a caller's own appointments. */
export function findAppointments(desk: BookingDesk, tools: ToolDesk) {
  return llm.tool({
    name: 'find_appointments',
    description:
      "Finds the caller's appointment, to say when it is, to move it or to cancel it. When it answers a question, ask the caller that question.",
    parameters,
    execute: (args) =>
      tools.run('find_appointments', args, () =>
        desk.findAppointments({ email: args.email, detail: args.detail }),
      ),
  });
}
