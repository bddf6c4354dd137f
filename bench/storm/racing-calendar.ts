import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from '../../calendar/calendar-error.ts';
import { isLive, overlaps } from '../../calendar/calendar.ts';
import type {
  Booking,
  BookingQuery,
  BookRequest,
  Calendar,
  CalendarDescription,
  Slot,
  TimeRange,
} from '../../calendar/calendar.ts';
import { below } from './random.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const LENGTH = 30 * MINUTE;
/** Meetings of half an hour that start every quarter: neighbours overlap. */
export const STEP = 15 * MINUTE;
const OPENS = 9 * 60 * MINUTE;
const CLOSES = 18 * 60 * MINUTE;

/** How likely a request meets a fault, from 0 to 1. */
export interface FaultRates {
  delay: number;
  /** The write is done, and the answer lost: a time-out, or a 5xx. */
  commitThenLost: number;
  /** The answer is lost, and the write is done some milliseconds after that. */
  lostThenCommit: number;
  /** The answer is lost, and nothing is done. */
  lost: number;
  unreachable: number;
  /** Free times are listed as they were some time ago. */
  stale: number;
}

export const NO_FAULTS: FaultRates = {
  delay: 0,
  commitThenLost: 0,
  lostThenCommit: 0,
  lost: 0,
  unreachable: 0,
  stale: 0,
};

export const STORMY: FaultRates = {
  delay: 0.1,
  commitThenLost: 0.03,
  lostThenCommit: 0.01,
  lost: 0.01,
  unreachable: 0.03,
  stale: 0.1,
};

/**
 * A provider that races as Cal.com was measured to: a booking is checked against what is there, then
 * committed a moment later, and only another of exactly the same time is refused at that point. Two
 * that merely overlap are both accepted. Open from 9:00 to 18:00 UTC on every day.
 */
export class RacingProvider {
  readonly #byDay = new Map<number, Booking[]>();
  readonly #byReference = new Map<string, Booking>();
  readonly #byEmail = new Map<string, Booking[]>();
  readonly #random: Random;
  rates: FaultRates;
  #made = 0;

  constructor(random: Random, rates: FaultRates) {
    this.#random = random;
    this.rates = rates;
  }

  all(): Booking[] {
    return [...this.#byReference.values()];
  }

  open(): Calendar {
    return {
      describe: () => Promise.resolve(DESCRIPTION),
      listSlots: (range) => this.#faulty('read', () => this.#list(range)),
      findBookings: (query) => this.#faulty('read', () => this.#find(query)),
      book: (request) => this.#faulty('write', () => this.#book(request)),
      reschedule: (reference, slot) =>
        this.#faulty('write', () => this.#move(this.#get(reference), slot)),
      cancel: (reference) => this.#faulty('write', () => this.#cancel(this.#get(reference))),
    };
  }

  async #faulty<T>(kind: 'read' | 'write', work: () => T | Promise<T>): Promise<T> {
    const { rates } = this;
    if (this.#strikes(rates.delay)) await pause(1 + below(this.#random, 10));
    else await turn();
    if (this.#strikes(rates.unreachable)) throw new CalendarUnreachableError('Connection refused.');
    if (kind === 'read') return work();
    if (this.#strikes(rates.lost)) throw new OutcomeUnknownError('No answer came in time.');
    if (this.#strikes(rates.lostThenCommit)) {
      const late = pause(5 + below(this.#random, 25)).then(work);
      late.catch(() => {});
      throw new OutcomeUnknownError('No answer came in time.');
    }
    const done = await work();
    if (this.#strikes(rates.commitThenLost)) throw new OutcomeUnknownError('It answered 500.');
    return done;
  }

  #strikes(rate: number): boolean {
    return rate > 0 && this.#random() < rate;
  }

  #list({ from, to }: TimeRange): Slot[] {
    const slots: Slot[] = [];
    for (let day = dayOf(from); day <= dayOf(to); day += 1) {
      const taken = this.#strikes(this.rates.stale) ? [] : (this.#byDay.get(day) ?? []);
      for (let at = day * DAY + OPENS; at + LENGTH <= day * DAY + CLOSES; at += STEP) {
        const slot = { start: new Date(at), end: new Date(at + LENGTH) };
        if (slot.start < from || slot.start >= to) continue;
        if (!taken.some((booking) => isLive(booking) && overlaps(booking, slot))) slots.push(slot);
      }
    }
    return slots;
  }

  #find({ email, key }: BookingQuery): Booking[] {
    const found = email === undefined ? this.all() : (this.#byEmail.get(email) ?? []);
    return found.filter((booking) => key === undefined || booking.key === key);
  }

  async #book({ slot, attendee, key }: BookRequest): Promise<Booking> {
    if (this.#isTaken(slot)) {
      const made = this.#find({ email: attendee.email ?? '', key }).find(isLive);
      if (made) return made;
      throw new SlotUnavailableError('Already has booking at this time.');
    }
    await this.#raceWindow();
    this.#refuseSameTime(slot);
    this.#made += 1;
    const reference = `booking-${this.#made}`;
    const booking: Booking = {
      reference,
      uid: reference,
      start: slot.start,
      end: slot.end,
      status: 'confirmed',
      attendee,
      key,
      location: null,
    };
    this.#byReference.set(reference, booking);
    append(this.#byDay, dayOf(slot.start), booking);
    append(this.#byEmail, attendee.email ?? '', booking);
    return { ...booking };
  }

  async #move(booking: Booking, slot: Slot): Promise<Booking> {
    if (booking.start.getTime() === slot.start.getTime()) return { ...booking };
    if (!isLive(booking) || this.#isTaken(slot, booking)) {
      throw new SlotUnavailableError('Already has booking at this time.');
    }
    await this.#raceWindow();
    this.#refuseSameTime(slot, booking);
    const before = this.#byDay.get(dayOf(booking.start)) ?? [];
    before.splice(before.indexOf(booking), 1);
    Object.assign(booking, { start: slot.start, end: slot.end });
    append(this.#byDay, dayOf(slot.start), booking);
    return { ...booking };
  }

  #cancel(booking: Booking): Booking {
    booking.status = 'cancelled';
    return { ...booking };
  }

  #get(reference: string): Booking {
    const booking = this.#byReference.get(reference);
    if (!booking) throw new BookingNotFoundError('There is no such booking.');
    return booking;
  }

  /** Between the check and the commit. */
  async #raceWindow(): Promise<void> {
    for (let turns = 1 + below(this.#random, 4); turns > 0; turns -= 1) await turn();
  }

  #isTaken(slot: Slot, except?: Booking): boolean {
    const day = this.#byDay.get(dayOf(slot.start)) ?? [];
    return day.some((booking) => booking !== except && isLive(booking) && overlaps(booking, slot));
  }

  #refuseSameTime(slot: Slot, except?: Booking): void {
    const day = this.#byDay.get(dayOf(slot.start)) ?? [];
    const same = day.some(
      (booking) =>
        booking !== except && isLive(booking) && booking.start.getTime() === slot.start.getTime(),
    );
    if (same) throw new SlotUnavailableError('Another booking was faster.');
  }
}

const DESCRIPTION: CalendarDescription = {
  timeZone: 'UTC',
  durationMinutes: 30,
  durations: [30],
  requiredAttendeeFields: ['name', 'email'],
  questions: [],
  exclusive: true,
  // Messages to attendees are another part's work: the storm is about bookings.
  supports: { reschedule: true, confirmationMail: true },
};

function dayOf(instant: Date): number {
  return Math.floor(instant.getTime() / DAY);
}

function append<K>(lists: Map<K, Booking[]>, key: K, booking: Booking): void {
  const list = lists.get(key);
  if (list) list.push(booking);
  else lists.set(key, [booking]);
}
