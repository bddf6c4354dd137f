import {
  CalendarUnreachableError,
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
import type { CalendarEvent } from '../provider.ts';
import { durationsOf, isSame, listFree, refuseTaken } from '../own-events/free-times.ts';
import type { AppointmentBook } from '../own-events/appointment-book.ts';
import { refuseBadAttendee } from '../refuse-bad-attendee.ts';
import { USUAL_AVAILABILITY } from '../slots/availability.ts';
import type { Availability } from '../slots/availability.ts';
import {
  isReference,
  referenceOf,
  toBooking,
  toNews,
  writeBooking,
  writeCancelled,
  writeMoved,
} from './booking-object.ts';
import type { StoredObject } from './booking-object.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { findPlaces } from './choose-calendars.ts';
import type { DavClient } from './dav-client.ts';
import { KnownObjects } from './known-objects.ts';
import { listChanges } from './list-changes.ts';
import { standOrGiveWay } from './give-way.ts';
import { readItems, readObject } from './read-objects.ts';
import type { CaldavSettings } from './settings.ts';
import { changeObject, writeObject } from './write-object.ts';

const DAY = 86_400_000;
/** Where somebody's bookings are looked for who is known by an address alone. */
const PAST = 31 * DAY;
const FUTURE = 400 * DAY;

export interface CaldavCalendarOptions {
  client: DavClient;
  settings: CaldavSettings;
  event: CalendarEvent;
  now: () => Date;
}

/**
 * An event that is booked into a calendar of appointments. The server keeps what is written and refuses
 * no overlap: what is free, and whose a time is, is decided here.
 */
export class CaldavCalendar implements Calendar {
  readonly #options: CaldavCalendarOptions;
  readonly #availability: Availability;
  /** In minutes. */
  readonly #durations: number[];
  readonly #known = new KnownObjects();
  #parts: Promise<CaldavParts> | null = null;

  constructor(options: CaldavCalendarOptions) {
    this.#options = options;
    this.#availability = options.event.availability ?? USUAL_AVAILABILITY;
    this.#durations = durationsOf(options.event, this.#availability);
  }

  describe(): Promise<CalendarDescription> {
    const { event, settings } = this.#options;
    const { places } = settings;
    return Promise.resolve({
      timeZone: event.timeZone,
      durationMinutes: event.durationMinutes,
      durations: this.#durations,
      requiredAttendeeFields: settings.email === 'optional' ? ['name'] : ['name', 'email'],
      questions: [],
      remarks: [
        ...(places ? [`booked into "${places.name}"`] : []),
        ...(event.availability ? [] : ['no hours are set: Monday to Friday from 9 to 17']),
      ],
      exclusive: true,
      supports: { reschedule: true, confirmationMail: false },
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
    const { settings, event, now } = this.#options;
    const begun = performance.now();
    refuseBadAttendee(attendee, { emailOptional: settings.email === 'optional' });
    const parts = await this.#open();
    const reference = referenceOf(key);
    const known = await readObject(parts, reference, { partOfWrite: true });
    if (known) {
      const booking = bookedBefore(known);
      // Its write may have come after everybody had stopped waiting for it.
      if (isSame(booking, slot)) await standOrGiveWay(parts, known, { before: null, isLate: true });
      return booking;
    }
    await refuseTaken(parts.book, { slot, durations: this.#durations, except: null });
    const ics = writeBooking(request, event, now());
    const isDone = (stored: StoredObject) => !stored.isCancelled && isSame(stored.slot, slot);
    const stored = await writeObject(parts, { reference, ics, replaces: null, begun, isDone });
    await standOrGiveWay(parts, stored, { before: null });
    return toBooking(stored);
  }

  async findBookings({ key, reference, email, phone }: BookingQuery): Promise<Booking[]> {
    const parts = await this.#open();
    const named = [...(key === undefined ? [] : [referenceOf(key)]), reference ?? []].flat();
    if (named.length > 0) {
      const [only, other] = new Set(named);
      if (only === undefined || other !== undefined || !isReference(only)) return [];
      const found = await readObject(parts, only);
      return found ? [toBooking(found)] : [];
    }
    const now = this.#options.now().getTime();
    const range = { from: new Date(now - PAST), to: new Date(now + FUTURE) };
    // Another event's are told of by that one.
    const { eventType } = this.#options.event;
    return (await this.#listStored(range))
      .filter(({ note }) => ['', eventType].includes(note.eventType))
      .map(toBooking)
      .filter(
        ({ attendee }) =>
          (email === undefined || attendee.email?.toLowerCase() === email.toLowerCase()) &&
          (phone === undefined || attendee.phone === phone),
      );
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    const stored = await this.#listStored(range);
    return stored
      .filter(({ slot }) => slot.start >= range.from && slot.start < range.to)
      .map(toNews);
  }

  async listChanges(since: string | null): Promise<CalendarChanges> {
    return listChanges(await this.#open(), since);
  }

  async reschedule(reference: string, slot: Slot, reason: string): Promise<Booking> {
    const parts = await this.#open();
    const moved = await changeObject(parts, reference, async (stored) => {
      if (stored.isCancelled) {
        throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
      }
      if (stored.slot.start.getTime() === slot.start.getTime()) return null;
      if (minutesOf(stored.slot) !== minutesOf(slot)) {
        throw new RequestRefusedError('A booking is moved as long as it is.', {
          field: 'duration',
        });
      }
      await refuseTaken(parts.book, { slot, durations: this.#durations, except: reference });
      return {
        ics: writeMoved(stored, slot, reason, this.#options.now()),
        isDone: (after) => !after.isCancelled && isSame(after.slot, slot),
      };
    });
    const { before, after } = moved;
    if (before !== after) await standOrGiveWay(parts, after, { before: before.slot });
    return toBooking(after);
  }

  async settleWrite(booking: Booking, before: Slot | null): Promise<Booking> {
    const parts = await this.#open();
    const stored = await readObject(parts, booking.reference, { partOfWrite: true });
    if (!stored || stored.isCancelled || !isSame(stored.slot, booking)) {
      throw new CalendarUnreachableError('It was changed since it was looked up: look again.');
    }
    // The mirror may have heard of the move already, and take its time for the one before.
    const from = before && (stored.note.movedFrom ?? before);
    await standOrGiveWay(parts, stored, { before: from, isLate: true });
    return toBooking(stored);
  }

  async cancel(reference: string, reason: string): Promise<Booking> {
    const parts = await this.#open();
    const { after } = await changeObject(parts, reference, (stored) =>
      Promise.resolve(
        stored.isCancelled
          ? null
          : {
              ics: writeCancelled(stored, reason, this.#options.now()),
              isDone: ({ isCancelled }) => isCancelled,
              // What its owner has deleted meanwhile takes place as little.
              whenGone: { ...stored, isCancelled: true },
            },
      ),
    );
    return toBooking(after);
  }

  /** Finds the calendars once; where that fails, the next one who asks tries again. */
  #open(): Promise<CaldavParts> {
    this.#parts ??= this.#find().catch((error: unknown) => {
      this.#parts = null;
      throw error;
    });
    return this.#parts;
  }

  async #find(): Promise<CaldavParts> {
    const { client, settings, event, now } = this.#options;
    const places = settings.places ?? (await findPlaces(client, settings, { mayMake: false }));
    const { timeZone, eventType } = event;
    const context = { timeZone, addresses: places.addresses };
    const known = this.#known;
    const read: AppointmentBook['read'] = async (range, { partOfWrite = false }) => {
      // Whoever writes reads the calendar itself.
      const reading = partOfWrite ? { partOfWrite } : { known };
      const items = await readItems({ client, context }, places.blocking, range, reading);
      return items.map(({ times, booking }) => ({
        times,
        booking: booking && { reference: booking.reference, eventType: booking.note.eventType },
      }));
    };
    const book = { timeZone, availability: this.#availability, eventType, now, read };
    return { client, places, context, book, now };
  }

  /** Bookings of ours in the calendar that have a moment of the range, of every event and status. */
  async #listStored(range: TimeRange): Promise<StoredObject[]> {
    const parts = await this.#open();
    const items = await readItems(parts, [parts.places.calendar], range);
    return items
      .flatMap(({ booking }) => booking ?? [])
      .filter(({ slot }) => slot.start < range.to && slot.end > range.from)
      .toSorted((a, b) => a.slot.start.getTime() - b.slot.start.getTime());
  }
}

/** The booking that a key made; one that was cancelled is no answer to a wish to book. */
function bookedBefore(known: StoredObject): Booking {
  if (!known.isCancelled) return toBooking(known);
  throw new SlotUnavailableError('The booking of this key was cancelled.');
}
