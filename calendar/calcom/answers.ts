import { isEmailAddress } from '../../runtime/email-address.ts';
import { PhoneNumberSchema } from '../../runtime/phone-number.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import { askedFields } from './describe-event-type.ts';
import type { CalcomBookingField, CalcomEventType } from './event-type.ts';

type FieldResponse = string | string[] | number | boolean;

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
    const answer = answers[field.slug]?.trim();
    if (answer) responses[field.slug] = toResponse(field, answer);
  }
  for (const { slug } of askedFields(eventType)) {
    if (responses[slug] === undefined) refuse(slug, 'This question must be answered.');
  }
  if (notes && eventType.bookingFields.some(({ slug }) => slug === 'notes')) {
    responses['notes'] ??= notes;
  }
  return responses;
}

function toResponse(field: CalcomBookingField, answer: string): FieldResponse {
  switch (field.type) {
    case 'number': {
      const number = Number(answer);
      return Number.isFinite(number) ? number : refuse(field.slug, 'The answer must be a number.');
    }
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
      return /^(yes|true|y|1)$/i.test(answer);
    case 'multiselect':
    case 'checkbox':
      return answer.split(/\s*,\s*/).map((part) => toOption(field, part));
    default:
      return toOption(field, answer);
  }
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
