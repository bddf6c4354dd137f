import { CodedError, HttpError } from './api-error.ts';
import type { Attendee, BookingField, EventType } from './model.ts';

/** What a booking says of its attendee. */
interface Answers {
  attendee: Omit<Attendee, 'email'> & { email: string | null };
  responses: Record<string, unknown>;
}

/** The kind of value that the API lets pass for a type of field; any for a type that is not listed. */
const KINDS: Record<string, [kind: string, fits: (value: unknown) => boolean]> = {
  phone: ['string', isString],
  address: ['string', isString],
  text: ['string', isString],
  textarea: ['string', isString],
  url: ['string', isString],
  date: ['string', isString],
  number: ['number', (value) => typeof value === 'number'],
  boolean: ['boolean', (value) => typeof value === 'boolean'],
  select: ['string or number', isStringOrNumber],
  radio: ['string or number', isStringOrNumber],
  multiemail: ['array', Array.isArray],
  multiselect: ['array', Array.isArray],
  checkbox: ['array', Array.isArray],
};
/** Characters. */
const LONGEST_TEXT = 1_000;

/**
 * Refuses answers that do not fit the event type's fields, as two places in Cal.com do one after the
 * other: the API by the kind of value, and then the form behind it. The form wants text where the API
 * wants a number: a number that is given is refused by one of the two in any case.
 */
export function refuseResponses(request: Answers, eventType: EventType): void {
  for (const field of eventType.bookingFields) {
    if (!field.isDefault) refuseKind(field, request, eventType);
  }
  const values: Record<string, unknown> = {
    ...request.responses,
    name: request.attendee.name,
    email: request.attendee.email ?? undefined,
    attendeePhoneNumber: request.attendee.phoneNumber,
  };
  const faults: string[] = [];
  for (const field of eventType.bookingFields) {
    const fault = faultOf(field, values[field.slug]);
    if (fault === null) continue;
    faults.push(`{${field.slug === 'splitName' ? 'name' : field.slug}}${fault}`);
    if (fault === MISSING) break;
  }
  if (faults.length === 0) return;
  const told = faults.toReversed().map((fault) => `responses - ${fault}, `);
  throw new CodedError(400, 'BAD_REQUEST', told.join(''));
}

function refuseKind(field: BookingField, request: Answers, eventType: EventType): void {
  const { slug, required, type } = field;
  const given =
    slug === 'attendeePhoneNumber' ? request.attendee.phoneNumber : request.responses[slug];
  if (given === undefined || given === null) {
    if (!required) return;
    throw new HttpError(
      400,
      slug === 'attendeePhoneNumber'
        ? 'Missing attendee phone number - it is required by the event type. Pass it as "attendee.phoneNumber" string in the request.'
        : `Missing required booking field response: ${slug} - it is required by the event type booking fields, but missing in the bookingFieldsResponses. You can fetch the event type with ID ${eventType.id} to see the required fields.`,
    );
  }
  const [kind, fits] = KINDS[type] ?? ['any', () => true];
  if (!fits(given)) {
    throw new HttpError(
      400,
      `Invalid type for booking field '${slug}'. Expected type ${kind} (compatible with field type '${type}'), but received ${typeof given}.`,
    );
  }
  refuseOption(field, given);
}

function refuseOption({ slug, options }: BookingField, given: unknown): void {
  if (!Array.isArray(options) || options.length === 0) return;
  const allowed = options.map((each) =>
    String((each as { value?: unknown } | null)?.value ?? each),
  );
  const isAllowed = (value: unknown): boolean => allowed.includes(String(value));
  const listed = `Allowed options are: ${allowed.join(', ')}.`;
  if (Array.isArray(given) && !given.every(isAllowed)) {
    throw new HttpError(400, `One or more invalid options for booking field '${slug}'. ${listed}`);
  }
  if (!Array.isArray(given) && !isAllowed(given)) {
    throw new HttpError(
      400,
      `Invalid option '${String(given)}' for booking field '${slug}'. ${listed}`,
    );
  }
}

const MISSING = 'error_required_field';

/** What the form says of an answer; null where it is content. */
function faultOf(field: BookingField, value: unknown): string | null {
  const { type, required, hidden } = field;
  // The place of a meeting, and who else comes, are looked at elsewhere.
  if (type === 'radioInput' || (field.isDefault && type === 'multiemail')) return null;
  // A name that is asked for in two parts takes what is given as one for the first of them.
  if (type === 'splitName') return field['lastNameRequired'] === true ? MISSING : null;
  const isRequired = required && hidden !== true;
  if (value === undefined && !isRequired) return null;
  if (isRequired && !value) return MISSING;
  switch (type) {
    case 'email':
      return required && !isAddress(value) ? 'email_validation_error' : null;
    case 'multiemail':
      return Array.isArray(value) && value.every(isAddress) ? null : 'email_validation_error';
    case 'textarea':
      return String(value).length > LONGEST_TEXT ? 'max_characters_allowed' : null;
    case 'url':
      return URL.canParse(String(value)) ? null : 'url_validation_error';
    case 'number':
      return isString(value) ? null : 'Invalid string';
    default:
      return null;
  }
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isStringOrNumber(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}
