import { contactOf, findByReference } from '../../booking/ledger/find-booking.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { CalendarError } from '../../calendar/calendar-error.ts';
import type { Booking, Calendar } from '../../calendar/calendar.ts';
import type { Providers } from '../../calendar/providers.ts';
import { findBookingEvent } from '../../db/booking-events.ts';
import { listChangesAtProviders } from '../../db/calls/call-traces.ts';
import type { Database } from '../../db/database.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { MADE_UP_CALENDAR } from '../../start/demo-calendars.ts';
import type { CalendarBooking, CallPlace, Evidence } from './evidence.ts';

type Witness = Pick<Evidence, 'calendarBookings' | 'calendarUnread'>;

/**
 * Asks a real calendar, once, for what a call booked, moved or cancelled there; the fake one's bookings are rows, which
 * the evidence has already.
 */
export async function readProviderBookings(
  db: Database,
  place: Pick<CallPlace, 'roomName'>,
  options: { masterKey: string; providers: Providers },
): Promise<Witness> {
  const changes = await listChangesAtProviders(db, place.roomName, MADE_UP_CALENDAR);
  const calendars = new Map<string, Calendar>();
  const found = new Map<string, CalendarBooking>();
  try {
    for (const change of changes) {
      const { bookingEventId, organizationId } = change;
      const calendar =
        calendars.get(bookingEventId) ??
        (await open(db, { organizationId, id: bookingEventId }, options));
      calendars.set(bookingEventId, calendar);
      for (const booking of await search(calendar, change)) {
        const { reference, start, status } = booking;
        const bookedFor = change.kind === 'book' ? change.startAt : null;
        found.set(reference, {
          uid: reference,
          startAt: start,
          status,
          bookedFor: found.get(reference)?.bookedFor ?? bookedFor,
        });
      }
    }
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return { calendarBookings: [...found.values()], calendarUnread: error.message };
  }
  return { calendarBookings: [...found.values()], calendarUnread: null };
}

type Change = Awaited<ReturnType<typeof listChangesAtProviders>>[number];

async function open(
  db: Database,
  key: { organizationId: string; id: string },
  { masterKey, providers }: { masterKey: string; providers: Providers },
): Promise<Calendar> {
  const event = await findBookingEvent(db, key);
  if (!event) throw new Error('The booking event of a call is gone.');
  const now = () => new Date();
  return openEventCalendar(db, event, { masterKey: parseMasterKey(masterKey), now, providers });
}

/** What a change was about. Of what was only tried, nothing may be there. */
async function search(calendar: Calendar, change: Change): Promise<Booking[]> {
  const { kind, attendee, idempotencyKey: key, reference } = change;
  // All of a key: that there is one alone is what is graded.
  if (kind === 'book') return calendar.findBookings({ key, ...contactOf(attendee) });
  if (reference === null) return [];
  const found = await findByReference(calendar, attendee, reference);
  return found ? [found] : [];
}
