import {
  BookingNotFoundError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import { minutesOf } from '../calendar.ts';
import type {
  Booking,
  BookingNews,
  BookingQuery,
  BookRequest,
  Calendar,
  CalendarChanges,
  CalendarDescription,
  Slot,
  TimeRange,
} from '../calendar.ts';
import type { AppointmentBook } from '../own-events/appointment-book.ts';
import { durationsOf, isSame, listFree, refuseTaken } from '../own-events/free-times.ts';
import { mustGiveWay } from '../own-events/give-way.ts';
import type { WrittenBooking } from '../own-events/give-way.ts';
import { refuseLateWrite } from '../own-events/late-write.ts';
import type { CalendarEvent } from '../provider.ts';
import { refuseBadAttendee } from '../refuse-bad-attendee.ts';
import { USUAL_AVAILABILITY } from '../slots/availability.ts';
import type { Availability } from '../slots/availability.ts';
import type { StoredBookings } from '../stored-bookings.ts';
import type { MicrosoftParts } from './calendar-parts.ts';
import { findCancelled, listCancelled, noteCancelled } from './cancelled-bookings.ts';
import { findPlaces } from './choose-calendars.ts';
import type { GraphClient } from './client.ts';
import { toBooking, toNews, toStanding } from './graph-event.ts';
import type { StoredEvent } from './graph-event.ts';
import { listChanges } from './list-changes.ts';
import { findByKey, readEvent, readItems } from './read-events.ts';
import type { MicrosoftSettings } from './settings.ts';
import { createEvent, moveEvent, removeEvent } from './write-event.ts';

const DAY = 86_400_000;
/** Where somebody's bookings are looked for who is known by an address alone. */
const PAST = 31 * DAY;
const FUTURE = 400 * DAY;

export interface MicrosoftCalendarOptions {
  client: GraphClient;
  settings: MicrosoftSettings;
  event: CalendarEvent;
  /** Graph forgets what was cancelled. */
  bookings: StoredBookings;
  now: () => Date;
}

/**
 * An event that is booked into a calendar of Outlook's. Exchange keeps what is written and refuses no
 * overlap: what is free, and whose a time is, is decided here.
 */
export class MicrosoftCalendar implements Calendar {
  readonly #options: MicrosoftCalendarOptions;
  readonly #availability: Availability;
  /** In minutes. */
  readonly #durations: number[];
  #parts: Promise<MicrosoftParts> | null = null;

  constructor(options: MicrosoftCalendarOptions) {
    this.#options = options;
    this.#availability = options.event.availability ?? USUAL_AVAILABILITY;
    this.#durations = durationsOf(options.event, this.#availability);
  }

  describe(): Promise<CalendarDescription> {
    const {
      event,
      settings: { places, email },
    } = this.#options;
    return Promise.resolve({
      timeZone: event.timeZone,
      durationMinutes: event.durationMinutes,
      durations: this.#durations,
      requiredAttendeeFields: email === 'optional' ? ['name'] : ['name', 'email'],
      questions: [],
      remarks: [
        ...(places ? [`booked into "${places.name}"`] : []),
        ...(event.availability ? [] : ['no hours are set: Monday to Friday from 9 to 17']),
        ...(event.meetingLink === 'google_meet'
          ? ['such a calendar makes no Google Meet rooms']
          : []),
      ],
      exclusive: true,
      supports: { reschedule: true, confirmationMail: true },
    });
  }

  async listSlots(
    range: TimeRange,
    durationMinutes = this.#options.event.durationMinutes,
  ): Promise<Slot[]> {
    if (!this.#durations.includes(durationMinutes)) {
      throw new RequestRefusedError('The event has no such duration.', { field: 'duration' });
    }
    return listFree((await this.#open()).book, range, { durationMinutes });
  }

  async book(request: BookRequest): Promise<Booking> {
    const { slot, attendee, key } = request;
    const { settings, event } = this.#options;
    const { email, teams } = settings;
    const begun = performance.now();
    refuseBadAttendee(attendee, { emailOptional: email === 'optional' });
    const parts = await this.#open();
    const known = await findByKey(parts, key, { partOfWrite: true });
    if (known && !known.isCancelled) {
      // Its write may have come after everybody had stopped waiting for it.
      if (isSame(known.slot, slot)) await this.#standOrLeave(parts, known, { isLate: true });
      return toBooking(known);
    }
    const [ended] = known ? [known] : await findCancelled(parts, { key });
    if (ended) throw new SlotUnavailableError('The booking of this key was cancelled.');
    await refuseTaken(parts.book, { slot, durations: this.#durations, except: null });
    refuseLateWrite(begun);
    const stored = await createEvent(parts, request, {
      ...event,
      isTeams: teams === 'yes',
    });
    await this.#standOrLeave(parts, stored);
    return toBooking(stored);
  }

  async findBookings({ key, reference, email, phone }: BookingQuery): Promise<Booking[]> {
    const parts = await this.#open();
    if (reference !== undefined || key !== undefined) {
      const found =
        reference === undefined
          ? await findByKey(parts, key ?? '')
          : await readEvent(parts, reference);
      if (!found) return findCancelled(parts, { key, reference });
      if (key !== undefined && found.note.key !== key) return [];
      return [toBooking(found)];
    }
    const now = this.#options.now().getTime();
    const range = { from: new Date(now - PAST), to: new Date(now + FUTURE) };
    // Another event's are told of by that one.
    const { eventType } = this.#options.event;
    const standing = (await this.#listStored(parts, range))
      .filter(({ note }) => ['', eventType].includes(note.eventType))
      .map(toBooking)
      .filter(
        ({ attendee }) =>
          (email === undefined || attendee.email?.toLowerCase() === email.toLowerCase()) &&
          (phone === undefined || attendee.phone === phone),
      );
    const names = new Set(standing.map(({ reference }) => reference));
    const gone = await findCancelled(parts, { email, phone });
    return [...standing, ...gone.filter((each) => !names.has(each.reference))].toSorted(
      (a, b) => a.start.getTime() - b.start.getTime(),
    );
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    const parts = await this.#open();
    const standing = (await this.#listStored(parts, range))
      .filter(({ slot }) => slot.start >= range.from && slot.start < range.to)
      .map(toNews);
    const names = new Set(standing.map(({ reference }) => reference));
    const gone = await listCancelled(parts, range);
    return [...standing, ...gone.filter(({ reference }) => !names.has(reference))];
  }

  async listChanges(since: string | null): Promise<CalendarChanges> {
    return listChanges(await this.#open(), since);
  }

  async reschedule(reference: string, slot: Slot, _reason: string): Promise<Booking> {
    const begun = performance.now();
    const parts = await this.#open();
    const refuseEnded = async (): Promise<void> => {
      const [ended] = await findCancelled(parts, { reference });
      if (!ended) return;
      throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
    };
    const { before, after } = await moveEvent(parts, { reference, slot }, async (stored) => {
      if (stored.isCancelled) {
        throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
      }
      if (stored.slot.start.getTime() === slot.start.getTime()) return false;
      if (minutesOf(stored.slot) !== minutesOf(slot)) {
        throw new RequestRefusedError('A booking is moved as long as it is.', {
          field: 'duration',
        });
      }
      await refuseTaken(parts.book, {
        slot,
        durations: this.#durations,
        except: reference,
      });
      refuseLateWrite(begun);
      return true;
    }).catch(async (error: unknown) => {
      if (error instanceof BookingNotFoundError) await refuseEnded();
      throw error;
    });
    if (before !== after) await this.#standOrGoBack(parts, after, before.slot);
    return toBooking(after);
  }

  async settleWrite(booking: Booking, before: Slot | null): Promise<Booking> {
    const parts = await this.#open();
    const stored = await readEvent(parts, booking.reference, { partOfWrite: true });
    if (!stored || stored.isCancelled || !isSame(stored.slot, booking)) {
      throw new CalendarUnreachableError('It was changed since it was looked up: look again.');
    }
    // The mirror may have heard of the move already, and take its time for the one before.
    const from = before && (stored.note.movedFrom ?? before);
    if (from) await this.#standOrGoBack(parts, stored, from, { isLate: true });
    else await this.#standOrLeave(parts, stored, { isLate: true });
    return toBooking(stored);
  }

  async cancel(reference: string, reason: string): Promise<Booking> {
    const parts = await this.#open();
    const stored = await readEvent(parts, reference, { partOfWrite: true });
    if (!stored) {
      const [ended] = await findCancelled(parts, { reference });
      if (ended) return ended;
      throw new BookingNotFoundError('The calendar has no such booking.');
    }
    if (stored.isCancelled) return toBooking(stored);
    // Before: once it is gone nobody could tell any more what it was.
    const cancelled = await noteCancelled(parts, stored);
    await removeEvent(parts, stored, reason);
    return cancelled;
  }

  /** Finds the calendars once; where that fails, the next one who asks tries again. */
  #open(): Promise<MicrosoftParts> {
    this.#parts ??= this.#find().catch((error: unknown) => {
      this.#parts = null;
      throw error;
    });
    return this.#parts;
  }

  async #find(): Promise<MicrosoftParts> {
    const { client, settings, event, bookings, now } = this.#options;
    const { timeZone, eventType } = event;
    const { places: known } = settings;
    const places = known ?? (await findPlaces(client, settings));
    const book: AppointmentBook = {
      timeZone,
      availability: this.#availability,
      eventType,
      now,
      read: async (range, reading) =>
        (await readItems({ client, timeZone }, places.blocking, range, reading)).map(toStanding),
    };
    return { client, places, timeZone, book, cancelled: bookings, now };
  }

  /** @throws {SlotUnavailableError} something else stands there: it was taken back */
  async #standOrLeave(
    parts: MicrosoftParts,
    stored: StoredEvent,
    written: Pick<WrittenBooking, 'isLate'> = {},
  ): Promise<void> {
    if (!(await mustGiveWay(parts.book, { ...stored, ...written }))) return;
    try {
      await removeEvent(parts, stored, 'The time was taken by something else.');
    } catch (cause) {
      throw new OutcomeUnknownError('It was booked at a time that is taken, and is there yet.', {
        cause,
      });
    }
    throw new SlotUnavailableError('Somebody else booked the time at the same moment.');
  }

  /** @throws {SlotUnavailableError} something else stands there: it went back */
  async #standOrGoBack(
    parts: MicrosoftParts,
    stored: StoredEvent,
    before: Slot,
    written: Pick<WrittenBooking, 'isLate'> = {},
  ): Promise<void> {
    if (!(await mustGiveWay(parts.book, { ...stored, ...written }))) return;
    const { reference } = stored;
    try {
      await moveEvent(parts, { reference, slot: before }, () => Promise.resolve(true));
    } catch (cause) {
      throw new OutcomeUnknownError('It was moved to a time that is taken, and not back yet.', {
        cause,
      });
    }
    throw new SlotUnavailableError('Somebody else booked the time at the same moment.');
  }

  /** Bookings of ours that stand in the calendar and have a moment of the range, of every event. */
  async #listStored(parts: MicrosoftParts, range: TimeRange): Promise<StoredEvent[]> {
    const items = await readItems(parts, [parts.places.calendar], range);
    return items
      .flatMap(({ booking }) => booking ?? [])
      .toSorted((a, b) => a.slot.start.getTime() - b.slot.start.getTime());
  }
}
