import { isLive } from '../../calendar/calendar.ts';
import type { BookingNews } from '../../calendar/calendar.ts';
import type {
  MirroredAppointment,
  AppointmentFields,
  NewMirroredAppointment,
} from '../../db/appointments/appointments.ts';
import type { MirroredIntent } from '../../db/intents/intents.ts';
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
    ...saidFields(news),
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
export function saidFields(news: BookingNews, row?: MirroredAppointment): AppointmentFields {
  const attendee = news.attendees?.[0];
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
    // One that stands was not cancelled, whatever was said of it before.
    cancellationReason:
      news.status && isLive({ status: news.status }) ? null : (news.reason ?? undefined),
    title: news.title,
    description: news.description,
    location: news.location,
    organizerName: news.organizer?.name,
    organizerEmail: news.organizer?.email,
    responses: news.responses,
    metadata: news.metadata,
    paid: news.paid,
    paymentId: news.paymentId,
    providerChangedAt: news.changedAt ?? undefined,
  });
}

/** A booking that carries the key of an intent is that intent's: its call and agent made it. */
export function ownerFields(
  row: MirroredAppointment | undefined,
  news: BookingNews,
  intents: readonly MirroredIntent[],
): AppointmentFields {
  const intent = intents.find(({ idempotencyKey }) => idempotencyKey === news.key);
  if (!intent || (row && row.intentId !== null)) return {};
  const { id, agentId, callId, bookingEventId } = intent;
  return { source: 'slotline', intentId: id, agentId, callId, bookingEventId };
}

function withoutUndefined(fields: {
  [Name in keyof AppointmentFields]: AppointmentFields[Name] | undefined;
}): AppointmentFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as AppointmentFields;
}
