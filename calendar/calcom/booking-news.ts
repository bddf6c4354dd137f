import type { BookingNews, TimeRange } from '../calendar.ts';
import { toAttendee } from './attendee-record.ts';
import { bookerOf, keyOf, placeOf, STATUSES } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { listCalcomBookings } from './list-bookings.ts';
import { ReferenceChain } from './reference-chain.ts';

const DAY = 24 * 3_600_000;

/**
 * Every booking of the key's owner that starts in the range, of every event type. What was moved
 * elsewhere is told by the booking it became, if that starts in the range.
 * @throws {CalendarError}
 */
export async function listBookingNews(
  client: CalcomClient,
  range: TimeRange,
): Promise<(BookingNews & { reference: string })[]> {
  const afterStart = range.from.toISOString();
  // Cal.com compares ends: the start is looked at here.
  const beforeEnd = new Date(range.to.getTime() + DAY).toISOString();
  const { records } = await listCalcomBookings(client, [{ afterStart, beforeEnd }]);
  const chain = new ReferenceChain(client, records);
  const news = [];
  for (const record of records) {
    if (record.rescheduledToUid || record.start < range.from || record.start >= range.to) continue;
    if ((await chain.present(record.uid)).uid !== record.uid) continue;
    news.push({ ...toNews(record), reference: await chain.root(record) });
  }
  return news;
}

function toNews(record: CalcomBookingRecord): BookingNews {
  const [host] = record.hosts ?? [];
  const { notes, ...responses } = record.bookingFieldsResponses ?? {};
  const [, ...guests] = record.attendees ?? [];
  return {
    uid: record.uid,
    ...(record.rescheduledFromUid ? { previousUid: record.rescheduledFromUid } : {}),
    changedAt: record.updatedAt ?? record.createdAt ?? null,
    status: STATUSES[record.status],
    start: record.start,
    end: record.end,
    ...(record.eventType ? { eventType: record.eventType.slug } : {}),
    key: keyOf(record),
    ...(record.attendees?.length
      ? { attendees: [bookerOf(record), ...guests.map((guest) => toAttendee(guest))] }
      : {}),
    organizer: { name: host?.name ?? null, email: host?.email ?? null },
    title: record.title,
    description: record.description,
    notes: typeof notes === 'string' ? notes : null,
    location: placeOf(record.location),
    reason: record.cancellationReason,
    responses,
    metadata: record.metadata ?? {},
  };
}
