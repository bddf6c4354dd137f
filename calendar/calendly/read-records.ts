import { z } from 'zod';
import { BookingNotFoundError, CalendarUnreachableError } from '../calendar-error.ts';
import { EventSchema, eventIdOf, InviteeSchema, isForGroups } from './booking-record.ts';
import type { CalendlyEvent, CalendlyInvitee, CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient, ReadLimits } from './client.ts';
import { idOf } from './event-type.ts';
import { readPages } from './read-pages.ts';

const EventAnswer = z.object({ resource: EventSchema });
const InviteeAnswer = z.object({ resource: InviteeSchema });

/** The filters of Calendly that are used; there is none for a number or for what we write beside it. */
export interface EventsFilter {
  /** URI of the host. */
  user: string;
  invitee_email?: string;
  /** Every one unless given. */
  status?: 'active';
  /** ISO instants in UTC. */
  min_start_time?: string;
  max_start_time?: string;
}

/** Requests for invitees that may be on their way at once. */
const AT_ONCE = 5;

/** @throws {BookingNotFoundError} {CalendarError} */
export async function readEvent(
  client: CalendlyClient,
  id: string,
  limits: ReadLimits = {},
): Promise<CalendlyEvent> {
  const { resource } = await client.call({
    method: 'GET',
    path: ['scheduled_events', id],
    answer: EventAnswer,
    ...limits,
  });
  return resource;
}

/** @throws {BookingNotFoundError} {CalendarError} */
export async function readRecord(
  client: CalendlyClient,
  id: string,
  limits: ReadLimits = {},
): Promise<CalendlyRecord> {
  const [event, invitee] = await Promise.all([
    readEvent(client, id, limits),
    readInviteeOf(client, id, limits),
  ]);
  if (invitee && !isForGroups(event)) return { event, invitee };
  throw new BookingNotFoundError('This meeting of Calendly is not with one person.');
}

/**
 * The invitee that a URI names, such as one of another's `new_invitee`, with the meeting.
 * @throws {CalendarError}
 */
export async function readLinked(
  client: CalendlyClient,
  uri: string,
  limits: ReadLimits = {},
): Promise<CalendlyRecord> {
  const id = eventIdOf(uri);
  if (id === null) throw new CalendarUnreachableError('A link of Calendly leads nowhere.');
  const [event, { resource: invitee }] = await Promise.all([
    readEvent(client, id, limits),
    client.call({
      method: 'GET',
      path: ['scheduled_events', id, 'invitees', idOf(uri)],
      answer: InviteeAnswer,
      ...limits,
    }),
  ]);
  return { event, invitee };
}

/**
 * The meetings of a host that match, in order of their start.
 * @throws {CalendarUnreachableError} one that matches cannot be read, so that absence is not proved
 * @throws {CalendarError}
 */
export async function listEvents(
  client: CalendlyClient,
  filter: EventsFilter,
  limits: ReadLimits = {},
): Promise<CalendlyEvent[]> {
  const query = { ...filter, sort: 'start_time:asc' };
  const listed = await readPages(client, { path: ['scheduled_events'], query }, limits);
  return listed.map((each) => {
    const { data, error } = EventSchema.safeParse(each);
    if (data) return data;
    throw new CalendarUnreachableError('A booking of Calendly cannot be read.', { cause: error });
  });
}

/**
 * As {@link listEvents}, each with who comes. Those for groups are left out: none of them is ours.
 * @throws {CalendarError}
 */
export async function listRecords(
  client: CalendlyClient,
  filter: EventsFilter,
  limits: ReadLimits = {},
): Promise<CalendlyRecord[]> {
  const events = await listEvents(client, filter, limits);
  const forOne = events.filter((event) => !isForGroups(event));
  return withInvitees(client, forOne, limits);
}

/**
 * Asks who comes to each, a few at a time. A meeting to which nobody comes is left out.
 * @throws {CalendarError}
 */
export async function withInvitees(
  client: CalendlyClient,
  events: readonly CalendlyEvent[],
  limits: ReadLimits = {},
): Promise<CalendlyRecord[]> {
  const records: CalendlyRecord[] = [];
  for (let at = 0; at < events.length; at += AT_ONCE) {
    const part = events.slice(at, at + AT_ONCE).map(async (event) => {
      const invitee = await readInviteeOf(client, idOf(event.uri), limits);
      return invitee ? [{ event, invitee }] : [];
    });
    records.push(...(await Promise.all(part)).flat());
  }
  return records;
}

/** The one who comes to a meeting that is for one. */
async function readInviteeOf(
  client: CalendlyClient,
  id: string,
  limits: ReadLimits,
): Promise<CalendlyInvitee | null> {
  const path = ['scheduled_events', id, 'invitees'] as [string, ...string[]];
  const [first] = await readPages(client, { path, query: {} }, limits);
  if (first === undefined) return null;
  const { data, error } = InviteeSchema.safeParse(first);
  if (data) return data;
  throw new CalendarUnreachableError('An invitee of Calendly cannot be read.', { cause: error });
}
