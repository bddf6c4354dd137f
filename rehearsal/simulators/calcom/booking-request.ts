import { HttpError, wrongProperty } from './api-error.ts';
import { refuseResponses } from './booking-responses.ts';
import { isTimeZone, readInstant } from './instant.ts';
import type { Attendee, EventType } from './model.ts';
import { asText } from './as-text.ts';

/** The languages Cal.com names when it refuses one. */
const LANGUAGES =
  'ar, ca, de, es, eu, he, id, ja, lv, pl, ro, sr, th, vi, az, cs, el, es-419, fi, hr, it, km, nl, pt, ru, sv, tr, zh-CN, bg, da, en, et, fr, hu, iw, ko, no, pt-BR, sk, ta, uk, zh-TW, bn';

/** A booking's body once its properties are known to be of the right kind. */
export interface BookingRequest {
  start: number;
  attendee: Omit<Attendee, 'email'> & { email: string | null };
  metadata: Record<string, string>;
  guests: string[];
  responses: Record<string, unknown>;
  location: Record<string, unknown> | null;
  lengthInMinutes: number | null;
  recurrenceCount: number | null;
}

/** Refuses what Cal.com refuses before it looks for the event type, in its words and its order. */
export function readBookingRequest(body: Record<string, unknown>): BookingRequest {
  const start = readInstant(body['start']);
  if (start === null) {
    throw wrongProperty(['start'], 'start must be a valid ISO 8601 date string');
  }
  const attendee = readAttendee(body['attendee']);
  const metadata = (body['metadata'] ?? {}) as Record<string, string>;
  if (!isMetadata(metadata)) {
    throw wrongProperty(
      ['metadata'],
      'Metadata must have at most 50 keys, each key up to 40 characters, and string values up to 500 characters.',
    );
  }
  const { eventTypeId, eventTypeSlug, username, teamSlug } = body;
  if (eventTypeId === undefined && !(eventTypeSlug !== undefined && (username ?? teamSlug))) {
    throw wrongProperty(
      ['eventTypeId or eventTypeSlug + username'],
      'Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided',
    );
  }
  return {
    start,
    attendee,
    metadata,
    guests: (body['guests'] as string[] | undefined) ?? [],
    responses: (body['bookingFieldsResponses'] as Record<string, unknown> | undefined) ?? {},
    location: locationOf(body['location']),
    lengthInMinutes: numberOrNull(body['lengthInMinutes']),
    recurrenceCount: numberOrNull(body['recurrenceCount']),
  };
}

/** Refuses what does not fit the event type. The phone number is not looked at: Cal.com takes any. */
export function refuseMismatch(request: BookingRequest, eventType: EventType): void {
  const types = eventType.locations.map((location) => location.type);
  const type = request.location?.['type'];
  if (type !== undefined && types.length > 0 && !types.includes(asText(type))) {
    throw new HttpError(
      400,
      `Booking location with type ${asText(type)} not valid for event type with id=${eventType.id}. The event type has following location types: ${types.join(', ')}, and only these types are allowed for booking location.`,
    );
  }
  const { integration } = request.location ?? {};
  const integrations = eventType.locations.flatMap((each) =>
    each['integration'] === undefined ? [] : [asText(each['integration'])],
  );
  if (
    integration !== undefined &&
    types.length > 0 &&
    !integrations.includes(asText(integration))
  ) {
    throw new HttpError(
      400,
      `Booking location with integration ${asText(integration)} not valid for event type with id=${eventType.id}. The event type has following integrations: ${integrations.join(', ')}, and only these integrations are allowed for booking location.`,
    );
  }
  const length = request.lengthInMinutes;
  const lengths = eventType.lengthInMinutesOptions;
  if (length !== null && lengths === null) {
    throw new HttpError(
      400,
      "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please, remove the 'lengthInMinutes' field from the request.",
    );
  }
  if (length !== null && lengths?.includes(length) === false) {
    throw new HttpError(
      400,
      `Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths are: ${lengths.join(', ')}`,
    );
  }
  if ((request.recurrenceCount ?? 0) > (eventType.recurrence?.occurrences ?? Infinity)) {
    throw new HttpError(
      400,
      "Provided recurrence count is higher than the event type's recurring event count.",
    );
  }
  refuseResponses(request, eventType);
}

function readAttendee(given: unknown): BookingRequest['attendee'] {
  const attendee = (given ?? {}) as Record<string, unknown>;
  const refuse = (property: string, message: string): HttpError =>
    wrongProperty(['attendee', property], message);
  const { name, email, phoneNumber, timeZone, language } = attendee;
  if (typeof name !== 'string') throw refuse('name', 'name must be a string');
  if (!isTimeZone(timeZone)) {
    throw refuse('timeZone', 'timeZone must be a valid IANA time-zone');
  }
  if (language !== undefined && !LANGUAGES.split(', ').includes(asText(language))) {
    throw refuse('language', `language must be one of the following values: ${LANGUAGES}`);
  }
  if (email === undefined && phoneNumber === undefined) {
    throw refuse(
      'attendee email or phone',
      'Attendee must have at least one contact method (email or phone number)',
    );
  }
  return {
    name,
    timeZone,
    language: asText(language ?? 'en'),
    email: email === undefined ? null : asText(email),
    ...(phoneNumber === undefined ? {} : { phoneNumber: asText(phoneNumber) }),
  };
}

function isMetadata(metadata: Record<string, unknown>): boolean {
  const entries = Object.entries(metadata);
  return (
    entries.length <= 50 &&
    entries.every(
      ([key, value]) => key.length <= 40 && typeof value === 'string' && value.length <= 500,
    )
  );
}

function locationOf(given: unknown): Record<string, unknown> | null {
  if (typeof given === 'string') return { type: given };
  return (given as Record<string, unknown> | undefined) ?? null;
}

function numberOrNull(given: unknown): number | null {
  return given === undefined || given === null ? null : Number(given);
}
