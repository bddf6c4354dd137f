import { SlotUnavailableError } from '../../calendar/calendar-error.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { Booking, CalendarDescription, Slot } from '../../calendar/calendar.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { answeredInTime, writtenInTime } from './ledger-context.ts';
import type { IntentContext } from './ledger-context.ts';

/** What the provider says of an intent's write. */
export type Verdict =
  | { state: 'done'; booking: Booking }
  /** The first of two writes is made, and the second is still to come. */
  | { state: 'begun'; booking: Booking }
  /** The booking was cancelled or rejected meanwhile. */
  | { state: 'ended'; booking: Booking }
  /** It was made where something else has come in between, and was taken back. */
  | { state: 'gave-way' }
  /** It stands, and not as it was wished for. */
  | { state: 'differs'; booking: Booking; difference: string }
  /** Not done as far as the provider knows; what is absent now may still be on its way. */
  | { state: 'not-done' };

/**
 * One kind of intent: how it is sent, looked up and written down. It is made from its row alone,
 * since the call that wrote the row may be gone.
 */
export abstract class LedgerIntent {
  readonly context: IntentContext;
  readonly description: CalendarDescription;
  #row: Intent;

  constructor(context: IntentContext, row: Intent, description: CalendarDescription) {
    this.context = context;
    this.description = description;
    this.#row = row;
  }

  /** As it is known now. */
  get row(): Intent {
    return this.#row;
  }

  /** Takes over what has become of its row: it was claimed, here or elsewhere. */
  renew(row: Intent): void {
    this.#row = row;
  }

  /** Whether the provider itself writes to the attendee. */
  get providerWrites(): boolean {
    return this.description.supports.confirmationMail;
  }

  /** Asks the provider to do it. */
  abstract send(): Promise<Booking>;

  /** Asks the provider whether it is done. Only reads. */
  abstract lookUp(): Promise<Verdict>;

  /**
   * What of a booking is not as it was wished for, where it is taken for the one that the intent has
   * made; null where nothing is.
   */
  differenceOf({ start, end, status }: Booking): string | null {
    const { startAt, endAt } = this.row;
    if (!isLive({ status })) return `The calendar answers that the booking is ${status}.`;
    if (start.getTime() === startAt.getTime() && end.getTime() === endAt.getTime()) return null;
    const [is, wished] = [
      { start, end },
      { start: startAt, end: endAt },
    ].map((slot) => `${slot.start.toISOString()} to ${slot.end.toISOString()}`);
    return `The calendar has the booking from ${is}, and it was wished for from ${wished}.`;
  }

  /** Whether what differs from the wish can be written as it is; otherwise an operator must see to it. */
  get canDiffer(): boolean {
    return true;
  }

  /** The time that its booking had before; null of one that was not there before. */
  get before(): Slot | null {
    return null;
  }

  /** Whether what it has made can be taken back, and nothing is lost by it. */
  get mayGiveWay(): boolean {
    return true;
  }

  /** Makes the second of two writes, where a kind of intent has two. */
  finish(begun: Booking): Promise<Booking> {
    return Promise.resolve(begun);
  }

  /**
   * Asks the provider whether it is done as it was wished for, lets what stands beside something else
   * give way, and finishes what was begun so: the question has the deadline of a question, a write
   * that of a write.
   *
   * @param options.isOver nobody sees the write to its end any more: whoever does decides there itself
   * @throws {CalendarError}
   */
  async lookUpAndFinish({ isOver = true } = {}): Promise<Exclude<Verdict, { state: 'begun' }>> {
    const verdict = await answeredInTime(this.context, this.lookUp());
    if (verdict.state !== 'begun' && verdict.state !== 'done') return verdict;
    const difference = this.differenceOf(verdict.booking);
    if (difference !== null) return { state: 'differs', booking: verdict.booking, difference };
    const settles = this.context.calendar.settleWrite && this.mayGiveWay;
    if (settles && !isOver) return { state: 'not-done' };
    const booking = settles ? await this.#settle(verdict.booking) : verdict.booking;
    if (!booking) return { state: 'gave-way' };
    if (verdict.state === 'done') return { state: 'done', booking };
    return { state: 'done', booking: await writtenInTime(this.context, this.finish(booking)) };
  }

  /** Undefined where it gave way. */
  async #settle(booking: Booking): Promise<Booking | undefined> {
    const { calendar } = this.context;
    try {
      const settled = calendar.settleWrite?.(booking, this.before);
      return await writtenInTime(this.context, settled ?? Promise.resolve(booking));
    } catch (error) {
      if (error instanceof SlotUnavailableError) return undefined;
      throw error;
    }
  }

  /**
   * Only reads whether the booking to be changed has ended, when the provider has refused; undefined
   * where it has not, and where that could not be why.
   */
  findEnded(): Promise<Booking | undefined> {
    return Promise.resolve(undefined);
  }

  /**
   * Writes what the booking is now, in the transaction that settles the intent.
   * @returns the appointment's id
   */
  abstract confirm(transaction: Database, booking: Booking): Promise<string>;
}

/** An intent that changes an appointment which stands. */
export abstract class AppointmentIntent extends LedgerIntent {
  readonly appointment: LedgerAppointment;

  constructor(
    context: IntentContext,
    row: Intent,
    appointment: LedgerAppointment,
    description: CalendarDescription,
  ) {
    super(context, row, description);
    this.appointment = appointment;
  }
}
