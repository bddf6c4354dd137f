import { BookingNotFoundError, CalendarUnreachableError } from '../calendar-error.ts';
import { BookingAnswer } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { listCalcomBookings } from './list-bookings.ts';
import type { ReadLimits } from './list-bookings.ts';

/** More moves than anybody makes: past them something is wrong. */
const MOST_MOVES = 50;

/**
 * Follows bookings through their moves, of which each makes a new uid. A record that was read once
 * is not read again, so a follower lives as long as one operation.
 */
export class ReferenceChain {
  readonly #client: CalcomClient;
  readonly #known: Map<string, CalcomBookingRecord>;
  readonly #limits: ReadLimits;

  constructor(
    client: CalcomClient,
    known: readonly CalcomBookingRecord[] = [],
    limits: ReadLimits = {},
  ) {
    this.#client = client;
    this.#known = new Map(known.map((record) => [record.uid, record]));
    this.#limits = limits;
  }

  /**
   * What has become of a booking, whichever of its uids is known.
   * @throws {BookingNotFoundError}
   */
  async present(uid: string): Promise<CalcomBookingRecord> {
    let record = await this.#read(uid);
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      const next = await this.#successor(record);
      if (!next) return record;
      record = next;
    }
    throw endless();
  }

  /** What a booking became; null where it became nothing else. */
  async #successor(record: CalcomBookingRecord): Promise<CalcomBookingRecord | null> {
    if (record.rescheduledToUid) return this.#read(record.rescheduledToUid);
    // Cal.com does not say what a booking of a recurring type became: what it became says it.
    if (record.status !== 'cancelled' || !record.recurringBookingUid) return null;
    const known = this.#madeOf(record.uid);
    if (known) return known;
    const attendeeEmail = record.attendees?.[0]?.email;
    if (!attendeeEmail) return null;
    const { records, unreadable } = await listCalcomBookings(
      this.#client,
      [{ attendeeEmail }],
      this.#limits,
    );
    for (const each of records) this.#known.set(each.uid, each);
    const found = this.#madeOf(record.uid);
    if (found || unreadable === 0) return found;
    throw new CalendarUnreachableError('Whether a booking was moved cannot be read.');
  }

  #madeOf(uid: string): CalcomBookingRecord | null {
    return [...this.#known.values()].find((each) => each.rescheduledFromUid === uid) ?? null;
  }

  /** The uid of the first booking, which stays while the others change. */
  async root(record: CalcomBookingRecord): Promise<string> {
    let first = record;
    for (let moves = 0; first.rescheduledFromUid; moves += 1) {
      if (moves === MOST_MOVES) throw endless();
      first = await this.#read(first.rescheduledFromUid);
    }
    return first.uid;
  }

  async #read(uid: string): Promise<CalcomBookingRecord> {
    const known = this.#known.get(uid);
    if (known) return known;
    const { data } = await this.#client.call({
      method: 'GET',
      path: ['bookings', uid],
      answer: BookingAnswer,
      ...this.#limits,
    });
    this.#known.set(uid, data);
    return data;
  }
}

function endless(): BookingNotFoundError {
  return new BookingNotFoundError(`The booking was moved more than ${MOST_MOVES} times.`);
}
