import type { BookingQuestion } from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import type { CalendlyEventType } from './event-type.ts';

/** Where a booking takes place, as Calendly is sent it. */
export interface CalendlyPlace {
  kind: string;
  location?: string;
}

type ConfiguredPlace = NonNullable<CalendlyEventType['locations']>[number];

/** The attendee is called: their number is the place. */
const CALLED = 'outbound_call';
/** The attendee says where. */
const ASKED = 'ask_invitee';
const MEET_ROOM = 'google_conference';

/** What is asked where the attendee says where the meeting takes place. */
export const PLACE_QUESTION: BookingQuestion = {
  key: 'location',
  label: 'Where shall we meet?',
  required: true,
  options: null,
};

/** The place that is booked, of those that the event type has; null where it names none. */
export function placeOf(
  { locations }: Pick<CalendlyEventType, 'locations'>,
  meetingLink: MeetingLink,
): ConfiguredPlace | null {
  const meet = locations?.find(({ kind }) => kind === MEET_ROOM);
  if (meetingLink === 'google_meet' && meet) return meet;
  return locations?.[0] ?? null;
}

/** Whether the attendee's number is where the meeting takes place. */
export function isCalled(place: ConfiguredPlace | null): boolean {
  return place?.kind === CALLED;
}

/** Whether the attendee is asked where it takes place. */
export function isAsked(place: ConfiguredPlace | null): boolean {
  return place?.kind === ASKED;
}

/** The place of a new booking. */
export function newPlace(
  { kind, location }: ConfiguredPlace,
  { phone, answers }: { phone: string | null; answers: Record<string, string> },
): CalendlyPlace {
  const said = kind === CALLED ? phone : kind === ASKED ? answers[PLACE_QUESTION.key] : location;
  return said ? { kind, location: said } : { kind };
}

/** Bookings call some kinds otherwise than event types do. */
const KINDS: Record<string, string> = {
  zoom: 'zoom_conference',
  gotomeeting: 'gotomeeting_conference',
};
/** Kinds whose place is given with the booking. */
const GIVEN = new Set(['physical', 'custom', CALLED, ASKED]);

/** The place of a booking that there is, to be booked again; undefined where it names none. */
export function samePlace(
  place: { type: string; location?: string | null | undefined } | null | undefined,
): CalendlyPlace | undefined {
  if (!place) return undefined;
  const kind = KINDS[place.type] ?? place.type;
  return place.location && GIVEN.has(kind) ? { kind, location: place.location } : { kind };
}
