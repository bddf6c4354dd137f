import { z } from 'zod';
import type {
  Attendee,
  AttendeeField,
  BookingQuestion,
  CalendarDescription,
} from '../../calendar/calendar.ts';
import { saysYes } from '../../calendar/says-yes.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { PersonNameSchema } from '../../runtime/given/person-name.ts';
import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import { saidText } from '../../runtime/given/said-text.ts';
import { BookingError } from '../booking-error.ts';

export interface AttendeeDetails {
  name: string;
  email: string | null;
  /** With its country code, as people write it. */
  phone: string | null;
  /** By question, as the calendar words it or names it. */
  answers: readonly { question: string; answer: string }[];
}

const FIELD_WORDS: Record<AttendeeField, string> = {
  name: 'name',
  email: 'e-mail address',
  phone: 'phone number',
};

const DetailsSchema = z.object({
  name: PersonNameSchema,
  email: EmailAddressSchema.nullable(),
  phone: PhoneNumberSchema.nullable(),
});

/** What a caller hears of a field of theirs, such as "e-mail address"; null where it is none. */
export function fieldWords(field: string): string | null {
  return FIELD_WORDS[field as AttendeeField] ?? null;
}

/**
 * What a caller is to be asked for, and no more; null where it is the usual, name and e-mail address.
 */
export function wantedDetails({
  requiredAttendeeFields: required,
}: Pick<CalendarDescription, 'requiredAttendeeFields'>): string[] | null {
  if (required.includes('email') && !required.includes('phone')) return null;
  const reachedBy = required.filter((field) => field !== 'name').map((field) => FIELD_WORDS[field]);
  const either = `${FIELD_WORDS.email} or ${FIELD_WORDS.phone}`;
  return [FIELD_WORDS.name, ...(reachedBy.length > 0 ? reachedBy : [either])];
}

/** The same for a page, field by field: of two that would do it shows both. */
export function wantedFields({
  requiredAttendeeFields: required,
}: Pick<CalendarDescription, 'requiredAttendeeFields'>): AttendeeField[] {
  const reachedBy = required.filter((field) => field !== 'name');
  return ['name', ...(reachedBy.length > 0 ? reachedBy : (['email', 'phone'] as const))];
}

/**
 * Checks what the caller gave against what the calendar wants, before anything is booked.
 * @throws {BookingError} naming what to ask for
 */
export function readAttendee(
  details: AttendeeDetails,
  description: Pick<CalendarDescription, 'requiredAttendeeFields' | 'questions'>,
  timeZone: string,
): { attendee: Attendee; answers: Record<string, string> } {
  const parsed = DetailsSchema.safeParse({
    name: details.name,
    email: details.email?.trim() || null,
    phone: details.phone?.trim() || null,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BookingError(
      'attendee-refused',
      `The ${fieldWords(String(issue?.path[0]))} is missing or cannot be right: it ${issue?.message}. Please ask the caller for it again.`,
    );
  }
  const missing = description.requiredAttendeeFields.find((field) => parsed.data[field] === null);
  if (missing) {
    throw new BookingError(
      'attendee-refused',
      `The calendar needs the ${fieldWords(missing)}. Please ask the caller for it.`,
    );
  }
  if (parsed.data.email === null && parsed.data.phone === null) {
    throw new BookingError(
      'attendee-refused',
      'The calendar needs an e-mail address or a phone number. Please ask the caller for one.',
    );
  }
  return {
    attendee: { ...parsed.data, timeZone },
    answers: readAnswers(details.answers, description.questions),
  };
}

function readAnswers(
  given: AttendeeDetails['answers'],
  questions: readonly BookingQuestion[],
): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const said = given.find((one) => isSame(one.question, question))?.answer.trim() ?? '';
    if (said === '') {
      if (!question.required) continue;
      throw new BookingError(
        'question-open',
        `The calendar also asks: "${question.label}". Please ask the caller, and give the answer in answers.`,
      );
    }
    const allowed = question.options?.find(
      (option) => fold(option) === fold(said) || (fold(option) === 'yes' && saysYes(said)),
    );
    if (question.options && allowed === undefined) {
      throw new BookingError(
        'question-open',
        `"${question.label}" can be answered with ${question.options.join(', ')} only. Please ask the caller which.`,
      );
    }
    answers[question.key] = allowed ?? saidText(said, 500);
  }
  return answers;
}

function isSame(words: string, { key, label }: BookingQuestion): boolean {
  return fold(words) === fold(key) || fold(words) === fold(label);
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();
}
