import { CalendarError, isSetUpWrongly } from '../../calendar/calendar-error.ts';
import type { BookingNews, Calendar } from '../../calendar/calendar.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import {
  beginSync,
  endSync,
  noteChangeCursor,
  readChangeCursor,
} from '../../db/calendars/calendar-syncs.ts';
import type { SyncCounts } from '../../db/calendars/calendar-syncs.ts';
import { isConnectionLoss } from '../../db/database-trouble.ts';
import type { Database } from '../../db/database.ts';
import { describeError } from '../../runtime/describe-error.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import { bookedIn, calendarsOf } from '../hosted-events.ts';
import { lookUpUntold } from './look-up-untold.ts';
import { mirrorListed } from './mirror-listed.ts';

export interface CalendarSyncParts {
  db: Database;
  /** @throws {CalendarConfigurationError} */
  openCalendar: (event: BookingEvent) => Promise<Calendar>;
  now: () => Date;
  /** Milliseconds between two syncs of one calendar. */
  interval: number;
}

/** Milliseconds. What is over may still be corrected at the provider for some days. */
const PAST = 7 * 86_400_000;
const FUTURE = 365 * 86_400_000;

export interface SyncResult extends SyncCounts {
  /**
   * Null when it went well; else why not, or how many bookings could not be written down, without
   * personal data.
   */
  error: string | null;
}

/**
 * Asks the provider for what changed since the last time, or for the bookings of the last week and the
 * next year where it cannot tell, makes the mirror say the
 * same, and writes down what differed: what webhooks had missed. One booking that cannot be written
 * down hides no other. Several processes may try at once.
 *
 * @returns undefined when it is not this calendar's turn, or its provider has no such list
 */
export async function syncCalendar(
  parts: CalendarSyncParts,
  key: MirrorKey,
): Promise<SyncResult | undefined> {
  const { db } = parts;
  const sync = await beginSync(db, key, parts.interval);
  if (!sync) return undefined;
  const counts: SyncCounts = { seen: 0, missing: 0, changed: 0 };
  const odd = new OddBookings();
  let error: string | null = null;
  let isBehind = false;
  try {
    const calendar = await openAny(parts, key);
    const listed = calendar && (await listAll(parts, key, calendar));
    if (!listed) return undefined;
    for (const news of listed.news) {
      // By the database's clock, as the rows are dated: what was written since is newer than the list.
      const result = await odd.passOver(
        db
          .transaction()
          .execute((transaction) => mirrorListed(transaction, key, news, sync.startedAt)),
      );
      counts.seen += 1;
      if (result === 'inserted') counts.missing += 1;
      if (result === 'changed') counts.changed += 1;
      if (result === 'stale') isBehind = true;
    }
    error = odd.describe();
    // What could not be written down, or came too soon after a write of ours, is told again.
    if (listed.mark !== null && error === null && !isBehind)
      await noteChangeCursor(db, key, listed.mark);
  } catch (caught) {
    error = nameOf(caught);
    if (error === null) throw caught;
  } finally {
    const isToEnd = error === null || error === odd.describe();
    await endSync(db, { ...key, id: sync.id }, { ...counts, error, isToEnd });
  }
  return { ...counts, error };
}

/** What the provider has to tell; undefined where it cannot. */
async function listAll(
  parts: CalendarSyncParts,
  key: MirrorKey,
  calendar: Calendar,
): Promise<{ news: (BookingNews & { reference: string })[]; mark: string | null } | undefined> {
  const now = parts.now().getTime();
  const range = { from: new Date(now - PAST), to: new Date(now + FUTURE) };
  if (calendar.listChanges) {
    const { news, mark, isWhole } = await calendar.listChanges(
      await readChangeCursor(parts.db, key),
    );
    if (isWhole !== true) return { news, mark };
    return {
      news: [...news, ...(await lookUpUntold(parts.db, key, { calendar, news, range }))],
      mark,
    };
  }
  const news = await calendar.listBookings?.(range);
  return news && { news, mark: null };
}

/** Bookings of a list that the database refuses. */
class OddBookings {
  #count = 0;
  #kind = '';

  /** What came of one; undefined where it could not be written down. */
  async passOver<Result>(written: Promise<Result>): Promise<Result | undefined> {
    try {
      return await written;
    } catch (error) {
      // Without a database none can be: that is no fault of the booking.
      if (isConnectionLoss(error)) throw error;
      const { name, code } = describeError(error);
      this.#kind ||= code === undefined ? name : `${name} ${code}`;
      this.#count += 1;
      return undefined;
    }
  }

  describe(): string | null {
    if (this.#count === 0) return null;
    return `${this.#count} booking(s) could not be written down (${this.#kind}).`;
  }
}

/** The list is of the whole account: any event type opens it. */
async function openAny(parts: CalendarSyncParts, key: MirrorKey): Promise<Calendar | undefined> {
  const events = await listBookingEvents(parts.db, key.organizationId, { removed: true });
  const { calendarConnectionId } = key;
  const event = events.find((each) => calendarsOf(each).includes(calendarConnectionId));
  if (!event) return undefined;
  // What blocks it has no part in what was booked: it may be disconnected.
  const opened = bookedIn(event, { ...event, calendarConnectionId });
  return parts.openCalendar({ ...opened, busyCalendars: [] });
}

/** Messages of the provider may quote what was sent: only those that we write for the operator stay. */
function nameOf(error: unknown): string | null {
  if (isSetUpWrongly(error)) return `${error.name}: ${error.message}`;
  return error instanceof CalendarError ? error.name : null;
}
