import { BookingNotFoundError } from '../calendar-error.ts';
import type { Booking } from '../calendar.ts';
import {
  eventIdOf,
  isLiveRecord,
  marksOf,
  previousOf,
  toBooking,
  uidOf,
} from './booking-record.ts';
import type { CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient, ReadLimits } from './client.ts';
import { listRecords, readLinked, readRecord } from './read-records.ts';

/** More moves than anybody makes: past them something is wrong. */
const MOST_MOVES = 50;

/** One booking through its moves, each of which made a meeting of its own at Calendly. */
export interface BookingChain {
  /** The uid of the first, which is our reference. */
  root: string;
  /** What it is now. */
  present: CalendlyRecord;
  /** Others of it that stand beside the present one: a move has not got to its end. */
  leftOver: CalendlyRecord[];
  all: CalendlyRecord[];
}

/**
 * Bookings as chains of the meetings that they were. Calendly links those of a person's own choice of
 * another time; of a move of ours the new meeting bears root and predecessor among our marks.
 */
export class BookingChains {
  readonly #client: CalendlyClient;
  readonly #known: Map<string, CalendlyRecord>;
  readonly #limits: ReadLimits;

  constructor(client: CalendlyClient, known: readonly CalendlyRecord[], limits: ReadLimits = {}) {
    this.#client = client;
    this.#known = new Map(known.map((record) => [uidOf(record), record]));
    this.#limits = limits;
  }

  /** @throws {CalendarError} */
  async rootOf(record: CalendlyRecord): Promise<string> {
    let first = record;
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      const { root } = marksOf(first.invitee);
      if (root !== null) return root;
      const before = eventIdOf(first.invitee.old_invitee);
      if (before === null) return uidOf(first);
      first = this.#known.get(before) ?? (await this.#read(before));
    }
    throw new BookingNotFoundError(`The booking was moved more than ${MOST_MOVES} times.`);
  }

  /**
   * The chain of a root, of what is known and what that leads to.
   * @throws {CalendarError}
   */
  async chainOf(root: string): Promise<BookingChain> {
    for (let moves = 0; moves < MOST_MOVES; moves += 1) {
      const all: CalendlyRecord[] = [];
      for (const record of this.#known.values()) {
        if (uidOf(record) === root || (await this.rootOf(record)) === root) all.push(record);
      }
      const ahead = all
        .map(({ invitee }) => invitee.new_invitee)
        .find((uri) => uri !== null && !this.#known.has(eventIdOf(uri) ?? ''));
      if (ahead === undefined || ahead === null) return this.#inOrder(root, all);
      const next = await readLinked(this.#client, ahead, this.#limits);
      this.#known.set(uidOf(next), next);
    }
    throw new BookingNotFoundError(`The booking was moved more than ${MOST_MOVES} times.`);
  }

  #inOrder(root: string, all: CalendlyRecord[]): BookingChain {
    const live = all.filter(isLiveRecord).sort((a, b) => this.#compare(a, b));
    // Of those that have ended, the one that ended last: an attempt to move may have been taken back.
    const ended = all.toSorted(
      (a, b) => a.event.updated_at.getTime() - b.event.updated_at.getTime() || this.#compare(a, b),
    );
    const present = live.pop() ?? ended.at(-1);
    if (!present) throw new BookingNotFoundError('Calendly has no such booking.');
    return { root, present, leftOver: live, all };
  }

  /** Who took the place of another comes later. */
  #compare(a: CalendlyRecord, b: CalendlyRecord): number {
    return (
      this.#depthOf(a) - this.#depthOf(b) ||
      a.event.created_at.getTime() - b.event.created_at.getTime()
    );
  }

  #depthOf(record: CalendlyRecord): number {
    let depth = 0;
    let before = previousOf(record);
    for (; before !== null && depth < MOST_MOVES; depth += 1) {
      const earlier = this.#known.get(before);
      before = earlier ? previousOf(earlier) : null;
    }
    return depth;
  }

  async #read(id: string): Promise<CalendlyRecord> {
    const record = await readRecord(this.#client, id, this.#limits);
    this.#known.set(id, record);
    return record;
  }
}

/**
 * The chain that a name leads to, whichever of its meetings it is.
 * @param user URI of the host
 * @throws {BookingNotFoundError} {CalendarError}
 */
export async function readChain(
  client: CalendlyClient,
  { user, name }: { user: string; name: string },
  limits: ReadLimits = {},
): Promise<BookingChain> {
  const named = await readRecord(client, name, limits);
  // What took its place was booked later, and begins later still.
  const filter = {
    user,
    invitee_email: named.invitee.email,
    min_start_time: named.event.created_at.toISOString(),
  };
  const others = await listRecords(client, filter, limits);
  const chains = new BookingChains(client, [named, ...others], limits);
  return chains.chainOf(await chains.rootOf(named));
}

/** A booking as it is now, with what its earlier meetings say of it where the present one does not. */
export function bookingOf({ root, present, leftOver, all }: BookingChain): Booking {
  const booking = toBooking(present, root);
  const marks = all.map(({ invitee }) => marksOf(invitee));
  const { attendee } = booking;
  return {
    ...booking,
    key: booking.key ?? marks.find(({ key }) => key !== null)?.key ?? null,
    attendee: {
      ...attendee,
      phone: attendee.phone ?? marks.find(({ phone }) => phone !== null)?.phone ?? null,
    },
    ...(leftOver.length > 0 ? { isHalfMoved: true } : {}),
  };
}
