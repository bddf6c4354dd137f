import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import { endBooking } from './end-booking.ts';
import { asBooking, findByReference } from './find-booking.ts';
import { answeredInTime } from './ledger-context.ts';
import type { ChangeContext, LedgerCancellation, LedgerOutcome } from './ledger-context.ts';
import { AppointmentIntent } from './ledger-intent.ts';
import type { Verdict } from './ledger-intent.ts';
import { findOwn, refusing, wishFor } from './own-appointment.ts';
import { requestIntentOfCall } from './request-intent.ts';
import { runIntent } from './run-intent.ts';
import { writeChange } from './write-change.ts';

/** Cancels an appointment through the ledger; one that is cancelled stays as it is. */
export async function cancelThroughLedger(
  context: ChangeContext,
  { appointmentId, reason }: LedgerCancellation,
): Promise<LedgerOutcome> {
  return refusing(async () => {
    const appointment = await findOwn(context, appointmentId);
    if (!isLive(appointment)) {
      return { state: 'confirmed', booking: asBooking(appointment), appointmentId };
    }
    const description = await answeredInTime(context, context.calendar.describe());
    const row = await requestIntentOfCall(context, ['cancel', appointmentId], {
      kind: 'cancel',
      ...wishFor(appointment),
      startAt: appointment.startAt,
      endAt: appointment.endAt,
      notes: reason,
      answers: {},
      exclusive: description.exclusive,
    });
    return runIntent(new CancelIntent(context, row, appointment, description), row);
  });
}

/** Cancels an appointment's booking. */
export class CancelIntent extends AppointmentIntent {
  send(): Promise<Booking> {
    return endBooking(this.context.calendar, this.appointment.reference, this.#reason);
  }

  /** The time of a booking that is gone matters to nobody. */
  override differenceOf({ status }: Booking): string | null {
    return isLive({ status }) ? `The booking is still ${status}.` : null;
  }

  override get mayGiveWay(): boolean {
    return false;
  }

  async lookUp(): Promise<Verdict> {
    const { appointment, row } = this;
    const { calendar } = this.context;
    const booking = await findByReference(calendar, row.attendee, appointment.reference);
    if (booking) return isLive(booking) ? { state: 'not-done' } : { state: 'done', booking };
    // Its owner may have deleted it meanwhile: a calendar that tells what is gone finds what it has.
    if (!calendar.listChanges) return { state: 'not-done' };
    return { state: 'done', booking: { ...asBooking(appointment), status: 'cancelled' } };
  }

  confirm(transaction: Database, booking: Booking): Promise<string> {
    const change = { appointment: this.appointment, booking, reason: this.#reason };
    return writeChange(transaction, this.row, change);
  }

  get #reason(): string {
    return this.row.notes ?? 'The appointment was cancelled.';
  }
}
