import { z } from 'zod';
import { isLive } from '../calendar.ts';
import type { Attendee, Booking, BookingStatus } from '../calendar.ts';
import { toAttendee } from './attendee-record.ts';

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
    host: record.hosts?.[0]?.name ?? null,
  };
}

/** Who booked: guests follow. */
export function bookerOf({ attendees, bookingFieldsResponses }: CalcomBookingRecord): Attendee {
  return toAttendee(attendees?.[0] ?? {}, bookingFieldsResponses ?? {});
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
