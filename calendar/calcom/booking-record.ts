import { z } from 'zod';
import { toE164 } from '../../runtime/phone-number.ts';
import type { Attendee, Booking, BookingStatus } from '../calendar.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const AttendeeSchema = z.object({
  name: z.string(),
  email: z.string(),
  timeZone: z.string(),
  phoneNumber: z.string().nullish(),
});

/** What is used of a booking as Cal.com's API shows it. */
export const BookingRecordSchema = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
  cancellationReason: z.string().nullish(),
  start: Instant,
  end: Instant,
  eventType: z.object({ id: z.number(), slug: z.string() }),
  location: z.string().nullish(),
  rescheduledFromUid: z.string().nullish(),
  rescheduledToUid: z.string().nullish(),
  createdAt: Instant.nullish(),
  updatedAt: Instant.nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  hosts: z.array(z.object({ name: z.string(), email: z.string() })).default([]),
  attendees: z.array(AttendeeSchema),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).default({}),
});

export type CalcomBookingRecord = z.infer<typeof BookingRecordSchema>;

/** Answers that write: a recurring event type answers a list, the earliest booking first. */
export const WrittenBookingAnswer = z
  .object({
    data: z.union([
      BookingRecordSchema,
      z.tuple([BookingRecordSchema], BookingRecordSchema).transform(([first]) => first),
    ]),
  })
  .transform(({ data }) => data);

export const BookingAnswer = z.object({ data: BookingRecordSchema });

/** The name of our key in a booking's metadata. */
export const KEY_NAME = 'idempotencyKey';
const SMS_MAIL = /^\+?(\d+)@sms\.cal\.com$/;

/** Cal.com's statuses in the words of the protocol. */
export const STATUSES: Record<CalcomBookingRecord['status'], BookingStatus> = {
  accepted: 'confirmed',
  pending: 'pending',
  cancelled: 'cancelled',
  rejected: 'rejected',
};

/** The address under which Cal.com keeps an attendee who gave a phone number alone. */
export function smsAddress(phone: string): string {
  return `${phone.replace(/^\+/, '')}@sms.cal.com`;
}

/** The key handed to `book`; null where the booking was not made by us. */
export function keyOf(record: CalcomBookingRecord): string | null {
  const key = record.metadata?.[KEY_NAME];
  return typeof key === 'string' ? key : null;
}

/** @param reference the uid of the first booking of the chain */
export function toBooking(record: CalcomBookingRecord, reference: string): Booking {
  // Guests follow the one who booked.
  const [booker = { name: '', email: '', timeZone: 'UTC' }] = record.attendees;
  return {
    reference,
    uid: record.uid,
    start: record.start,
    end: record.end,
    status: STATUSES[record.status],
    attendee: toCallerAttendee(booker),
    key: keyOf(record),
    location: placeOf(record.location),
  };
}

/** One who gave a phone number alone has no e-mail address, whatever Cal.com keeps. */
export function toCallerAttendee(person: z.infer<typeof AttendeeSchema>): Attendee {
  const digits = SMS_MAIL.exec(person.email)?.[1];
  return {
    name: person.name,
    email: digits === undefined ? person.email : null,
    phone: toPhone(person.phoneNumber ?? (digits === undefined ? null : `+${digits}`)),
    timeZone: person.timeZone,
  };
}

/** Cal.com keeps a number as it was written: "+44 (0)20 7946 0123". */
function toPhone(written: string | null): string | null {
  return written === null ? null : (toE164(written) ?? written);
}

/** What only names a kind of place says nothing to a caller. */
export function placeOf(location: string | null | undefined): string | null {
  if (!location || location === 'phone' || location.startsWith('integrations:')) return null;
  return location;
}
