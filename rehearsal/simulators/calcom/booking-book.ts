import { DAY, overlaps, type Interval } from './interval.ts';
import type { Booking } from './model.ts';

/** Every booking ever made, and which hosts they keep busy. */
export class BookingBook {
  readonly #byUid = new Map<string, Booking>();
  /** A host's bookings by the days they touch, so that a storm of bookings stays quick. */
  readonly #byDay = new Map<string, Set<Booking>>();

  add(booking: Booking): void {
    this.#byUid.set(booking.uid, booking);
    for (const key of dayKeys(booking)) {
      const bookings = this.#byDay.get(key);
      if (bookings === undefined) this.#byDay.set(key, new Set([booking]));
      else bookings.add(booking);
    }
  }

  find(uid: string): Booking | undefined {
    return this.#byUid.get(uid);
  }

  all(): Booking[] {
    return [...this.#byUid.values()];
  }

  /** Bookings that take a host's time within an interval, buffers aside. */
  blocking(hostId: number, interval: Interval): Booking[] {
    const found = new Set<Booking>();
    for (let day = dayOf(interval.start); day <= dayOf(interval.end); day += 1) {
      for (const booking of this.#byDay.get(`${hostId}/${day}`) ?? []) {
        if (takesTime(booking) && overlaps(booking, interval)) found.add(booking);
      }
    }
    return [...found];
  }

  /** Whether an accepted booking of a host has exactly this time: the one race Cal.com refuses with 409. */
  hasExactly(hostId: number, interval: Interval, except: Booking | null): boolean {
    for (const booking of this.#byDay.get(`${hostId}/${dayOf(interval.start)}`) ?? []) {
      const same = booking.start === interval.start && booking.end === interval.end;
      if (same && booking.status === 'accepted' && booking !== except) return true;
    }
    return false;
  }
}

function takesTime(booking: Booking): boolean {
  return booking.status === 'pending' ? booking.blocksWhilePending : booking.status === 'accepted';
}

function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}

function dayKeys(booking: Booking): string[] {
  const keys = [];
  for (const hostId of booking.hostIds) {
    for (let day = dayOf(booking.start); day <= dayOf(booking.end); day += 1) {
      keys.push(`${hostId}/${day}`);
    }
  }
  return keys;
}
