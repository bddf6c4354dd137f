import {
  BookingNotFoundError,
  CalendarError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../../calendar/calendar-error.ts';
import type { Booking, CalendarDescription } from '../../calendar/calendar.ts';
import { updateAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt, noteIntentReference, releaseIntents } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { bookOperation, mirrorBooked } from './book-operation.ts';
import { reached } from './crash-point.ts';
import { findByKey, isLive } from './find-booking.ts';
import type { OperationContext } from './ledger-context.ts';
import type { Operation } from './operation.ts';

const REPLACED = 'The appointment was moved: another booking takes its place.';

/**
 * Moves an appointment where the provider cannot: books the new time, then cancels the old. Between
 * the two both exist, never neither; whoever looks the intent up goes on where it stopped.
 */
export function replaceOperation(
  context: OperationContext,
  intent: Intent,
  appointment: LedgerAppointment,
  description: CalendarDescription,
): Operation {
  const { calendar, db } = context;
  // Booked with what was said about the appointment: the intent's notes are the reason for the move.
  const booking = bookOperation(context, { ...intent, notes: appointment.notes }, description);

  /** @throws {OutcomeUnknownError} while the old booking still stands */
  async function cancelOld(anew: Booking): Promise<Booking> {
    try {
      await calendar.cancel(appointment.reference, intent.notes ?? REPLACED);
    } catch (error) {
      if (error instanceof RequestRefusedError) return giveUp(anew, error);
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
  async function giveUp(anew: Booking, refusal: RequestRefusedError): Promise<never> {
    try {
      await calendar.cancel(anew.reference, 'The appointment could not be moved.');
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

  async function finish(anew: Booking): Promise<Booking> {
    await reached(context, 'booked-anew');
    await noteIntentReference(db, intent, {
      reference: anew.reference,
      reason: 'The new time is booked; the old one is to be cancelled.',
    });
    await reached(context, 'booked-anew-written');
    return cancelOld(anew);
  }

  return {
    ...booking,
    ownReference: appointment.reference,
    send: async () => finish(await booking.send()),
    async lookUp() {
      const anew = await findByKey(calendar, intent.attendee, intent.idempotencyKey);
      if (!anew || !isLive(anew)) return { state: 'not-done' };
      return { state: 'done', booking: await finish(anew) };
    },
    mirror: (transaction, anew) => mirrorReplaced(transaction, intent, { appointment, anew }),
    whenEnded: 'refused',
    messages: {
      done: 'rescheduled',
      settled: 'settled_rescheduled',
      settledNot: 'settled_not_rescheduled',
    },
  };
}

/**
 * Writes that an appointment's booking was replaced by another.
 * @returns the id of the appointment that takes its place
 */
export async function mirrorReplaced(
  transaction: Database,
  intent: Intent,
  { appointment, anew }: { appointment: LedgerAppointment; anew: Booking },
): Promise<string> {
  await releaseIntents(transaction, appointment, REPLACED);
  await updateAppointment(transaction, appointment, {
    reference: appointment.reference,
    providerUid: appointment.providerUid ?? appointment.reference,
    status: 'cancelled',
    startAt: appointment.startAt,
    endAt: appointment.endAt,
    location: appointment.location,
    cancellationReason: REPLACED,
    providerChangedAt: claimedAt(intent) ?? intent.updatedAt,
  });
  // An intent's notes are the reason for the move; the appointment keeps what was said about it.
  return mirrorBooked(transaction, { ...intent, notes: appointment.notes }, anew);
}
