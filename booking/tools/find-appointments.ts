import { z } from 'zod';
import { lexiconOf } from '../spelled/lexicon.ts';
import { readSpelledEmail } from '../spelled/read-email.ts';
import { defineTool } from './tool.ts';
import type { BookingCall, Tool } from './tool.ts';

const schema = z.object({
  email: z
    .string()
    .nullable()
    .describe('The e-mail address the appointment was made with. Null until the caller gave it.'),
  detail: z
    .string()
    .nullable()
    .describe(
      "The day and time of the appointment, the phone number left with it, or the code that was mailed, in the caller's own words, in English whatever language is spoken. Null until the caller gave it; never a guess of yours.",
    ),
  mail_code: z
    .boolean()
    .nullish()
    .describe(
      'True when the caller knows neither and wants a code mailed to that address instead; else null.',
    ),
});

/** The tool that finds a caller's own appointments. */
export function findAppointments({ desk, language }: BookingCall): Tool {
  return defineTool({
    name: 'find_appointments',
    description:
      "Finds the caller's appointment, to say when it is, to move it or to cancel it. When it answers a question, ask the caller that question.",
    schema,
    run: async ({ email, detail, mail_code }) => {
      const heard =
        email === null
          ? null
          : desk.addresses.check(readSpelledEmail(email, lexiconOf(language.now)));
      if (heard && 'question' in heard) return { status: 'question', message: heard.question };
      const written = heard?.written ?? null;
      return desk.findAppointments({ email: written, detail, mailCode: mail_code === true });
    },
  });
}
