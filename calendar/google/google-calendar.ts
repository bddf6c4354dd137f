import {
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
import { durationsOf, isSame, listFree, refuseTaken } from '../own-events/free-times.ts';
import { refuseLateWrite } from '../own-events/late-write.ts';
import type { CalendarEvent } from '../provider.ts';
import { refuseBadAttendee } from '../refuse-bad-attendee.ts';
import { USUAL_AVAILABILITY } from '../slots/availability.ts';
import type { Availability } from '../slots/availability.ts';
import { readStanding } from './busy-times.ts';
import type { GoogleParts } from './calendar-parts.ts';
import { findPlaces } from './choose-calendars.ts';
import type { GoogleClient } from './client.ts';
import {
  eventTypeOf,
  isReference,
  movedFrom,
  PROPERTIES,
  referenceOf,
  slotOf,
  toBooking,
  toNews,
  writeEvent,
} from './event.ts';
import type { GoogleEvent } from './event.ts';
import { standOrGoBack, standOrLeave } from './give-way.ts';
import { listChanges } from './list-changes.ts';
import { eventsIn, listEvents, readEvent } from './read-events.ts';
import type { GooglePlaces, GoogleSettings } from './settings.ts';
import { awaitRoom, deleteEvent, insertEvent, moveEvent, requireEvent } from './write-event.ts';

const DAY = 86_400_000;
/** Where somebody's bookings are looked for who is known by an address alone. */
const PAST = 31 * DAY;
const FUTURE = 400 * DAY;

export interface GoogleCalendarOptions {
  client: GoogleClient;
  settings: GoogleSettings;
  event: CalendarEvent;
  now: () => Date;
}

/**
 * An event that is booked into a Google calendar. Google keeps what is written and refuses no overlap:
 * what is free, and whose a time is, is decided here.
 */
export class GoogleCalendar implements Calendar {
  readonly #options: GoogleCalendarOptions;
  readonly #availability: Availability;
  /** In minutes. */
  readonly #durations: number[];
  #parts: Promise<GoogleParts> | null = null;

  constructor(options: GoogleCalendarOptions) {
    this.#options = options;
    this.#availability = options.event.availability ?? USUAL_AVAILABILITY;
    this.#durations = durationsOf(options.event, this.#availability);
  }

  describe(): Promise<CalendarDescription> {
    const { event, settings } = this.#options;
    const { places } = settings;
    const others = places?.blocking.length ?? 0;
    return Promise.resolve({
      timeZone: event.timeZone,
      durationMinutes: event.durationMinutes,
      durations: this.#durations,
      requiredAttendeeFields: settings.email === 'optional' ? ['name'] : ['name', 'email'],
      questions: [],
      remarks: [
        ...(places ? [`booked into "${places.name}"`] : []),
        ...(others > 0 ? [`${others} other calendar(s) block`] : []),
        ...(event.availability ? [] : ['no hours are set: Monday to Friday from 9 to 17']),
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
    const { book } = await this.#open();
    return listFree(book, range, { durationMinutes });
  }

  async book(request: BookRequest): Promise<Booking> {
    const { slot, attendee, key } = request;
    const { settings, event } = this.#options;
    const begun = performance.now();
    refuseBadAttendee(attendee, { emailOptional: settings.email === 'optional' });
    const parts = await this.#open();
    const reference = referenceOf(key);
    const known = await readEvent(parts, reference, { partOfWrite: true });
    if (known) return this.#bookedBefore(parts, known, slot);
    await refuseTaken(parts.book, { slot, durations: this.#durations, except: null });
    refuseLateWrite(begun);
    const body = { ...writeEvent(request, event), id: reference };
    const made = await insertEvent(parts, body, slot);
    await standOrLeave(parts, { reference, slot });
    return this.#read(await awaitRoom(parts, made));
  }

  async findBookings({ key, reference, email, phone }: BookingQuery): Promise<Booking[]> {
    const parts = await this.#open();
    const named = [...(key === undefined ? [] : [referenceOf(key)]), reference ?? []].flat();
    if (named.length > 0) {
      const [only, other] = new Set(named);
      if (only === undefined || other !== undefined || !isReference(only)) return [];
      const found = await readEvent(parts, only);
      return found ? [this.#read(found)] : [];
    }
    const now = this.#options.now().getTime();
    const { events } = await listEvents(parts, {
      singleEvents: true,
      showDeleted: true,
      timeMin: new Date(now - PAST).toISOString(),
      timeMax: new Date(now + FUTURE).toISOString(),
      privateExtendedProperty:
        email === undefined
          ? `${PROPERTIES.phone}=${phone ?? ''}`
          : `${PROPERTIES.email}=${email.toLowerCase()}`,
    });
    // Another event's are told of by that one.
    const { eventType } = this.#options.event;
    const own = events.filter((event) => ['', eventType].includes(eventTypeOf(event)));
    return this.#bookingsIn(own).filter(
      ({ attendee }) =>
        (email === undefined || attendee.email?.toLowerCase() === email.toLowerCase()) &&
        (phone === undefined || attendee.phone === phone),
    );
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    const parts = await this.#open();
    const { events } = await eventsIn(parts, range, { showDeleted: true, ours: true });
    const { timeZone } = this.#options.event;
    return events
      .flatMap((event) => toNews(event, timeZone) ?? [])
      .filter(({ start }) => start && start >= range.from && start < range.to)
      .toSorted((a, b) => (a.start?.getTime() ?? 0) - (b.start?.getTime() ?? 0));
  }

  async listChanges(since: string | null): Promise<CalendarChanges> {
    return listChanges(await this.#open(), since);
  }

  async reschedule(reference: string, slot: Slot): Promise<Booking> {
    const begun = performance.now();
    const parts = await this.#open();
    const durations = this.#durations;
    const { before, after } = await moveEvent(parts, reference, slot, async (event) => {
      const at = this.#slotIn(event);
      if (event.status === 'cancelled') {
        throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
      }
      if (at.start.getTime() === slot.start.getTime()) return false;
      if (minutesOf(at) !== minutesOf(slot)) {
        throw new RequestRefusedError('A booking is moved as long as it is.', {
          field: 'duration',
        });
      }
      await refuseTaken(parts.book, { slot, durations, except: reference });
      refuseLateWrite(begun);
      return true;
    });
    if (before !== after) {
      await standOrGoBack(parts, after, { reference, slot }, this.#slotIn(before));
    }
    return this.#read(after);
  }

  async settleWrite(booking: Booking, before: Slot | null): Promise<Booking> {
    const parts = await this.#open();
    const { reference, start, end } = booking;
    const event = await readEvent(parts, reference, { partOfWrite: true });
    if (!event || event.status === 'cancelled' || !isSame(this.#slotIn(event), booking)) {
      throw new CalendarUnreachableError('It was changed since it was looked up: look again.');
    }
    const written = { reference, slot: { start, end }, isLate: true };
    // The mirror may have heard of the move already, and take its time for the one before.
    if (before) await standOrGoBack(parts, event, written, movedFrom(event) ?? before);
    else await standOrLeave(parts, written);
    return this.#read(event);
  }

  async cancel(reference: string): Promise<Booking> {
    const parts = await this.#open();
    const event = await requireEvent(parts, reference);
    const booking = this.#read(event);
    if (event.status === 'cancelled') return booking;
    await deleteEvent(parts, reference);
    return { ...booking, status: 'cancelled' };
  }

  /** Finds the calendars once; where that fails, the next one who asks tries again. */
  #open(): Promise<GoogleParts> {
    this.#parts ??= this.#find().catch((error: unknown) => {
      this.#parts = null;
      throw error;
    });
    return this.#parts;
  }

  async #find(): Promise<GoogleParts> {
    const { client, settings } = this.#options;
    return this.#partsOf(settings.places ?? (await findPlaces(client, settings)).places);
  }

  #partsOf(places: GooglePlaces): GoogleParts {
    const { client, event, now } = this.#options;
    const { timeZone, eventType } = event;
    const parts = { client, places };
    const read: GoogleParts['book']['read'] = (range, reading) =>
      readStanding(parts, range, reading);
    const book = { timeZone, availability: this.#availability, eventType, now, read };
    return { ...parts, event, now, book };
  }

  /** The booking that a key made; one that was cancelled is no answer to a wish to book. */
  async #bookedBefore(parts: GoogleParts, known: GoogleEvent, slot: Slot): Promise<Booking> {
    if (known.status === 'cancelled') {
      throw new SlotUnavailableError('The booking of this key was cancelled.');
    }
    const booking = this.#read(known);
    // Its write may have come after everybody had stopped waiting for it.
    if (isSame(booking, slot)) {
      await standOrLeave(parts, { reference: known.id, slot, isLate: true });
    }
    return this.#read(await awaitRoom(parts, known));
  }

  #slotIn(event: GoogleEvent): Slot {
    const slot = slotOf(event, this.#options.event.timeZone);
    if (slot) return slot;
    throw new OutcomeUnknownError('Google answered an event without its times.');
  }

  #read(event: GoogleEvent): Booking {
    const booking = toBooking(event, this.#options.event.timeZone);
    if (booking) return booking;
    throw new OutcomeUnknownError('Google answered an event that is none of ours.');
  }

  #bookingsIn(events: readonly GoogleEvent[]): Booking[] {
    return events
      .flatMap((event) => toBooking(event, this.#options.event.timeZone) ?? [])
      .toSorted((a, b) => a.start.getTime() - b.start.getTime());
  }
}
