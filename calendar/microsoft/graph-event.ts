import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Booking, BookingNews, BookRequest, Slot } from '../calendar.ts';
import type { StandingItem } from '../own-events/appointment-book.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import { PropertiesSchema, readProperties, writeProperties } from './event-properties.ts';
import type { BookingNote } from './event-properties.ts';

/** In the zone that was asked for; another one is an answer to something else. */
const InstantSchema = z
  .object({
    dateTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d*)?Z?$/),
    timeZone: z.literal('UTC'),
  })
  .transform(({ dateTime }) => new Date(`${dateTime.slice(0, 19)}Z`))
  .refine((instant) => !Number.isNaN(instant.getTime()));

/** An event as far as it is read; one whose times cannot be read is an answer that cannot be. */
export const GraphEventSchema = z
  .object({
    id: z.string().min(1),
    '@odata.etag': z.string().nullish(),
    start: InstantSchema,
    end: InstantSchema,
    isAllDay: z.boolean().nullish(),
    isCancelled: z.boolean().nullish(),
    isOrganizer: z.boolean().nullish(),
    showAs: z.string().nullish(),
    type: z.string().nullish(),
    responseStatus: z.object({ response: z.string().nullish() }).nullish(),
    subject: z.string().nullish(),
    createdDateTime: z.iso.datetime({ offset: true }).nullish(),
    lastModifiedDateTime: z.iso.datetime({ offset: true }).nullish(),
    attendees: z.array(z.unknown()).nullish(),
    location: z.object({ displayName: z.string().nullish() }).nullish(),
    onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
    singleValueExtendedProperties: PropertiesSchema,
  })
  .refine(({ start, end }) => start <= end, 'ends before it begins');

export type GraphEvent = z.infer<typeof GraphEventSchema>;

/** What is asked for of an event. */
export const SELECT = Object.keys(GraphEventSchema.shape)
  .filter((name) => !name.startsWith('@') && name !== 'singleValueExtendedProperties')
  .join(',');

/** A booking of ours as it stands in the mailbox. */
export interface StoredEvent {
  /** The id of its event. */
  reference: string;
  etag: string | null;
  note: BookingNote;
  slot: Slot;
  isCancelled: boolean;
  isOrganizer: boolean;
  hasAttendees: boolean;
  location: string | null;
  title: string | null;
  changedAt: Date | null;
  createdAt: string;
}

/** Something in a calendar: when it takes time, and whose booking it is. */
export interface CalendarItem {
  time: BusyTime;
  /** Null where it is no booking of ours. */
  booking: StoredEvent | null;
}

/**
 * When an event takes time. An all-day one is of dates, whichever zone is asked for.
 * @param timeZone IANA; that of the dates
 */
export function timeOf(event: GraphEvent, timeZone: string): BusyTime {
  const allDay = event.isAllDay === true;
  const instant = (at: Date): Date => (allDay ? midnightOf(at, timeZone) : at);
  return { start: instant(event.start), end: instant(event.end), allDay, shows: showsOf(event) };
}

function midnightOf(at: Date, timeZone: string): Date {
  if (at.getTime() % 86_400_000 !== 0) return at;
  return DateTime.fromISO(at.toISOString().slice(0, 10), { zone: timeZone }).toJSDate();
}

/** What is not known takes its time. */
function showsOf({ isCancelled, responseStatus, showAs }: GraphEvent): BusyTime['shows'] {
  if (isCancelled === true || responseStatus?.response === 'declined') return 'free';
  if (showAs === 'free' || showAs === 'workingElsewhere') return 'free';
  return showAs === 'tentative' ? 'tentative' : 'busy';
}

/** The booking of ours that an event is; null where it is none. */
export function bookingOf(event: GraphEvent, timeZone: string): StoredEvent | null {
  const note = readProperties(event.singleValueExtendedProperties, timeZone);
  // Of a series that somebody made of it each occurrence bears what we wrote.
  if (note === null || event.type === 'occurrence' || event.type === 'exception') return null;
  const { start, end } = timeOf(event, timeZone);
  return {
    reference: event.id,
    etag: event['@odata.etag'] ?? null,
    note,
    slot: { start, end },
    isCancelled: event.isCancelled === true,
    isOrganizer: event.isOrganizer !== false,
    hasAttendees: (event.attendees?.length ?? 0) > 0,
    location: event.onlineMeeting?.joinUrl || event.location?.displayName || null,
    title: event.subject ?? null,
    changedAt: event.lastModifiedDateTime ? new Date(event.lastModifiedDateTime) : null,
    createdAt: event.createdDateTime ?? '',
  };
}

export function toItem(event: GraphEvent, timeZone: string): CalendarItem {
  return { time: timeOf(event, timeZone), booking: bookingOf(event, timeZone) };
}

/** The same for who only asks when it takes time; one of ours that was cancelled takes none. */
export function toStanding({ time, booking }: CalendarItem): StandingItem {
  if (!booking) return { times: [time], booking: null };
  const { reference, note, isCancelled } = booking;
  return { times: isCancelled ? [] : [time], booking: { reference, eventType: note.eventType } };
}

export function toBooking({ reference, slot, isCancelled, note, location }: StoredEvent): Booking {
  return {
    reference,
    uid: reference,
    ...slot,
    status: isCancelled ? 'cancelled' : 'confirmed',
    attendee: note.attendee,
    key: note.key,
    location,
  };
}

export function toNews(stored: StoredEvent): BookingNews & { reference: string } {
  const { attendee, ...booking } = toBooking(stored);
  const { changedAt, title, note } = stored;
  return { ...booking, changedAt, title, eventType: note.eventType, attendees: [attendee] };
}

/** By which Exchange knows a creation that comes again: the key itself may be any text. */
export function transactionOf(key: string): string {
  return `slotline-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

/** Whether an event was made by us, as far as what only its creation could write tells. */
export function isOurs({ transactionId }: { transactionId?: unknown }): boolean {
  return typeof transactionId === 'string' && /^slotline-[0-9a-f]{40}$/.test(transactionId);
}

/** The event of a new booking. */
export function newEvent(
  request: BookRequest,
  event: { eventType: string; title?: string; isTeams: boolean },
): Record<string, unknown> {
  const { slot, attendee, key } = request;
  const { eventType, title = eventType, isTeams } = event;
  const { name, email } = attendee;
  return {
    subject: plain(`${name} (${title})`),
    body: { contentType: 'text', content: describe(request) },
    ...whenOf(slot),
    showAs: 'busy',
    attendees:
      email === null
        ? []
        : [{ type: 'required', emailAddress: { name: plain(name), address: email } }],
    ...(isTeams ? { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' } : {}),
    allowNewTimeProposals: false,
    transactionId: transactionOf(key),
    singleValueExtendedProperties: writeProperties({ key, eventType, attendee, movedFrom: null }),
  };
}

/** The fields of an event that say when it is. */
function whenOf({ start, end }: Slot): Record<string, unknown> {
  const write = (at: Date) => ({ dateTime: at.toISOString().slice(0, 19), timeZone: 'UTC' });
  return { start: write(start), end: write(end) };
}

/** The event at another time, and where it was: whoever settles the move may have to put it back. */
export function movedEvent({ slot: from, note }: StoredEvent, to: Slot): Record<string, unknown> {
  return {
    ...whenOf(to),
    singleValueExtendedProperties: writeProperties({ ...note, movedFrom: from }),
  };
}

/** What the calendar's owner reads, and the attendee in the invitation. */
function describe({ attendee, notes, answers }: BookRequest): string {
  const lines = [
    attendee.name,
    ...(attendee.email === null ? [] : [attendee.email]),
    ...(attendee.phone === null ? [] : [attendee.phone]),
    ...(notes === null ? [] : [notes]),
    ...Object.entries(answers).map(([question, answer]) => `${question}: ${answer}`),
  ];
  return plain(lines.join('\n'));
}

function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
}
