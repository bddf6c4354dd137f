import { z } from 'zod';
import { CalendarUnreachableError, OutcomeUnknownError } from '../calendar-error.ts';
import { minutesOf } from '../calendar.ts';
import type { Slot } from '../calendar.ts';
import type { CalcomClient } from './client.ts';
import { hasSeveralLengths } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';

const ReservationAnswer = z.object({ data: z.object({ reservationUid: z.string() }) });
const DeletedAnswer = z.object({ status: z.literal('success') });

/** Milliseconds. */
const RELEASE_TIMEOUT = 2_000;
/** Milliseconds: a hold is advisory, and nobody should wait for one. */
const HOLD_TIMEOUT = 3_000;

interface Reservation {
  uid: string;
  slot: Slot;
  /** `performance.now()`. */
  until: number;
}

/**
 * The slots that one calendar holds at Cal.com. A reservation hides its slot from everybody's list,
 * its holder's too, and stops nobody from booking it.
 */
export class Reservations {
  readonly #client: CalcomClient;
  readonly #held = new Map<number, Reservation>();
  /** By start: what is being asked for, and would hide its slot from a list that is read meanwhile. */
  readonly #underWay = new Map<number, Promise<unknown>>();

  constructor(client: CalcomClient) {
    this.#client = client;
  }

  /**
   * @param openEventType of what is held; from the call on the hold is under way, though this waits
   * @param seconds rounded up to minutes, which is what Cal.com counts in
   * @throws {SlotUnavailableError} somebody holds it already, or has booked it
   */
  async hold(
    openEventType: () => Promise<CalcomEventType>,
    slot: Slot,
    seconds: number,
  ): Promise<() => Promise<void>> {
    const start = slot.start.getTime();
    const before = this.#underWay.get(start);
    const renew = async (): Promise<Reservation> => {
      await before;
      const eventType = await openEventType();
      // There is no way to renew one.
      await this.#giveUp(slot.start);
      return this.#reserve(eventType, slot, seconds);
    };
    const reserving = renew();
    const settled = reserving.catch(() => null);
    this.#underWay.set(start, settled);
    try {
      const reservation = await reserving;
      return () => this.#delete(reservation);
    } finally {
      if (this.#underWay.get(start) === settled) this.#underWay.delete(start);
    }
  }

  async #reserve(eventType: CalcomEventType, slot: Slot, seconds: number): Promise<Reservation> {
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    const { data } = await this.#client.call({
      method: 'POST',
      path: ['slots', 'reservations'],
      body: {
        eventTypeId: eventType.id,
        slotStart: slot.start.toISOString(),
        reservationDuration: minutes,
        ...(hasSeveralLengths(eventType) ? { slotDuration: minutesOf(slot) } : {}),
      },
      answer: ReservationAnswer,
      timeout: HOLD_TIMEOUT,
    });
    const reservation = {
      uid: data.reservationUid,
      slot,
      until: performance.now() + minutes * 60_000,
    };
    this.#held.set(slot.start.getTime(), reservation);
    return reservation;
  }

  /**
   * Gives a start free, if it is held here.
   * @throws {CalendarUnreachableError} it may still be hidden: nothing was booked, whatever happened
   */
  async release(start: Date): Promise<void> {
    await this.#underWay.get(start.getTime());
    await this.#giveUp(start);
  }

  async #giveUp(start: Date): Promise<void> {
    const reservation = this.#held.get(start.getTime());
    if (!reservation) return;
    try {
      await this.#delete(reservation);
    } catch (cause) {
      if (!(cause instanceof OutcomeUnknownError)) throw cause;
      throw new CalendarUnreachableError('A hold could not be given up.', { cause });
    }
  }

  /** What is held now, and hidden from the list for that reason alone. */
  held(): Slot[] {
    const now = performance.now();
    return [...this.#held.values()].filter(({ until }) => until > now).map(({ slot }) => slot);
  }

  async #delete({ uid, slot }: Reservation): Promise<void> {
    // Unknown and expired ones answer as known ones do.
    await this.#client.call({
      method: 'DELETE',
      path: ['slots', 'reservations', uid],
      answer: DeletedAnswer,
      timeout: RELEASE_TIMEOUT,
    });
    const current = this.#held.get(slot.start.getTime());
    if (current?.uid === uid) this.#held.delete(slot.start.getTime());
  }
}
