import { z } from 'zod';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { SpokenLanguage } from '../../booking/languages/spoken-language.ts';
import { lexiconOf } from '../../booking/spelled/lexicon.ts';
import type { Lexicon } from '../../booking/spelled/lexicon.ts';
import { readSpelledEmail } from '../../booking/spelled/read-email.ts';
import { readSpelledName } from '../../booking/spelled/read-name.ts';
import { readSpelledNumber } from '../../booking/spelled/read-number.ts';
import type { Reading } from '../../booking/spelled/reading.ts';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { SpokenTurn } from './livekit-tool.ts';

const field = (what: string) =>
  z.string().max(1_000).nullable().describe(`${what} Null unless new.`);

const schema = z.object({
  slot_id: field('The slot_id of the time the caller chose.'),
  name: field("The attendee's full name, as the caller said or spelled it."),
  email: field("The attendee's e-mail address, as the caller said or spelled it."),
  phone: field("The attendee's phone number, as the caller said it."),
});

export interface NoteDetailsOptions {
  desk: BookingDesk;
  /** What callers spell in. */
  language: SpokenLanguage;
  /** Shows the caller's page what has changed. */
  showPage: () => void;
}

/** The tool that shows on the caller's page what the agent heard of them. */
export function noteDetails({ desk, language, showPage }: NoteDetailsOptions): Tool<SpokenTurn> {
  return defineTool({
    name: 'note_details',
    description:
      'Shows on the caller’s page which time they chose and who they are, as you heard it. It books nothing. Answer the caller in the same turn.',
    schema,
    run: async ({ slot_id, name, email, phone }, turn: SpokenTurn) => {
      const lexicon = lexiconOf(language.now);
      if (slot_id !== null) desk.choose(slot_id);
      desk.details.hear({
        name: written(readSpelledName, name, lexicon),
        email: written(readSpelledEmail, email, lexicon),
        phone: written(readSpelledNumber, phone, lexicon),
      });
      showPage();
      if (await turn.heard()) {
        // No answer, so that the model does not speak again.
        return undefined;
      }
      return { status: 'noted', next: 'Answer the caller.' };
    },
  });
}

/** Null where the words come to nothing, or to several things: then there is nothing to show yet. */
function written(
  read: (text: string, lexicon: Lexicon) => Reading,
  text: string | null,
  lexicon: Lexicon,
): string | null {
  const reading = text === null ? null : read(text, lexicon);
  return reading !== null && 'written' in reading ? reading.written : null;
}
