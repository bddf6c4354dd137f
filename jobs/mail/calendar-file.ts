import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { OutboxPayload } from '../../booking/outbox/outbox-payload.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { withoutInvisible } from '../../runtime/given/invisible-characters.ts';

export interface CalendarFile {
  /** As the mail's part must repeat it (RFC 6047, 2.4). */
  method: 'REQUEST' | 'CANCEL';
  content: string;
}

export interface CalendarFileToCompose {
  /** The same for one appointment through all its changes. */
  uid: string;
  /** Higher with each change: an older file never overwrites a newer one (RFC 5546, 2.1.4). */
  sequence: number;
  method: 'request' | 'cancel';
  payload: OutboxPayload;
  recipient: string;
  sender: string;
  now: Date;
}

/** An iCalendar file (RFC 5545) of one appointment, in the attendee's zone. */
export function composeCalendarFile(file: CalendarFileToCompose): CalendarFile {
  const { payload, method } = file;
  const zone = payload.attendee.timeZone;
  const start = DateTime.fromISO(payload.time.start, { zone });
  const end = DateTime.fromISO(payload.time.end, { zone });
  // Across a change of the clocks the zone's definition would need both of its offsets: UTC does not.
  const zoned = start.offset === end.offset && !/^(?:UTC|Etc\/.*)$/i.test(zone);
  const calendar = new ICalCalendar({
    prodId: { company: 'Slotline', product: 'Slotline', language: 'EN' },
    method: method === 'request' ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.CANCEL,
    timezone: zoned ? { name: zone, generator: () => zoneDefinition(start) } : null,
  });
  calendar.createEvent({
    id: file.uid,
    sequence: file.sequence,
    stamp: file.now,
    start: zoned ? start : start.toUTC(),
    end: zoned ? end : end.toUTC(),
    timezone: zoned ? zone : null,
    status: method === 'request' ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    summary: printable(`${payload.eventName ?? 'Appointment'}, ${payload.businessName}`),
    location: payload.location === null ? null : printable(payload.location),
    organizer: {
      name: printable(payload.organizer?.name ?? payload.businessName),
      email: emailOf(payload.organizer) ?? file.sender,
    },
    attendees: [
      {
        name: printable(payload.attendee.name),
        email: file.recipient,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
  });
  return { method: method === 'request' ? 'REQUEST' : 'CANCEL', content: calendar.toString() };
}

/** Of text only tabs and line breaks are no printable characters (RFC 5545, 3.3.11); one line has none. */
function printable(text: string): string {
  return withoutInvisible(text)
    .replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
}

/** The organizer's address as a URI may have it (RFC 5545, 3.3.3); undefined where it is none. */
function emailOf(organizer: OutboxPayload['organizer']): string | undefined {
  return EmailAddressSchema.safeParse(organizer?.email).data;
}

/** The zone as it is on the day of the appointment: all that a file of one event needs of it. */
function zoneDefinition(at: DateTime): string {
  const offset = at.toFormat('ZZZ');
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${at.zoneName}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
}
