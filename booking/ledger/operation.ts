import type { Booking } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import type { OutboxKind } from '../../db/schema.ts';

/** What the provider says of an intent's write. */
export type Finding =
  | { state: 'done'; booking: Booking }
  /** The booking was cancelled or rejected meanwhile, by whomever. */
  | { state: 'ended'; booking: Booking }
  /** Not done as far as the provider knows; what is absent now may still be on its way. */
  | { state: 'not-done' };

/** One kind of intent: how it is carried out, looked up and written down. */
export interface Operation {
  /** The booking that is changed: the time it has now does not stand in its own way. */
  ownReference: string | null;
  /** Asks the provider to do it. */
  send(): Promise<Booking>;
  /** Asks the provider whether it is done. */
  lookUp(): Promise<Finding>;
  /**
   * Only reads whether the booking to be changed has ended, when the provider has refused; missing
   * where that could not be why.
   */
  findEnded?(): Promise<Booking | undefined>;
  /**
   * Writes what the booking is now, in the transaction that settles the intent.
   * @returns the appointment's id
   */
  mirror(transaction: Database, booking: Booking): Promise<string>;
  /** What becomes of the intent where its booking has ended. */
  whenEnded: 'released' | 'refused';
  messages: { done: OutboxKind; settled: OutboxKind; settledNot: OutboxKind };
  /** Whether the provider itself writes to the attendee. */
  providerWrites: boolean;
}
