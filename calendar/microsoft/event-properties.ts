import { z } from 'zod';
import type { Attendee, Slot } from '../calendar.ts';

/**
 * What we write beside an event, as named properties of Exchange, each by itself: in lists Exchange
 * cuts a value after 255 characters.
 */
const SET = '{4f7a8c1e-52d3-4b60-9e0b-7d1a3c95e826}';
const NAMES = ['Key', 'EventType', 'Name', 'Email', 'Phone', 'TimeZone', 'MovedFrom'] as const;
type PropertyName = (typeof NAMES)[number];

/** What a value may be long in lists. */
const LONGEST = 255;

export const PropertiesSchema = z
  .array(z.object({ id: z.string(), value: z.string() }))
  .nullish()
  .transform((all) => all ?? []);

type Properties = z.infer<typeof PropertiesSchema>;

/** What we know of a booking beside its event. */
export interface BookingNote {
  key: string;
  eventType: string;
  attendee: Attendee;
  /** The time that its last move came from; null of one that was never moved by us. */
  movedFrom: Slot | null;
}

/** Asks for them with an event. */
export const EXPAND = `singleValueExtendedProperties($filter=${NAMES.map(
  (name) => `id eq '${idOf(name)}'`,
).join(' or ')})`;

/** Finds the events that a key made. */
export function filterOfKey(key: string): string {
  const value = key.replaceAll("'", "''");
  return `singleValueExtendedProperties/Any(ep: ep/id eq '${idOf('Key')}' and ep/value eq '${value}')`;
}

export function writeProperties(note: BookingNote): Properties {
  const { key, eventType, attendee, movedFrom } = note;
  const { name, email, phone, timeZone } = attendee;
  const values: Record<PropertyName, string | null> = {
    Key: key,
    EventType: eventType,
    Name: name,
    Email: email,
    Phone: phone,
    TimeZone: timeZone,
    MovedFrom: movedFrom && writeSpan(movedFrom),
  };
  return NAMES.flatMap((name) => {
    const value = values[name];
    return value === null || value === '' ? [] : [{ id: idOf(name), value: shortened(value) }];
  });
}

/**
 * Null for an event that is none of ours.
 * @param timeZone IANA; of an attendee whose own is not known
 */
export function readProperties(properties: Properties, timeZone: string): BookingNote | null {
  const valueOf = (name: PropertyName): string | null =>
    properties.find(({ id }) => id.toLowerCase() === idOf(name).toLowerCase())?.value ?? null;
  const key = valueOf('Key');
  if (key === null) return null;
  return {
    key,
    eventType: valueOf('EventType') ?? '',
    attendee: {
      name: valueOf('Name') ?? '',
      email: valueOf('Email'),
      phone: valueOf('Phone'),
      timeZone: valueOf('TimeZone') ?? timeZone,
    },
    movedFrom: readSpan(valueOf('MovedFrom')),
  };
}

function writeSpan({ start, end }: Slot): string {
  return `${start.toISOString()}/${end.toISOString()}`;
}

function readSpan(text: string | null): Slot | null {
  const [start = Number.NaN, end = Number.NaN] = (text ?? '')
    .split('/')
    .map((instant) => Date.parse(instant));
  return start < end ? { start: new Date(start), end: new Date(end) } : null;
}

function idOf(name: PropertyName): string {
  return `String ${SET} Name slotline${name}`;
}

function shortened(value: string): string {
  return value.slice(0, LONGEST);
}
