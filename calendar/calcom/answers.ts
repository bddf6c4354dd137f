import { isEmailAddress } from '../../runtime/given/email-address.ts';
import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import { saysYes } from '../says-yes.ts';
import { askedFields } from './booking-fields.ts';
import type { CalcomBookingField, CalcomEventType } from './event-type.ts';

type FieldResponse = string | string[] | boolean;

/** Characters that Cal.com takes. */
const LONGEST_NOTES = 1_000;

/**
 * What callers said, as the event type's fields want it. Answers to fields that the event type does
 * not have are left out.
 * @throws {RequestRefusedError} naming the field whose answer is missing or not allowed
 */
export function toFieldResponses(
  eventType: CalcomEventType,
  { answers, notes }: { answers: Record<string, string>; notes: string | null },
): Record<string, FieldResponse> {
  const responses: Record<string, FieldResponse> = {};
  for (const field of eventType.bookingFields) {
    // Cal.com's API refuses every answer to one: as a number by one check, as text by another.
    if (field.type === 'number') continue;
    const answer = answers[field.slug]?.trim();
    if (answer) responses[field.slug] = toResponse(field, answer);
  }
  for (const { slug } of askedFields(eventType)) {
    if (responses[slug] === undefined) refuse(slug, 'This question must be answered.');
  }
  if (notes && eventType.bookingFields.some(({ slug }) => slug === 'notes')) {
    responses['notes'] ??= shortEnough(notes);
  }
  return responses;
}

function shortEnough(notes: string): string {
  if (notes.length <= LONGEST_NOTES) return notes;
  throw new RequestRefusedError(`Cal.com takes ${LONGEST_NOTES} characters of notes at most.`, {
    field: 'notes',
    reason: 'notes-too-long',
  });
}

function toResponse(field: CalcomBookingField, answer: string): FieldResponse {
  switch (field.type) {
    case 'phone': {
      return (
        PhoneNumberSchema.safeParse(answer).data ??
        refuse(field.slug, 'The answer must be a phone number with its country code.')
      );
    }
    case 'email':
      return isEmailAddress(answer)
        ? answer.toLowerCase()
        : refuse(field.slug, 'The answer must be an e-mail address.');
    case 'boolean':
      return toTick(field, answer);
    case 'multiselect':
    case 'checkbox':
      return answer.split(/\s*,\s*/).map((part) => toOption(field, part));
    default:
      return toOption(field, answer);
  }
}

function toTick({ slug, required }: CalcomBookingField, answer: string): boolean {
  const isTicked = saysYes(answer);
  // Cal.com takes a box that is required and not ticked for one that was left out.
  return isTicked || !required ? isTicked : refuse(slug, 'The answer must be yes.');
}

/** The option as Cal.com spells it. */
function toOption({ slug, options }: CalcomBookingField, answer: string): string {
  if (!options) return answer;
  const option = options.find((each) => each.toLowerCase() === answer.toLowerCase());
  return option ?? refuse(slug, `The answer must be one of: ${options.join(', ')}.`);
}

function refuse(field: string, message: string): never {
  throw new RequestRefusedError(message, { field });
}
