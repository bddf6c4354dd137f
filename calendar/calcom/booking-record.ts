import { z } from 'zod';
import { toE164 } from '../../runtime/phone-number.ts';
import { isLive } from '../calendar.ts';
import type { Attendee, Booking, BookingStatus } from '../calendar.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Cal.com leaves a text empty, or null where its database has none. */
const Text = z
  .string()
  .nullish()
  .transform((text) => text || null);

const AttendeeSchema = z.object({
  name: Text,
  email: Text,
  timeZone: Text,
  phoneNumber: Text,
});

/**
 * What is used of a booking as Cal.com's API shows it. Little must be there: a booking outlives its
 * event type, and a host may have no name.
 */
export const BookingRecordSchema = z.object({
  uid: z.string(),
  title: Text,
  description: Text,
  status: z.enum(['accepted', 'pending', 'awaiting_host', 'cancelled', 'rejected']),
  cancellationReason: Text,
  start: Instant,
  end: Instant,
  /** Null once the event type was deleted. */
  eventType: z.object({ slug: z.string() }).nullish(),
  location: Text,
  rescheduledFromUid: Text,
  /** Never there on a booking of a recurring type, whatever it became. */
  rescheduledToUid: Text,
  /** Of a recurring type alone. */
  recurringBookingUid: Text,
  createdAt: Instant.nullish(),
  updatedAt: Instant.nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  hosts: z.array(z.object({ name: Text, email: Text })).nullish(),
  attendees: z.array(AttendeeSchema).nullish(),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).nullish(),
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
  awaiting_host: 'pending',
  cancelled: 'cancelled',
  rejected: 'rejected',
};

/** Whether a record's booking takes its time. */
export function isLiveRecord({ status }: Pick<CalcomBookingRecord, 'status'>): boolean {
  return isLive({ status: STATUSES[status] });
}

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
  return {
    reference,
    uid: record.uid,
    start: record.start,
    end: record.end,
    status: STATUSES[record.status],
    attendee: bookerOf(record),
    key: keyOf(record),
    location: placeOf(record.location),
  };
}

/**
 * Who booked: guests follow. The number stands among the answers to the event type's fields too, and
 * there alone where the event type is recurring.
 */
export function bookerOf({ attendees, bookingFieldsResponses }: CalcomBookingRecord): Attendee {
  const nobody = { name: null, email: null, timeZone: null, phoneNumber: null };
  const booker = toCallerAttendee(attendees?.[0] ?? nobody);
  const answered = z.string().safeParse(bookingFieldsResponses?.['attendeePhoneNumber']).data;
  return { ...booker, phone: booker.phone ?? toPhone(answered || null) };
}

/** One who gave a phone number alone has no e-mail address, whatever Cal.com keeps. */
export function toCallerAttendee(person: z.infer<typeof AttendeeSchema>): Attendee {
  const digits = SMS_MAIL.exec(person.email ?? '')?.[1];
  return {
    name: person.name ?? '',
    email: digits === undefined ? person.email : null,
    phone: toPhone(person.phoneNumber ?? (digits === undefined ? null : `+${digits}`)),
    timeZone: person.timeZone ?? 'UTC',
  };
}

/** Cal.com keeps a number as it was written: "+44 (0)20 7946 0123". */
function toPhone(written: string | null): string | null {
  return written === null ? null : (toE164(written) ?? written);
}

/** Cal.com's own words for a kind of place, which stand where the place itself was never told. */
const KINDS_OF_PLACE = new Set([
  'phone',
  'userPhone',
  'inPerson',
  'attendeeInPerson',
  'somewhereElse',
  'link',
  'conferencing',
  'attendeePhone',
  'attendeeAddress',
  'attendeeDefined',
  'organizersDefaultApp',
]);

/** What only names a kind of place says nothing to a caller. */
export function placeOf(location: string | null | undefined): string | null {
  if (!location || KINDS_OF_PLACE.has(location) || location.startsWith('integrations:')) {
    return null;
  }
  return location;
}
