import { isLive } from '../../calendar/calendar.ts';
import type { BookingNews } from '../../calendar/calendar.ts';
import type { AppointmentFields, MirroredAppointment } from '../../db/appointments/appointments.ts';

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

function withoutUndefined(fields: {
  [Name in keyof AppointmentFields]: AppointmentFields[Name] | undefined;
}): AppointmentFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as AppointmentFields;
}
