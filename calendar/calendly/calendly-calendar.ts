import type { BookingBudget } from '../booking-budget.ts';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  RateLimitedError,
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
import type { MeetingLink } from '../provider.ts';
import { readAccount } from './account.ts';
import { listAvailableTimes } from './available-times.ts';
import { bookingBody } from './booking-body.ts';
import { bookingOf, readChain } from './booking-chain.ts';
import type { BookingChain } from './booking-chain.ts';
import { listBookingChanges, listBookingNews } from './booking-news.ts';
import { isLiveRecord, marksOf, toBooking, uidOf } from './booking-record.ts';
import { cancelMeeting } from './cancel-booking.ts';
import type { CalendlyClient } from './client.ts';
import { describeEventType } from './describe-event-type.ts';
import { findEventType, readEventTypes } from './event-type.ts';
import type { CalendlyEventType } from './event-type.ts';
import { findCalendlyBookings } from './find-bookings.ts';
import { attemptBooking, findMade } from './make-booking.ts';
import { endLeftOver, moveByBookingAnew } from './move-booking.ts';
import { refusalOf } from './refusal.ts';
import { setupError } from './setup-error.ts';

export interface CalendlyCalendarOptions {
  client: CalendlyClient;
  budget: BookingBudget;
  /** The slug, or the id at the end of its URI. */
  eventType: string;
  /** IANA. */
  timeZone: string;
  meetingLink: MeetingLink;
  now: () => Date;
}

/** Milliseconds for each read that a write cannot go without. */
const CHECK_TIMEOUT = 2_500;
const LIMITS = { partOfWrite: true, timeout: CHECK_TIMEOUT };
/**
 * Milliseconds after which nothing is booked any more: the write, what is read after it and, for a
 * move, the cancellation must end while the ledger still waits, which is 15 s.
 */
const LATEST_WRITE = 4_500;
/**
 * Milliseconds: who is offered a time now books it no sooner. While the account can book nothing for
 * longer, no time is offered.
 */
const CHOOSING_TAKES = 15_000;

interface Opened {
  eventType: CalendlyEventType;
  description: CalendarDescription;
}

/** One event type of a Calendly account. What the event type says is read once an instance. */
export class CalendlyCalendar implements Calendar {
  readonly #options: CalendlyCalendarOptions;
  readonly #client: CalendlyClient;
  readonly #user: Remembered<string>;
  readonly #opened: Remembered<Opened>;

  constructor(options: CalendlyCalendarOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#user = new Remembered(async () => (await readAccount(options.client)).uri);
    this.#opened = new Remembered(async () => this.#read());
  }

  async describe(): Promise<CalendarDescription> {
    return (await this.#opened.get()).description;
  }

  async listSlots(range: TimeRange, durationMinutes?: number): Promise<Slot[]> {
    const { eventType, description } = await this.#opened.get();
    if (!description.durations.includes(durationMinutes ?? description.durationMinutes)) {
      throw new RequestRefusedError('The event type has no such duration.', { field: 'duration' });
    }
    const now = this.#options.now();
    if (range.to <= now) return [];
    const wait = await this.#options.budget.wait();
    if (wait > CHOOSING_TAKES) {
      throw new RateLimitedError('Calendly takes no further booking now: no time is offered.', {
        retryAfter: wait,
      });
    }
    return this.#watchEventType(listAvailableTimes(this.#client, { eventType, range, now }));
  }

  async book(request: BookRequest): Promise<Booking> {
    const began = performance.now();
    const [{ eventType }, user] = await Promise.all([this.#opened.get(), this.#user.get()]);
    const { client, budget, timeZone, meetingLink } = this.#options;
    const body = bookingBody(request, { eventType, timeZone, meetingLink });
    const { slot, key } = request;
    const isFree = () => this.#isFree(slot, eventType);
    if (!(await isFree())) {
      const made = await findMade(client, user, request);
      if (made) return made;
      throw notFree();
    }
    refuseLateWrite(began);
    const record = await this.#watchEventType(
      attemptBooking(
        { client, budget },
        {
          body,
          user,
          isFree,
          start: slot.start,
          isOurs: ({ event, invitee }) =>
            marksOf(invitee).key === key &&
            event.start_time.getTime() === slot.start.getTime() &&
            event.end_time.getTime() === slot.end.getTime(),
        },
      ),
    );
    return toBooking(record, uidOf(record));
  }

  async findBookings(query: BookingQuery): Promise<Booking[]> {
    const user = await this.#user.get();
    const now = this.#options.now();
    // What was booked is found though its event type was switched off since.
    const isNamed = query.key !== undefined || query.reference !== undefined;
    const eventType = isNamed ? null : (await this.#opened.get()).eventType.uri;
    return findCalendlyBookings(this.#client, { query, user, eventType, now });
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    return listBookingNews(this.#client, range, await this.#newsOptions());
  }

  async listChanges(since: string | null): Promise<CalendarChanges> {
    const now = this.#options.now();
    return listBookingChanges(this.#client, since, { now, ...(await this.#newsOptions()) });
  }

  async reschedule(reference: string, slot: Slot, reason: string): Promise<Booking> {
    const began = performance.now();
    const { client, budget, now } = this.#options;
    const { user, chain } = await this.#readChain(reference);
    const { present, leftOver } = chain;
    if (!isLiveRecord(present)) {
      throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
    }
    const { event } = present;
    const isThere = event.start_time.getTime() === slot.start.getTime();
    if (isThere) {
      await endLeftOver({ client }, { anew: present, leftOver, reason, now: now() });
      return bookingOf({ ...chain, leftOver: [] });
    }
    const minutes = minutesOf({ start: event.start_time, end: event.end_time });
    if (minutesOf(slot) !== minutes) {
      throw new RequestRefusedError(
        'A booking is moved as it is, and not made longer or shorter.',
        {
          field: 'duration',
        },
      );
    }
    const isFree = () => this.#isFree(slot, { uri: event.event_type ?? '', duration: minutes });
    if (!(await isFree())) throw notFree();
    refuseLateWrite(began);
    const moved = await moveByBookingAnew(
      { client, budget },
      { chain, slot, reason, user, isFree, now: now() },
    );
    return bookingOf({ ...chain, present: moved, leftOver: [] });
  }

  async cancel(reference: string, reason: string): Promise<Booking> {
    const { chain } = await this.#readChain(reference);
    const { present, leftOver } = chain;
    if (!isLiveRecord(present)) return bookingOf(chain);
    const how = { reason, now: this.#options.now() };
    for (const record of leftOver) await cancelMeeting(this.#client, record, how);
    const cancelled = await cancelMeeting(this.#client, present, how);
    return bookingOf({ ...chain, present: cancelled, leftOver: [] });
  }

  /** Only what Calendly lists itself is booked. */
  async #isFree(
    slot: Slot,
    eventType: Pick<CalendlyEventType, 'uri' | 'duration'>,
  ): Promise<boolean> {
    const now = this.#options.now();
    if (slot.start <= now || minutesOf(slot) !== eventType.duration) return false;
    const range = { from: slot.start, to: new Date(slot.start.getTime() + 1) };
    try {
      const listed = await listAvailableTimes(this.#client, { eventType, range, now }, LIMITS);
      return listed.length > 0;
    } catch (error) {
      // A range that it does not look into, such as one years ahead.
      const isOfRange = refusalOf(error)?.parameters.some((each) =>
        /^(start|end)_time$/.test(each),
      );
      if (error instanceof RequestRefusedError && isOfRange) return false;
      throw error;
    }
  }

  async #readChain(reference: string): Promise<{ user: string; chain: BookingChain }> {
    const user = await this.#user.get();
    const chain = await readChain(this.#client, { user, name: reference }, LIMITS);
    return { user, chain };
  }

  async #newsOptions() {
    const user = await this.#user.get();
    return { user, eventTypes: await readEventTypes(this.#client, user) };
  }

  /** An event type that is gone is looked for anew the next time: it may have been made again. */
  async #watchEventType<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof CalendarSetupError) this.#opened.forget();
      throw error;
    }
  }

  async #read(): Promise<Opened> {
    const { timeZone, meetingLink } = this.#options;
    const user = await this.#user.get();
    const eventType = await findEventType(this.#client, this.#options.eventType, user);
    if (!eventType) throw setupError('event-type-missing');
    return { eventType, description: describeEventType(eventType, { timeZone, meetingLink }) };
  }
}

/** What is read once; after a failure, anew. */
class Remembered<T> {
  readonly #read: () => Promise<T>;
  #value: Promise<T> | null = null;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  async get(): Promise<T> {
    this.#value ??= this.#read();
    try {
      return await this.#value;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  forget(): void {
    this.#value = null;
  }
}

function notFree(): SlotUnavailableError {
  return new SlotUnavailableError('The slot is past, off the grid, out of range or not free.');
}

/** @throws {CalendarUnreachableError} */
function refuseLateWrite(began: number): void {
  if (performance.now() - began > LATEST_WRITE) {
    throw new CalendarUnreachableError('Calendly answers too slowly: nothing was sent.');
  }
}
