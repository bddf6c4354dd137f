import { toRefusal } from './by-hand.ts';
import type { ByHandParts } from './by-hand.ts';
import { hostedEvents } from '../booking/hosted-events.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { USUAL_DEADLINES } from '../booking/ledger/ledger-context.ts';
import type { CalendarDescription, Slot } from '../calendar/calendar.ts';
import { listRefusedTimes } from '../db/calendars/slot-holds.ts';
import { WHOLE_CALENDAR } from '../db/intents/intents.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import { ManageError } from './manage-error.ts';

const DAY = 86_400_000;
const MOST_DAYS = 62;

/** What can be booked by hand now. */
export interface FreeTimes {
  description: CalendarDescription;
  /** In order; without what a call holds or has just claimed. */
  slots: FreeTime[];
}

interface FreeTime extends Slot {
  /** With whom; missing where nobody is named. */
  host?: string;
}

/**
 * The times that an event's calendar lists, or those of its hosts, each host's by themselves.
 * @param range.durationMinutes the event's unless given: that of an appointment to be moved
 * @throws {ManageError} the range cannot be used, or the calendar does not say
 */
export async function listFreeTimes(
  parts: ByHandParts,
  event: BookingEvent,
  range: { from: Date; to: Date; durationMinutes?: number | undefined },
): Promise<FreeTimes> {
  const { from, to } = range;
  if (from >= to) throw new ManageError('must be later than from', { field: 'to' });
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY) {
    throw new ManageError(`must be ${MOST_DAYS} days after from at most`, { field: 'to' });
  }
  const lists = await Promise.all(
    hostedEvents(event).map((each) =>
      listOf(parts, each, { durationMinutes: each.durationMinutes, ...range }),
    ),
  );
  const [first] = lists;
  if (!first) throw new TypeError('Nobody takes the event.');
  const slots = lists.flatMap((list) => list.slots);
  return {
    description: first.description,
    slots: slots.toSorted((a, b) => a.start.getTime() - b.start.getTime()),
  };
}

async function listOf(
  parts: ByHandParts,
  event: BookingEvent,
  { from, to, durationMinutes }: { from: Date; to: Date; durationMinutes?: number | undefined },
): Promise<FreeTimes> {
  try {
    const calendar = await openEventCalendar(parts.db, event, parts);
    const [description, listed] = await Promise.all([
      calendar.describe(),
      calendar.listSlots({ from, to }, durationMinutes),
    ]);
    const promised = description.exclusive
      ? await listRefusedTimes(
          parts.db,
          { ...event, resource: WHOLE_CALENDAR, callId: null },
          { startAt: from, endAt: new Date(to.getTime() + DAY) },
          USUAL_DEADLINES.believeRival,
        )
      : [];
    const isFree = ({ start, end }: Slot) =>
      !promised.some((time) => time.startAt < end && start < time.endAt);
    const { host } = event;
    const named = host === undefined ? {} : { host };
    return { description, slots: listed.filter(isFree).map((slot) => ({ ...slot, ...named })) };
  } catch (error) {
    throw toRefusal(error, event, parts) ?? error;
  }
}
