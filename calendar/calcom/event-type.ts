import { z } from 'zod';
import { CalendarSetupError, CalendarUnreachableError } from '../calendar-error.ts';
import type { CalcomClient } from './client.ts';

const BookingFieldSchema = z.object({
  type: z.string(),
  slug: z.string(),
  required: z.boolean().default(false),
  hidden: z.boolean().default(false),
  label: z.string().nullish(),
  /** Of a name that is asked for in two parts. */
  lastNameRequired: z.boolean().nullish(),
  options: z
    .array(z.union([z.string(), z.object({ value: z.string() }).transform((each) => each.value)]))
    .nullish(),
});

/** A setting that is off where it is null, missing or disabled. */
const Switch = z.object({ disabled: z.boolean().nullish() }).nullish();

/** What is used of an event type. */
export const EventTypeSchema = z.object({
  id: z.number(),
  slug: z.string(),
  title: z.string(),
  lengthInMinutes: z.number(),
  lengthInMinutesOptions: z.array(z.number()).nullish(),
  locations: z.array(z.object({ type: z.string(), integration: z.string().nullish() })),
  /** Lists leave hidden fields out. */
  bookingFields: z.array(BookingFieldSchema),
  recurrence: Switch,
  seats: Switch,
  schedulingType: z.string().nullish(),
  confirmationPolicy: Switch,
  requiresBookerEmailVerification: z.boolean().nullish(),
  bookerActiveBookingsLimit: z
    .object({ disabled: z.boolean().nullish(), maximumActiveBookings: z.number().nullish() })
    .nullish(),
  /** Here `disabled` is what it says: cancelling is. */
  disableCancelling: Switch,
  disableRescheduling: z
    .object({ disabled: z.boolean().nullish(), minutesBefore: z.number().nullish() })
    .nullish(),
});

export type CalcomEventType = z.infer<typeof EventTypeSchema>;
export type CalcomBookingField = CalcomEventType['bookingFields'][number];

const EventTypesAnswer = z.object({ data: z.array(z.unknown()) });
const TeamsAnswer = z.object({ data: z.array(z.object({ id: z.number() })) });

export interface EventTypeQuery {
  slug: string;
  /** Whose; by default the key's owner and the teams of the key. */
  username?: string | undefined;
  /** Looks in this team alone. */
  teamId?: number | undefined;
}

/**
 * Finds an event type by its slug: the owner's, else one of the teams'. An unknown user or slug is
 * an empty list at Cal.com, so null says no more than that.
 * @throws {CalendarError}
 */
export async function findEventType(
  client: CalcomClient,
  { slug, username, teamId }: EventTypeQuery,
): Promise<CalcomEventType | null> {
  if (teamId !== undefined) return findTeamEventType(client, teamId, slug);
  // Without a user name the list is the key owner's, hidden event types included.
  const query = username === undefined ? {} : { username, eventSlug: slug };
  const { data } = await client.call({
    method: 'GET',
    path: ['event-types'],
    query,
    answer: EventTypesAnswer,
  });
  const own = pick(data, slug);
  if (own) return own;
  for (const id of await listTeams(client)) {
    const found = await findTeamEventType(client, id, slug);
    if (found) return found;
  }
  return null;
}

/**
 * Every event type that the key sees: those of one team, or the owner's and all teams'. One that is odd
 * hides no other.
 * @throws {CalendarError}
 */
export async function readEventTypes(
  client: CalcomClient,
  { teamId }: Pick<EventTypeQuery, 'teamId'>,
): Promise<CalcomEventType[]> {
  const ofTeams = (teamId === undefined ? await listTeams(client) : [teamId]).map(
    (id) => ['teams', id, 'event-types'] as const,
  );
  const found: CalcomEventType[] = [];
  for (const path of teamId === undefined ? [['event-types'] as const, ...ofTeams] : ofTeams) {
    const { data } = await client.call({
      method: 'GET',
      path: [...path],
      answer: EventTypesAnswer,
    });
    for (const each of data) {
      const parsed = EventTypeSchema.safeParse(each);
      const isKnown = found.some(({ slug }) => slug === parsed.data?.slug);
      // Of one slug the first is booked: the owner's.
      if (parsed.success && !isKnown) found.push(parsed.data);
    }
  }
  return found;
}

/** True where an event type can be booked for several lengths. */
export function hasSeveralLengths(eventType: CalcomEventType): boolean {
  return (eventType.lengthInMinutesOptions?.length ?? 0) > 1;
}

/** True where one booking makes a row of them. */
export function isRecurring(eventType: CalcomEventType): boolean {
  return isOn(eventType.recurrence);
}

/** True where several people share a start. */
export function hasSeats(eventType: CalcomEventType): boolean {
  return isOn(eventType.seats);
}

/** True where its owner has yet to accept each booking. */
export function awaitsConfirmation(eventType: CalcomEventType): boolean {
  return isOn(eventType.confirmationPolicy);
}

/**
 * True where its owner does not let attendees move a booking of that start now. Cal.com itself
 * lets the owner's key move it all the same.
 */
export function forbidsMoving(
  { disableRescheduling }: CalcomEventType,
  { start, now }: { start: Date; now: Date },
): boolean {
  const { disabled, minutesBefore } = disableRescheduling ?? {};
  const left = (start.getTime() - now.getTime()) / 60_000;
  return disabled === true || (minutesBefore ?? 0) > left;
}

function isOn(setting: z.infer<typeof Switch>): boolean {
  return Boolean(setting) && setting?.disabled !== true;
}

/** True where the event type lets its meetings take place in Google Meet. */
export function offersGoogleMeet(eventType: CalcomEventType): boolean {
  return eventType.locations.some(
    ({ type, integration }) => type === 'integration' && integration === 'google-meet',
  );
}

async function findTeamEventType(
  client: CalcomClient,
  teamId: number,
  slug: string,
): Promise<CalcomEventType | null> {
  const { data } = await client.call({
    method: 'GET',
    path: ['teams', teamId, 'event-types'],
    query: { eventSlug: slug },
    answer: EventTypesAnswer,
  });
  return pick(data, slug);
}

/** Reads the one that is meant, and no other: one that is odd does not hide it. */
function pick(eventTypes: readonly unknown[], slug: string): CalcomEventType | null {
  const found = eventTypes.find((each) => Object(each).slug === slug);
  if (found === undefined) return null;
  const parsed = EventTypeSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new CalendarUnreachableError(`The event type "${slug}" of Cal.com could not be read.`, {
    cause: parsed.error,
  });
}

/** The teams of the key's owner; none where the instance has no teams or the key may not see them. */
async function listTeams(client: CalcomClient): Promise<number[]> {
  try {
    const { data } = await client.call({ method: 'GET', path: ['teams'], answer: TeamsAnswer });
    return data.map(({ id }) => id);
  } catch (error) {
    if (error instanceof CalendarSetupError && error.problem !== 'key-refused') return [];
    throw error;
  }
}
