import { hash, randomUUID } from 'node:crypto';
import { DateTime, Interval } from 'luxon';
import { busySlots } from './busy-times.ts';
import { z } from 'zod';
import {
  BookingNotFoundError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import { refuseBadAttendee } from '../refuse-bad-attendee.ts';
import type { StoredBookings } from '../stored-bookings.ts';
import { overlaps } from '../calendar.ts';
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

const OPENS_AT_HOUR = 9;
const CLOSES_AT_HOUR = 18;
const DAYS_AHEAD = 90;
const MINUTE = 60_000;
/** Of 256: how many of a day's slots are free before anybody books, about six in ten. */
const FREE_OF_256 = 154;

const BusySchema = z.string().refine((text) => Interval.fromISO(text).isValid, {
  error: 'must be an interval in local time, such as 2026-11-24T10:00/2026-11-24T12:00',
});

/** Settings of a fake calendar's connection. */
export const FakeCalendarSettingsSchema = z.object({
  /** The same seed gives the same availability. */
  seed: z.int({ error: 'must be a whole number' }).default(1).meta({
    title: 'Seed',
    description: 'the same seed, the same free times',
    placeholder: 'number',
  }),
  /** Intervals in the calendar's local time in which nothing is free. */
  busy: z.array(BusySchema).default([]),
  /** Durations in minutes that can be asked for beside the event's own. */
  durations: z.array(z.int().min(5).max(480)).default([]),
  /** A phone number is enough. */
  emailOptional: z.boolean().default(false),
});

export interface FakeCalendarOptions {
  timeZone: string;
  durationMinutes: number;
  settings: z.infer<typeof FakeCalendarSettingsSchema>;
  store: StoredBookings;
  now: () => Date;
}

/**
 * A calendar without an account, for development and tests: slots from 9:00 to 18:00 in its own
 * zone, Monday to Friday, for the next 90 days, some of them taken at random. It refuses what the
 * real ones refuse, and the races between its callers are real.
 */
export class FakeCalendar implements Calendar {
  readonly #options: FakeCalendarOptions;
  readonly #busy: Slot[];

  constructor(options: FakeCalendarOptions) {
    this.#options = options;
    this.#busy = busySlots(options.settings.busy, options.timeZone);
  }

  describe(): Promise<CalendarDescription> {
    return Promise.resolve({
      timeZone: this.#options.timeZone,
      durationMinutes: this.#options.durationMinutes,
      durations: this.#durations(),
      requiredAttendeeFields: this.#options.settings.emailOptional ? ['name'] : ['name', 'email'],
      questions: [],
      exclusive: true,
      supports: { reschedule: true, confirmationMail: false },
    });
  }

  async listSlots(
    range: TimeRange,
    durationMinutes = this.#options.durationMinutes,
  ): Promise<Slot[]> {
    if (!this.#durations().includes(durationMinutes)) {
      throw new RequestRefusedError('The event type has no such duration.', { field: 'duration' });
    }
    const open = this.#openSlots(range, durationMinutes);
    const last = open.at(-1);
    if (!open[0] || !last) return [];
    const taken = await this.#options.store.listConfirmed({ from: open[0].start, to: last.end });
    return open.filter((slot) => !taken.some((booking) => overlaps(slot, booking)));
  }

  async book(request: BookRequest): Promise<Booking> {
    refuseBadAttendee(request.attendee, this.#options.settings);
    const [known] = await this.#options.store.find({ key: request.key });
    if (known?.status === 'cancelled') {
      throw new SlotUnavailableError('The booking of this key was cancelled.');
    }
    if (known) return known;
    this.#refuseClosedSlot(request.slot);
    const reference = `fake_${randomUUID()}`;
    const stored = await this.#options.store.insert({
      reference,
      uid: reference,
      location: null,
      ...request.slot,
      status: 'confirmed',
      attendee: request.attendee,
      key: request.key,
      notes: request.notes,
    });
    if (stored === 'taken') throw new SlotUnavailableError('The slot is taken.');
    return stored;
  }

  async findBookings(query: BookingQuery): Promise<Booking[]> {
    return this.#options.store.find(query);
  }

  async listBookings(range: TimeRange): Promise<(BookingNews & { reference: string })[]> {
    return this.#options.store.listAll(range);
  }

  async reschedule(reference: string, slot: Slot, _reason: string): Promise<Booking> {
    const booking = await this.#findOne(reference);
    if (booking.status === 'cancelled') {
      throw new RequestRefusedError('A cancelled booking cannot be moved.', { field: null });
    }
    if (booking.start.getTime() === slot.start.getTime()) return booking;
    if (lengthOf(slot) !== lengthOf(booking)) {
      throw new RequestRefusedError('A booking is moved as long as it is.', { field: 'duration' });
    }
    this.#refuseClosedSlot(slot);
    const moved = await this.#options.store.move(reference, slot);
    if (moved === 'taken') throw new SlotUnavailableError('The slot is taken.');
    return moved;
  }

  async cancel(reference: string, reason: string): Promise<Booking> {
    const booking = await this.#findOne(reference);
    if (booking.status === 'cancelled') return booking;
    return this.#options.store.cancel(reference, reason);
  }

  #durations(): number[] {
    const { durationMinutes, settings } = this.#options;
    return [...new Set([durationMinutes, ...settings.durations])].sort((a, b) => a - b);
  }

  async #findOne(reference: string): Promise<Booking> {
    const [booking] = await this.#options.store.find({ reference });
    if (!booking) throw new BookingNotFoundError('The calendar has no such booking.');
    return booking;
  }

  #refuseClosedSlot(slot: Slot): void {
    const minutes = lengthOf(slot) / MINUTE;
    const range = { from: slot.start, to: new Date(slot.start.getTime() + 1) };
    const open = this.#durations().includes(minutes) ? this.#openSlots(range, minutes) : [];
    if (open[0]?.end.getTime() !== slot.end.getTime()) {
      throw new SlotUnavailableError('The slot is past, off the grid, out of range or not free.');
    }
  }

  /** The slots that are free before anybody books: on the grid, in the future, not busy. */
  #openSlots(range: TimeRange, durationMinutes: number): Slot[] {
    const { timeZone, now } = this.#options;
    const present = DateTime.fromJSDate(now(), { zone: timeZone });
    const from = DateTime.max(present, DateTime.fromJSDate(range.from, { zone: timeZone }));
    const to = DateTime.min(
      present.plus({ days: DAYS_AHEAD }),
      DateTime.fromJSDate(range.to, { zone: timeZone }),
    );
    const length = durationMinutes * MINUTE;
    const slots: Slot[] = [];
    for (let day = from.startOf('day'); day < to; day = day.plus({ days: 1 })) {
      if (day.weekday > 5) continue;
      // Of a call's beginning this is the most: what a month has is stepped through in plain numbers.
      const last = day.set({ hour: CLOSES_AT_HOUR }).toMillis() - length;
      let start = day.set({ hour: OPENS_AT_HOUR }).toMillis();
      for (; start <= last; start += length) {
        if (start <= present.toMillis() || start < from.toMillis() || start >= to.toMillis()) {
          continue;
        }
        const slot = { start: new Date(start), end: new Date(start + length) };
        if (this.#isOpen(slot)) slots.push(slot);
      }
    }
    return slots;
  }

  #isOpen(slot: Slot): boolean {
    if (this.#busy.some((busy) => overlaps(busy, slot))) return false;
    const seeded = `${this.#options.settings.seed}:${slot.start.getTime()}`;
    return Number.parseInt(hash('sha256', seeded, 'hex').slice(0, 2), 16) < FREE_OF_256;
  }
}

function lengthOf({ start, end }: Slot): number {
  return end.getTime() - start.getTime();
}
