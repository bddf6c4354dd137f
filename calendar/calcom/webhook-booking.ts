import { z } from 'zod';
import type { BookingNews, BookingStatus } from '../calendar.ts';
import { toAttendee } from './attendee-record.ts';
import { KEY_NAME, placeOf } from './booking-record.ts';

/** A field that is missing or not as expected was not spoken of: it must not cost the rest. */
const text = z.string().nullish().catch(undefined);
const instant = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at))
  .optional()
  .catch(undefined);
const record = z.record(z.string(), z.unknown()).nullish().catch(undefined);

const PersonSchema = z.object({
  name: text,
  email: text,
  phoneNumber: text,
  timeZone: text,
});

const BookingSchema = z.object({
  uid: z.string().min(1).max(200),
  rescheduleUid: text,
  status: text,
  startTime: instant,
  endTime: instant,
  type: text,
  attendees: z.array(PersonSchema).optional().catch(undefined),
  organizer: PersonSchema.optional().catch(undefined),
  title: text,
  description: text,
  additionalNotes: text,
  location: text,
  videoCallData: z.object({ url: z.string() }).nullish().catch(undefined),
  cancellationReason: text,
  rejectionReason: text,
  responses: record,
  userFieldsResponses: record,
  metadata: record,
  paid: z.boolean().optional().catch(undefined),
  paymentId: z.union([z.string(), z.number()]).nullish().catch(undefined),
});

const STATUSES: Record<string, BookingStatus> = {
  ACCEPTED: 'confirmed',
  PENDING: 'pending',
  AWAITING_HOST: 'pending',
  CANCELLED: 'cancelled',
  REJECTED: 'rejected',
};

/** Reads the booking that a webhook carries, whichever of its fields are there. */
export function readWebhookBooking(payload: unknown): Omit<BookingNews, 'changedAt'> {
  const booking = BookingSchema.parse(payload);
  const responses = answersOf({ ...booking.responses, ...booking.userFieldsResponses });
  const attendees = booking.attendees?.map((person, index) =>
    toAttendee(person, index === 0 ? responses : {}),
  );
  return said({
    uid: booking.uid,
    previousUid: booking.rescheduleUid || undefined,
    status: STATUSES[booking.status?.toUpperCase() ?? ''],
    start: booking.startTime,
    end: booking.endTime,
    eventType: booking.type || undefined,
    key: keyOf(booking.metadata),
    attendees: attendees?.length ? attendees : undefined,
    organizer: booking.organizer && {
      name: booking.organizer.name ?? null,
      email: booking.organizer.email ?? null,
    },
    title: booking.title,
    description: emptyAsNull(booking.description),
    notes: emptyAsNull(booking.additionalNotes),
    location: placeOrLink(booking),
    reason: booking.cancellationReason ?? booking.rejectionReason ?? undefined,
    responses: booking.responses ? responses : undefined,
    metadata: booking.metadata ?? undefined,
    paid: booking.paid,
    paymentId:
      booking.paymentId === undefined || booking.paymentId === null
        ? undefined
        : String(booking.paymentId),
  });
}

/** Each answer comes as {label, value, isHidden}; what was not answered has no value. */
function answersOf(responses: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(responses)
      .map(([key, answer]) => [key, Object(answer) as { value?: unknown }] as const)
      .filter(([, answer]) => answer.value !== undefined && answer.value !== '')
      .map(([key, answer]) => [key, answer.value]),
  );
}

function keyOf(metadata: z.infer<typeof record>): string | undefined {
  const key = metadata?.[KEY_NAME];
  return typeof key === 'string' ? key : undefined;
}

/** A link comes when it is made; before that, only what kind of place it will be. */
function placeOrLink(booking: z.infer<typeof BookingSchema>): string | null | undefined {
  const link = booking.metadata?.['videoCallUrl'] ?? booking.videoCallData?.url;
  if (typeof link === 'string' && link !== '') return link;
  return typeof booking.location === 'string' ? placeOf(booking.location) : undefined;
}

function emptyAsNull(value: string | null | undefined): string | null | undefined {
  return value === '' ? null : value;
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what was not spoken of. */
function said<T extends { uid: string }>(fields: T): Said<T> & { uid: string } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Said<T> & { uid: string };
}
