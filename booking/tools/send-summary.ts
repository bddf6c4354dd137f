import { z } from 'zod';
import { EmailAddressSchema, sayEmailAddress } from '../../runtime/given/email-address.ts';
import { BookingError } from '../booking-error.ts';
import type { CallSummary } from '../desk/call-summary.ts';
import { likelyAddress } from '../spelled/common-domains.ts';
import { lexiconOf } from '../spelled/lexicon.ts';
import { readSpelledEmail } from '../spelled/read-email.ts';
import { writtenOf } from '../spelled/written-of.ts';
import type { Sentences } from '../languages/sentences/sentences.ts';
import { defineTool } from './tool.ts';
import type { ServedCall, Tool } from './tool.ts';

const schema = z.object({
  email: z
    .string()
    .nullable()
    .describe(
      'Where to, as the caller gave or spelled it. Null for the address that they confirmed in this call.',
    ),
  read_back_confirmed: z
    .boolean()
    .nullable()
    .describe(
      'True after a read_back answer, once the caller said yes to the address as that answer has it; else null.',
    ),
});

/** The tool that mails the caller what was agreed on. */
export function sendSummary({ language, summary }: ServedCall): Tool {
  let asked: string | null = null;
  return defineTool({
    name: 'send_summary',
    description:
      'Sends the caller an e-mail with what was booked, moved or cancelled in this call. Call it only when they ask for it, or agreed to it.',
    schema,
    changes: true,
    run: async ({ email, read_back_confirmed }) => {
      if (email === null) return summary.send(confirmedAddress(summary));
      const address = readAddress(
        writtenOf(readSpelledEmail(email, lexiconOf(language.now)), 'e-mail address'),
      );
      if (read_back_confirmed === true && asked === address) summary.confirm(address);
      if (summary.isConfirmed(address)) return summary.send(address);
      asked = address;
      return readBack(address, language.sentences);
    },
  });
}

function confirmedAddress({ address }: CallSummary): string {
  if (address !== null) return address;
  throw new BookingError('summary-refused', 'Ask the caller for their e-mail address.');
}

function readAddress(written: string): string {
  const address = EmailAddressSchema.safeParse(written).data;
  if (address !== undefined) return address;
  throw new BookingError(
    'attendee-refused',
    'The e-mail address cannot be right. Please ask the caller for it again.',
  );
}

function readBack(address: string, { heard }: Sentences) {
  const said = sayEmailAddress(address);
  const likely = likelyAddress(address);
  const question =
    likely === null ? heard.isThatRight : heard.didYouMean(sayEmailAddress(likely), said);
  return {
    status: 'read_back',
    message: `${heard.details(said)} ${question}`,
    email: address,
    ...(likely === null ? {} : { did_you_mean: likely }),
  };
}
