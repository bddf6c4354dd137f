import type { BookingNews } from '../../calendar/calendar.ts';
import type {
  MirroredAppointment,
  MirroredFields,
  NewMirroredAppointment,
} from '../../db/appointments/mirrored-appointments.ts';
import type { MirroredIntent } from '../../db/intents/intents-of-booking.ts';
import type { FoldedBooking } from './mirror-fold.ts';

/** An appointment that the mirror did not have; undefined where too little was said of it. */
export function newAppointment(
  { news, root }: FoldedBooking,
  intents: readonly MirroredIntent[],
): NewMirroredAppointment | undefined {
  const { status, start, end } = news;
  const attendee = news.attendees?.[0];
  if (!status || !start || !end || end <= start || !attendee) return undefined;
  return {
    ...saidFields(news, undefined),
    ...ownerFields(undefined, news, intents),
    reference: news.reference ?? root,
    status,
    startAt: start,
    endAt: end,
    eventType: news.eventType ?? 'unknown',
    attendeeName: attendee.name,
    timeZone: attendee.timeZone,
  };
}

/** What was said, as columns; of a number or an address that it leaves out, the row's stays. */
export function saidFields(
  news: BookingNews,
  row: MirroredAppointment | undefined,
): MirroredFields {
  const attendee = news.attendees?.[0];
  const changedAt = latest(row?.providerChangedAt ?? null, news.changedAt);
  return withoutUndefined({
    providerUid: news.uid,
    status: news.status,
    startAt: news.start,
    endAt: news.end,
    eventType: news.eventType,
    ...(attendee
      ? {
          attendeeName: attendee.name,
          attendeeEmail: attendee.email ?? row?.attendeeEmail ?? null,
          attendeePhone: attendee.phone ?? row?.attendeePhone ?? null,
          timeZone: attendee.timeZone,
          attendees: news.attendees,
        }
      : {}),
    notes: news.notes ?? undefined,
    cancellationReason: news.reason ?? undefined,
    title: news.title,
    description: news.description,
    location: news.location,
    organizerName: news.organizer?.name,
    organizerEmail: news.organizer?.email,
    responses: news.responses,
    metadata: news.metadata,
    paid: news.paid,
    paymentId: news.paymentId,
    providerChangedAt: changedAt ?? undefined,
  });
}

/** A booking that carries the key of an intent is that intent's: its call and agent made it. */
export function ownerFields(
  row: MirroredAppointment | undefined,
  news: BookingNews,
  intents: readonly MirroredIntent[],
): MirroredFields {
  const intent = intents.find(({ idempotencyKey }) => idempotencyKey === news.key);
  if (!intent || (row && row.intentId !== null)) return {};
  const { id, agentId, callId, bookingEventId } = intent;
  return { source: 'slotline', intentId: id, agentId, callId, bookingEventId };
}

function latest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function withoutUndefined(fields: {
  [Name in keyof MirroredFields]: MirroredFields[Name] | undefined;
}): MirroredFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as MirroredFields;
}
