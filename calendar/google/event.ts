import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storableJson } from '../../runtime/storable-json.ts';
import type { Booking, BookingNews, BookRequest, Slot } from '../calendar.ts';
import type { CalendarEvent } from '../provider.ts';
import { instantOf, zoneClock } from '../slots/zone-clock.ts';

/** Before what is ours: letters of base32hex alone, as an event's id wants them. */
const PREFIX = 'slotline';
/** RFC 4648, section 7, in small letters. */
const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';
/** What a property may hold. */
const LONGEST_VALUE = 1_024;

const TimeSchema = z.union([
  z.object({ dateTime: z.iso.datetime({ offset: true }) }),
  z.object({ date: z.iso.date() }),
]);

const AttendeeSchema = z.object({
  email: z.string().optional(),
  self: z.boolean().optional(),
  responseStatus: z.string().optional(),
});

/** An event as far as it is read. Of a deleted one a list may have the id and the status alone. */
export const EventSchema = z.object({
  id: z.string(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).default('confirmed'),
  etag: z.string().optional(),
  updated: z.iso.datetime({ offset: true }).optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  transparency: z.enum(['opaque', 'transparent']).default('opaque'),
  start: TimeSchema.optional(),
  end: TimeSchema.optional(),
  attendees: z.array(AttendeeSchema).default([]),
  hangoutLink: z.string().optional(),
  conferenceData: z
    .object({
      createRequest: z
        .object({ status: z.object({ statusCode: z.string() }).optional() })
        .optional(),
      entryPoints: z
        .array(z.object({ entryPointType: z.string().optional(), uri: z.string().optional() }))
        .default([]),
    })
    .optional(),
  extendedProperties: z
    .object({ private: z.record(z.string(), z.string()).default({}) })
    .optional(),
});

export type GoogleEvent = z.infer<typeof EventSchema>;

/** What we write beside an event, by names of ours. */
export const PROPERTIES = {
  mark: 'slotline',
  key: 'slotlineKey',
  eventType: 'slotlineEventType',
  name: 'slotlineName',
  email: 'slotlineEmail',
  phone: 'slotlinePhone',
  timeZone: 'slotlineTimeZone',
  movedFrom: 'slotlineMovedFrom',
} as const;

/** The id of the event that a key makes: the key itself may hold what no id can. */
export function referenceOf(key: string): string {
  const bits = [...createHash('sha256').update(key).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  // 256 bits and four more.
  const letters = (bits.padEnd(260, '0').match(/.{5}/g) ?? []).map((five) =>
    BASE32HEX.charAt(Number.parseInt(five, 2)),
  );
  return PREFIX + letters.join('');
}

/** Whether it can be the reference of a booking of ours. */
export function isReference(text: string): boolean {
  return /^slotline[0-9a-v]{52}$/.test(text);
}

/** The event of a new booking, its times in UTC. */
export function writeEvent(request: BookRequest, event: CalendarEvent): object {
  const { slot, attendee, key } = request;
  const id = referenceOf(key);
  const { eventType, title = eventType, timeZone, meetingLink } = event;
  const properties = {
    [PROPERTIES.mark]: 'booking',
    [PROPERTIES.key]: key,
    [PROPERTIES.eventType]: eventType,
    [PROPERTIES.name]: attendee.name,
    [PROPERTIES.email]: attendee.email?.toLowerCase() ?? '',
    [PROPERTIES.phone]: attendee.phone ?? '',
    [PROPERTIES.timeZone]: attendee.timeZone,
  };
  return storableJson({
    id,
    summary: `${attendee.name} (${title})`,
    description: describe(request),
    ...writeTimes(slot, timeZone),
    ...(attendee.email === null
      ? {}
      : { attendees: [{ email: attendee.email, displayName: attendee.name }] }),
    extendedProperties: {
      private: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE)]),
      ),
    },
    ...(meetingLink === 'google_meet'
      ? {
          conferenceData: {
            createRequest: { requestId: id, conferenceSolutionKey: { type: 'hangoutsMeet' } },
          },
        }
      : {}),
  }) as object;
}

/** @param timeZone in which the calendar shows them */
function writeTimes({ start, end }: Slot, timeZone: string): object {
  return {
    start: { dateTime: start.toISOString(), timeZone },
    end: { dateTime: end.toISOString(), timeZone },
  };
}

/** The event at another time, and where it was: whoever settles the move may have to put it back. */
export function writeMove(from: Slot, to: Slot, timeZone: string): object {
  const movedFrom = [from.start, from.end].map((at) => at.toISOString()).join('/');
  return {
    ...writeTimes(to, timeZone),
    extendedProperties: { private: { [PROPERTIES.movedFrom]: movedFrom } },
  };
}

/** Where the last move of an event came from; null where it does not say. */
export function movedFrom(event: GoogleEvent): Slot | null {
  const [start = Number.NaN, end = Number.NaN] = (noteOf(event)(PROPERTIES.movedFrom) ?? '')
    .split('/')
    .map((text) => Date.parse(text));
  return start < end ? { start: new Date(start), end: new Date(end) } : null;
}

/** What the calendar's owner reads, and the attendee, who is invited. */
function describe({ attendee, notes, answers }: BookRequest): string {
  return [
    attendee.name,
    ...(attendee.phone === null ? [] : [attendee.phone]),
    ...(notes === null ? [] : [notes]),
    ...Object.entries(answers).map(([question, answer]) => `${question}: ${answer}`),
  ].join('\n');
}

/**
 * When an event takes place; null where it does not say. A whole day begins at midnight of its zone.
 * @param timeZone IANA; of the calendar
 */
export function slotOf({ start, end }: GoogleEvent, timeZone: string): Slot | null {
  if (!start || !end) return null;
  return { start: toInstant(start, timeZone), end: toInstant(end, timeZone) };
}

export function isAllDay({ start }: GoogleEvent): boolean {
  return start !== undefined && 'date' in start;
}

function toInstant(time: z.infer<typeof TimeSchema>, timeZone: string): Date {
  if ('dateTime' in time) return new Date(time.dateTime);
  return new Date(instantOf(zoneClock(timeZone), Date.parse(`${time.date}T00:00:00Z`)));
}

/** Whether a room to meet in was asked for and is being made. */
export function isRoomPending({ conferenceData }: GoogleEvent): boolean {
  return conferenceData?.createRequest?.status?.statusCode === 'pending';
}

/**
 * A booking of ours in an event; null in one that is none, or does not say when it is.
 * @param timeZone IANA; of the calendar
 */
export function toBooking(event: GoogleEvent, timeZone: string): Booking | null {
  const slot = slotOf(event, timeZone);
  if (!isReference(event.id) || !slot) return null;
  const note = noteOf(event);
  return {
    reference: event.id,
    uid: event.id,
    ...slot,
    status: event.status === 'cancelled' ? 'cancelled' : 'confirmed',
    attendee: {
      // A program may have taken away what we wrote.
      name: note(PROPERTIES.name) ?? (event.summary ?? '').replace(/ \([^()]*\)$/, ''),
      email: note(PROPERTIES.email) ?? event.attendees.find(({ self }) => !self)?.email ?? null,
      phone: note(PROPERTIES.phone),
      timeZone: note(PROPERTIES.timeZone) ?? timeZone,
    },
    key: note(PROPERTIES.key),
    location: placeOf(event),
  };
}

/** What a list says of a booking; of one that is gone its name alone. Null for what is none of ours. */
export function toNews(
  event: GoogleEvent,
  timeZone: string,
): (BookingNews & { reference: string }) | null {
  if (!isReference(event.id)) return null;
  const changedAt = event.updated === undefined ? null : new Date(event.updated);
  const booking = toBooking(event, timeZone);
  if (!booking) {
    if (event.status !== 'cancelled') return null;
    return { reference: event.id, uid: event.id, changedAt, status: 'cancelled' };
  }
  const { attendee, ...rest } = booking;
  return {
    ...rest,
    changedAt,
    attendees: [attendee],
    title: event.summary ?? null,
    description: event.description ?? null,
    ...eventTypeIn(event),
  };
}

/** The event's slug, where it is a booking of ours that still says so. */
export function eventTypeOf(event: GoogleEvent): string {
  return noteOf(event)(PROPERTIES.eventType) ?? '';
}

function eventTypeIn(event: GoogleEvent): { eventType?: string } {
  const eventType = eventTypeOf(event);
  return eventType === '' ? {} : { eventType };
}

function noteOf({ extendedProperties }: GoogleEvent): (name: string) => string | null {
  return (name) => extendedProperties?.private[name] || null;
}

function placeOf({ hangoutLink, conferenceData, location }: GoogleEvent): string | null {
  const room = conferenceData?.entryPoints.find(({ entryPointType }) => entryPointType === 'video');
  return hangoutLink ?? room?.uri ?? (location || null);
}
