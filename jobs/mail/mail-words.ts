import type { Language } from '../../calls/languages.ts';
import type { OutboxKind } from '../../db/values.ts';
import { mailTextsIn } from './words/mail-texts-in.ts';
import type { MailTexts } from './words/mail-texts.ts';

/** What a message says, around the block that names the appointment. `when` and `wished` are labels. */
export interface MailWords {
  subject: (when: string) => string;
  /** Sentences before the appointment's details. */
  opening: (wished: string) => string;
  /** Sentences after them. */
  closing: string;
  /** What the calendar file asks for: an entry, its end, or nothing. */
  calendarFile: 'request' | 'cancel' | null;
}

/**
 * What each kind asks of the attendee and of their calendar. Kinds that begin with `settled` were left
 * open in the call and promised to be told: they say how it ended.
 */
const KINDS: Record<
  OutboxKind,
  { closing: keyof MailTexts['closing']; calendarFile: MailWords['calendarFile'] }
> = {
  booked: { closing: 'change', calendarFile: 'request' },
  rescheduled: { closing: 'change', calendarFile: 'request' },
  cancelled: { closing: 'anotherOne', calendarFile: 'cancel' },
  settled_booked: { closing: 'change', calendarFile: 'request' },
  settled_not_booked: { closing: 'callAgain', calendarFile: null },
  settled_rescheduled: { closing: 'change', calendarFile: 'request' },
  settled_not_rescheduled: { closing: 'callAgain', calendarFile: null },
  settled_cancelled: { closing: 'anotherOne', calendarFile: 'cancel' },
  settled_not_cancelled: { closing: 'cannotCome', calendarFile: null },
};

/** The words of a message, in the language of its call. */
export function mailWords(kind: OutboxKind, language: Language): MailWords {
  const { closing, subjects, openings } = mailTextsIn(language);
  const { closing: name, calendarFile } = KINDS[kind];
  return { subject: subjects[kind], opening: openings[kind], closing: closing[name], calendarFile };
}

/** Of an appointment that the business has yet to accept: nothing is booked or moved before. */
export function pendingWords(kind: OutboxKind, language: Language): MailWords {
  const words = mailWords(kind, language);
  if (words.calendarFile !== 'request') return words;
  const { subjects, openings } = mailTextsIn(language);
  return { ...words, subject: subjects.requested, opening: openings.requested, calendarFile: null };
}

/** Of an appointment that was cancelled or rejected before this could be said. */
export function endedWords(kind: OutboxKind, language: Language): MailWords {
  const { ended } = mailTextsIn(language);
  return kind in ended
    ? { ...mailWords('cancelled', language), opening: ended[kind as keyof typeof ended] }
    : mailWords(kind, language);
}

/** Of what the business itself has changed: the attendee did not ask for it. */
export function businessWords(kind: 'rescheduled' | 'cancelled', language: Language): MailWords {
  const { byBusiness } = mailTextsIn(language);
  return { ...mailWords(kind, language), opening: () => byBusiness[kind] };
}
