import type { CalcomClient } from './client.ts';
import { BookingAnswer } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import { BookingNotFoundError } from '../calendar-error.ts';

/** More moves than anybody makes: past them something is wrong. */
const MOST_MOVES = 50;

export interface ReadLimits {
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

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
    for (let moves = 0; record.rescheduledToUid; moves += 1) {
      if (moves === MOST_MOVES) throw endless();
      record = await this.#read(record.rescheduledToUid);
    }
    return record;
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
