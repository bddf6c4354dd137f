import { createHash } from 'node:crypto';
import iCalendar from 'ical.js';
import { z } from 'zod';
import { storableJson } from '../../runtime/storable-json.ts';
import type { Booking, BookingNews, BookRequest, Slot } from '../calendar.ts';
import { readEvents, spanOf, textOf, wordOf } from './calendar-object.ts';
import type { ReadingContext } from './calendar-object.ts';
import { timeOf } from './zones.ts';
import type { JCalObject, JCalProperty } from './zones.ts';

/**
 * What we write beside the times: base64url of JSON in one property, since servers and programs differ
 * in how they escape the text of what they do not know.
 */
const PROPERTY = 'x-slotline-booking';

const NoteSchema = z.object({
  /** Null where a program has taken away what we wrote. */
  key: z.string().nullable(),
  eventType: z.string(),
  attendee: z.object({
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    timeZone: z.string(),
  }),
  notes: z.string().nullable(),
  answers: z.record(z.string(), z.string()),
  /** Why it was cancelled or moved. */
  reason: z.string().nullable(),
  /** The time that the last move of ours came from. */
  movedFrom: z.object({ start: z.coerce.date(), end: z.coerce.date() }).nullable().default(null),
});

type BookingNote = z.infer<typeof NoteSchema>;

const FRESH = { reason: null, movedFrom: null } satisfies Partial<BookingNote>;

/** An object of ours as it lies on the server. */
export interface StoredObject {
  /** The last part of its address without ".ics", and what its UID was as we wrote it. */
  reference: string;
  etag: string | null;
  object: JCalObject;
  note: BookingNote;
  slot: Slot;
  isCancelled: boolean;
  location: string | null;
  title: string | null;
}

/** What a booking of that key is called: the key itself may hold what no address can. */
export function referenceOf(key: string): string {
  return `slotline-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

/** Whether it can be the reference of a booking of ours. */
export function isReference(text: string): boolean {
  return /^slotline-[0-9a-f]{40}$/.test(text);
}

/** The reference in an object's address; null where it is none of ours. */
export function referenceIn(href: string): string | null {
  const name =
    href
      .split('/')
      .at(-1)
      ?.replace(/\.ics$/, '') ?? '';
  return isReference(name) ? name : null;
}

/** The object of a new booking, its times in UTC: so none needs a zone described beside it. */
export function writeBooking(
  request: BookRequest,
  { eventType, title = eventType }: { eventType: string; title?: string },
  now: Date,
): string {
  const { slot, attendee, key, notes, answers } = request;
  const calendar = new iCalendar.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Slotline//Slotline//EN');
  const event = new iCalendar.Component('vevent');
  calendar.addSubcomponent(event);
  event.addPropertyWithValue('uid', referenceOf(key));
  event.addPropertyWithValue('sequence', 0);
  event.addPropertyWithValue('dtstamp', utc(now));
  event.addPropertyWithValue('created', utc(now));
  event.addPropertyWithValue('dtstart', utc(slot.start));
  event.addPropertyWithValue('dtend', utc(slot.end));
  event.addPropertyWithValue('summary', plain(`${attendee.name} (${title})`));
  event.addPropertyWithValue('description', describe(request));
  event.addPropertyWithValue('status', 'CONFIRMED');
  event.addPropertyWithValue('transp', 'OPAQUE');
  const note: BookingNote = { key, eventType, attendee, notes, answers, ...FRESH };
  event.addPropertyWithValue(PROPERTY, encode(note));
  return calendar.toString();
}

/** What the calendar's owner reads. */
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

/** Without what no text of a calendar may hold (RFC 5545, 3.1), line breaks but for the plain one. */
function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
}

/** The object of a booking at another time; everything else stays, what its owner wrote too. */
export function writeMoved(stored: StoredObject, slot: Slot, reason: string, now: Date): string {
  return rewrite(stored, { reason, movedFrom: stored.slot }, now, (event) => {
    event.removeAllProperties('duration');
    event.removeAllProperties('dtstart');
    event.removeAllProperties('dtend');
    event.addPropertyWithValue('dtstart', utc(slot.start));
    event.addPropertyWithValue('dtend', utc(slot.end));
  });
}

/** The object of a booking that does not take place: it stays known, and takes no time. */
export function writeCancelled(stored: StoredObject, reason: string, now: Date): string {
  return rewrite(stored, { reason }, now, (event) => {
    event.updatePropertyWithValue('status', 'CANCELLED');
    event.updatePropertyWithValue('transp', 'TRANSPARENT');
  });
}

function rewrite(
  { object, note }: StoredObject,
  change: Partial<Pick<BookingNote, 'reason' | 'movedFrom'>>,
  now: Date,
  edit: (event: iCalendar.Component) => void,
): string {
  const calendar = new iCalendar.Component(structuredClone(object));
  const event = calendar
    .getAllSubcomponents('vevent')
    .find((each) => !each.hasProperty('recurrence-id'));
  if (!event) throw new TypeError('The object is no booking of ours.');
  edit(event);
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0);
  event.updatePropertyWithValue('sequence', Number.isSafeInteger(sequence) ? sequence + 1 : 1);
  event.updatePropertyWithValue('dtstamp', utc(now));
  event.updatePropertyWithValue(PROPERTY, encode({ ...note, ...change }));
  return calendar.toString();
}

/**
 * A booking of ours in an object; null in one that is none. Of one whose note a program has taken away
 * its name tells, and its times.
 */
export function readBooking(
  object: JCalObject,
  place: { path: string; etag: string | null },
  context: ReadingContext,
): StoredObject | null {
  const reference = referenceIn(place.path);
  const event = readEvents(object, place.path, context).find(({ recurrence }) => !recurrence);
  if (reference === null || !event) return null;
  const { properties, start, length } = event;
  const note = decode(textOf(properties, PROPERTY)) ?? bareNote(properties, context);
  return {
    reference,
    etag: place.etag,
    object,
    note,
    slot: spanOf(start, length),
    isCancelled: wordOf(properties, 'status') === 'CANCELLED',
    location: textOf(properties, 'location') || null,
    title: textOf(properties, 'summary') || null,
  };
}

function bareNote(properties: readonly JCalProperty[], { timeZone }: ReadingContext): BookingNote {
  const name = textOf(properties, 'summary').replace(/ \([^()]*\)$/, '');
  const attendee = { name, email: null, phone: null, timeZone };
  return { key: null, eventType: '', attendee, notes: null, answers: {}, ...FRESH };
}

export function toBooking({ reference, slot, isCancelled, note, location }: StoredObject): Booking {
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

export function toNews(stored: StoredObject): BookingNews & { reference: string } {
  const { note, title } = stored;
  const { attendee, ...booking } = toBooking(stored);
  return {
    ...booking,
    changedAt: null,
    eventType: note.eventType,
    attendees: [attendee],
    title,
    notes: note.notes,
    reason: booking.status === 'cancelled' ? note.reason : null,
  };
}

function utc(instant: Date): iCalendar.Time {
  const time = timeOf(Math.floor(instant.getTime() / 1_000) * 1_000, false);
  time.zone = iCalendar.Timezone.utcTimezone;
  return time;
}

function encode(note: BookingNote): string {
  return Buffer.from(JSON.stringify(storableJson(note))).toString('base64url');
}

function decode(text: string): BookingNote | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return NoteSchema.safeParse(json).data ?? null;
  } catch {
    return null;
  }
}
