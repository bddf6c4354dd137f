import { storableJson } from '../runtime/storable-json.ts';
import { isTimeZone } from '../runtime/given/time-zone.ts';
import type { Attendee, Booking, BookingNews, Calendar } from './calendar.ts';

/**
 * A calendar whose answers can be stored and shown, whatever its provider sends: without characters
 * that PostgreSQL does not take, in zones that are known.
 *
 * @param timeZone IANA; of the calendar, for who reads times in a zone that nobody knows
 */
export function withPlainAnswers(calendar: Calendar, timeZone: string): Calendar {
  const plain = (booking: Booking): Booking => plainBooking(booking, timeZone);
  return {
    describe: () => calendar.describe(),
    listSlots: (range, durationMinutes) => calendar.listSlots(range, durationMinutes),
    book: async (request) => plainBooking(await calendar.book(request), request.attendee.timeZone),
    findBookings: async (query) => (await calendar.findBookings(query)).map(plain),
    reschedule: async (reference, slot, reason) =>
      plain(await calendar.reschedule(reference, slot, reason)),
    cancel: async (reference, reason) => plain(await calendar.cancel(reference, reason)),
    ...(calendar.listBookings && {
      listBookings: async (range) =>
        ((await calendar.listBookings?.(range)) ?? []).map((news) => plainNews(news, timeZone)),
    }),
    ...(calendar.listChanges && {
      listChanges: async (since) => {
        const { news = [], mark = '', ...rest } = (await calendar.listChanges?.(since)) ?? {};
        return { ...rest, news: news.map((each) => plainNews(each, timeZone)), mark };
      },
    }),
    ...(calendar.settleWrite && {
      settleWrite: async (booking, before) =>
        plain((await calendar.settleWrite?.(booking, before)) ?? booking),
    }),
    ...(calendar.hold && { hold: calendar.hold.bind(calendar) }),
  };
}

function plainBooking(booking: Booking, timeZone: string): Booking {
  const storable = storableJson(booking) as Booking;
  return { ...storable, attendee: inKnownZone(storable.attendee, timeZone) };
}

/**
 * News that can be stored and shown. A time that cannot be one, such as an end before its start or a
 * start without an end, was not spoken of: whoever lists the calendar finds the true one.
 *
 * @param timeZone as of {@link withPlainAnswers}
 */
export function plainNews<News extends BookingNews>(news: News, timeZone: string): News {
  const { start, end, ...rest } = storableJson(news) as News;
  const { attendees, changedAt } = rest;
  return {
    ...rest,
    changedAt: isInstant(changedAt) ? changedAt : null,
    ...(attendees && { attendees: attendees.map((each) => inKnownZone(each, timeZone)) }),
    ...(isInstant(start) && isInstant(end) && start < end ? { start, end } : {}),
  } as News;
}

function inKnownZone(attendee: Attendee, timeZone: string): Attendee {
  return isTimeZone(attendee.timeZone) ? attendee : { ...attendee, timeZone };
}

/** Of a year with four digits: others have no ISO form that everybody reads. */
function isInstant(at: Date | null | undefined): at is Date {
  const year = at?.getUTCFullYear() ?? Number.NaN;
  return year >= 1 && year <= 9999;
}
