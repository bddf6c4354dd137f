import {
  CalendarSetupError,
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
  CalendarDescription,
  Slot,
  TimeRange,
} from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import { bookingBody } from './booking-body.ts';
import { listBookingNews } from './booking-news.ts';
import { isLiveRecord, toBooking } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { describeEventType } from './describe-event-type.ts';
import { awaitsConfirmation, findEventType, forbidsMoving } from './event-type.ts';
import type { CalcomEventType, EventTypeQuery } from './event-type.ts';
import { findCalcomBookings } from './find-bookings.ts';
import { findMade, makeBooking } from './make-booking.ts';
import { cancelBooking, moveBooking, readForChange } from './move-booking.ts';
import { Reservations } from './reservations.ts';
import { setupError } from './setup-error.ts';
import { listCalcomSlots } from './slots.ts';

export interface CalcomCalendarOptions {
  client: CalcomClient;
  eventType: EventTypeQuery;
  /** What is booked unless another length is asked for, where the event type has it. */
  durationMinutes: number;
  /** IANA. */
  timeZone: string;
  meetingLink: MeetingLink;
  now: () => Date;
}

/** Milliseconds for the slots that a write is checked against. */
const CHECK_TIMEOUT = 3_000;
/**
 * Milliseconds after which nothing is sent any more: the write and the look-up after it must end
 * while the ledger still waits, which is 15 s.
 */
const LATEST_WRITE = 4_500;

interface Opened {
  eventType: CalcomEventType;
  description: CalendarDescription;
}

/** One event type of a Cal.com account. What the event type says is read once an instance. */
export class CalcomCalendar implements Calendar {
  readonly #options: CalcomCalendarOptions;
  readonly #client: CalcomClient;
  readonly #reservations: Reservations;
  #opened: Promise<Opened> | null = null;

  constructor(options: CalcomCalendarOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#reservations = new Reservations(options.client);
  }

  async describe(): Promise<CalendarDescription> {
    return (await this.#open()).description;
  }

  async listSlots(range: TimeRange, durationMinutes?: number): Promise<Slot[]> {
    const { description } = await this.#open();
    const duration = durationMinutes ?? description.durationMinutes;
    if (!description.durations.includes(duration)) {
      throw new RequestRefusedError('The event type has no such duration.', { field: 'duration' });
    }
    const now = this.#options.now();
    const from = range.from < now ? now : range.from;
    if (range.to <= from) return [];
    const listed = await this.#list({ range: { from, to: range.to }, durationMinutes: duration });
    const held = this.#reservations
      .held()
      .filter(
        (slot) =>
          slot.start >= from &&
          slot.start < range.to &&
          minutesOf(slot) === duration &&
          !listed.some(({ start }) => start.getTime() === slot.start.getTime()),
      );
    return [...listed, ...held].sort((a, b) => a.start.getTime() - b.start.getTime());
  }

  async book(request: BookRequest): Promise<Booking> {
    const began = performance.now();
    const { eventType, description } = await this.#open();
    const { timeZone, meetingLink } = this.#options;
    const { requiredAttendeeFields } = description;
    const body = bookingBody(request, { eventType, requiredAttendeeFields, timeZone, meetingLink });
    // Where several share a start, a second booking of the same key would be let through.
    if (!description.exclusive) {
      const made = await findMade(this.#client, request);
      if (made) return made;
    }
    await this.#reservations.release(request.slot.start);
    if (!(await this.#isFree(request.slot))) {
      const made = await findMade(this.#client, request);
      if (made) return made;
      throw new SlotUnavailableError('The slot is past, off the grid, out of range or not free.');
    }
    refuseLateWrite(began);
    const mayAnswerFormer = awaitsConfirmation(eventType) || !description.exclusive;
    const keys = description.questions.map(({ key }) => key);
    const askable = ['name', 'email', 'phone', 'notes', ...keys];
    return this.#watchEventType(
      makeBooking(this.#client, request, { body, timeZone, askable, mayAnswerFormer }),
    );
  }

  async findBookings(query: BookingQuery): Promise<Booking[]> {
    const { eventType, now } = this.#options;
    return findCalcomBookings(this.#client, { query, eventType: eventType.slug, now });
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    return listBookingNews(this.#client, range);
  }

  async reschedule(reference: string, slot: Slot, reason: string): Promise<Booking> {
    const began = performance.now();
    const { present, root } = await readForChange(this.#client, reference);
    if (!isLiveRecord(present)) {
      throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
    }
    const isThere = present.start.getTime() === slot.start.getTime();
    if (isThere) return toBooking(present, root);
    if (minutesOf(slot) !== minutesOf(present)) {
      throw new RequestRefusedError('Cal.com moves a booking, but does not change its length.', {
        field: 'duration',
      });
    }
    const { eventType } = await this.#open();
    if (forbidsMoving(eventType, { start: present.start, now: this.#options.now() })) {
      throw new RequestRefusedError('The event type does not let its bookings be moved.', {
        field: null,
        reason: 'moving-not-allowed',
      });
    }
    await this.#reservations.release(slot.start);
    if (!(await this.#isFree(slot, present.uid))) {
      throw new SlotUnavailableError('The slot is past, off the grid, out of range or not free.');
    }
    refuseLateWrite(began);
    // To the owner's key Cal.com takes the owner's consent for granted.
    const asAttendee = present.status === 'pending' || awaitsConfirmation(eventType);
    const moved = await moveBooking(this.#client, present, { slot, reason, asAttendee });
    return toBooking(moved, root);
  }

  async cancel(reference: string, reason: string): Promise<Booking> {
    const { present, root } = await readForChange(this.#client, reference);
    if (!isLiveRecord(present)) return toBooking(present, root);
    return toBooking(await cancelBooking(this.#client, present, reason), root);
  }

  async hold(slot: Slot, seconds: number): Promise<() => Promise<void>> {
    const openEventType = async () => (await this.#open()).eventType;
    return this.#reservations.hold(openEventType, slot, seconds);
  }

  /** Cal.com books any start, on its grid or not: only what it lists itself is booked. */
  async #isFree(slot: Slot, reschedules?: string): Promise<boolean> {
    const { description } = await this.#open();
    const duration = minutesOf(slot);
    if (slot.start <= this.#options.now() || !description.durations.includes(duration))
      return false;
    const listed = await this.#list({
      range: { from: slot.start, to: new Date(slot.start.getTime() + 1) },
      durationMinutes: duration,
      partOfWrite: true,
      timeout: CHECK_TIMEOUT,
      ...(reschedules === undefined ? {} : { reschedules }),
    });
    return listed[0]?.end.getTime() === slot.end.getTime();
  }

  async #list(request: Omit<Parameters<typeof listCalcomSlots>[1], 'eventType'>): Promise<Slot[]> {
    const { eventType } = await this.#open();
    return this.#watchEventType(listCalcomSlots(this.#client, { ...request, eventType }));
  }

  /** An event type that is gone is looked for anew the next time: it may have been made again. */
  async #watchEventType<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof CalendarSetupError) this.#opened = null;
      throw error;
    }
  }

  async #open(): Promise<Opened> {
    this.#opened ??= this.#read();
    try {
      return await this.#opened;
    } catch (error) {
      this.#opened = null;
      throw error;
    }
  }

  async #read(): Promise<Opened> {
    const { timeZone, durationMinutes, meetingLink } = this.#options;
    const eventType = await findEventType(this.#client, this.#options.eventType);
    if (!eventType) throw setupError('event-type-missing');
    return {
      eventType,
      description: describeEventType(eventType, { timeZone, durationMinutes, meetingLink }),
    };
  }
}

/** @throws {CalendarUnreachableError} */
function refuseLateWrite(began: number): void {
  if (performance.now() - began > LATEST_WRITE) {
    throw new CalendarUnreachableError('Cal.com answers too slowly: nothing was sent.');
  }
}
