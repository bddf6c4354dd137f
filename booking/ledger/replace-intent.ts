import {
  BookingNotFoundError,
  CalendarError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../../calendar/calendar-error.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt } from '../../db/intents/intents.ts';
import { noteIntentReference, releaseIntents } from '../../db/intents/intent-states.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { BookIntent, insertBooked } from './book-intent.ts';
import { reached } from './crash-point.ts';
import { endBooking } from './end-booking.ts';
import { asBooking, findByKey } from './find-booking.ts';
import { AppointmentIntent } from './ledger-intent.ts';
import type { Verdict } from './ledger-intent.ts';
import { writeBooking } from './write-change.ts';

const REPLACED = 'The appointment was moved: another booking takes its place.';

/**
 * Moves an appointment where the provider cannot: books the new time, then cancels the old. Between
 * the two both exist, never neither; the next look-up goes on where it stopped.
 */
export class ReplaceIntent extends AppointmentIntent {
  #isNoted = false;

  async send(): Promise<Booking> {
    // Booked with what was said about the appointment: the intent's notes are the reason for the move.
    const row = { ...this.row, notes: this.appointment.notes };
    const anew = await new BookIntent(this.context, row, this.description).send();
    const difference = this.differenceOf(anew);
    // The old one is given up for nothing else than what was wished for.
    if (difference !== null) throw new OutcomeUnknownError(difference);
    return this.finish(anew);
  }

  override differenceOf(anew: Booking): string | null {
    return new BookIntent(this.context, this.row, this.description).differenceOf(anew);
  }

  /** Both the old booking and the new one stand then. */
  override get canDiffer(): boolean {
    return false;
  }

  /** Once the new one is noted the old one may be gone. */
  override get mayGiveWay(): boolean {
    return this.row.reference === null && !this.#isNoted;
  }

  async lookUp(): Promise<Verdict> {
    const { attendee, idempotencyKey } = this.row;
    const anew = await findByKey(this.context.calendar, attendee, idempotencyKey);
    if (!anew || !isLive(anew)) return { state: 'not-done' };
    return { state: 'begun', booking: anew };
  }

  confirm(transaction: Database, anew: Booking): Promise<string> {
    return writeReplaced(transaction, this.row, { appointment: this.appointment, anew });
  }

  /**
   * Cancels the old booking.
   * @throws {OutcomeUnknownError} while it still stands
   */
  override async finish(anew: Booking): Promise<Booking> {
    const { context } = this;
    await reached(context, 'booked-anew');
    this.#isNoted = true;
    await noteIntentReference(context.db, this.row, {
      reference: anew.reference,
      reason: 'The new time is booked; the old one is to be cancelled.',
    });
    await reached(context, 'booked-anew-written');
    try {
      const reason = this.row.notes ?? REPLACED;
      await endBooking(context.calendar, this.appointment.reference, reason);
    } catch (error) {
      if (error instanceof RequestRefusedError) return this.#giveUp(anew, error);
      if (!(error instanceof BookingNotFoundError)) {
        const fact = error instanceof Error ? `${error.name}: ${error.message}` : 'no reason given';
        throw new OutcomeUnknownError(`The new time is booked, the old one still stands: ${fact}`, {
          cause: error,
        });
      }
    }
    await reached(context, 'old-cancelled');
    return anew;
  }

  /** The old booking may not be cancelled: the new one goes, and nothing has changed. */
  async #giveUp(anew: Booking, refusal: RequestRefusedError): Promise<never> {
    try {
      const reason = 'The appointment could not be moved.';
      await endBooking(this.context.calendar, anew.reference, reason);
    } catch (error) {
      if (error instanceof CalendarError) {
        throw new OutcomeUnknownError('Both the old and the new time are booked.', {
          cause: error,
        });
      }
      throw error;
    }
    throw refusal;
  }
}

/**
 * Writes that an appointment's booking was replaced by another.
 * @returns the id of the appointment that takes its place
 */
export async function writeReplaced(
  transaction: Database,
  intent: Intent,
  { appointment, anew }: { appointment: LedgerAppointment; anew: Booking },
): Promise<string> {
  await releaseIntents(transaction, appointment, REPLACED);
  const old: Booking = { ...asBooking(appointment), status: 'cancelled' };
  const changedAt = claimedAt(intent) ?? intent.updatedAt;
  await writeBooking(transaction, appointment, old, { reason: REPLACED, changedAt });
  return insertBooked(transaction, { ...intent, notes: appointment.notes }, anew);
}
