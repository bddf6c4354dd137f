import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import { updateAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt, releaseIntents } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';

/**
 * Writes what an intent has made of an appointment's booking; the time it had before is free again.
 * @returns the appointment's id
 */
export async function writeChange(
  transaction: Database,
  intent: Intent,
  change: { appointment: LedgerAppointment; booking: Booking; reason: string },
): Promise<string> {
  const { appointment, booking, reason } = change;
  // Intents before appointments: in that order everybody locks them.
  await releaseIntents(transaction, { ...keyOf(appointment), except: intent.id }, reason);
  const changedAt = claimedAt(intent) ?? intent.updatedAt;
  await writeBooking(transaction, appointment, booking, { reason, changedAt });
  return appointment.id;
}

/**
 * Writes what the provider says of an appointment's booking.
 * @param options `reason`: why it was cancelled, if it was; `changedAt`: news from before is old; `now`: the
 * provider has just been asked
 */
export async function writeBooking(
  transaction: Database,
  appointment: LedgerAppointment,
  booking: Booking,
  { reason, changedAt }: { reason: string; changedAt: Date | 'now' },
): Promise<void> {
  await updateAppointment(transaction, appointment, {
    reference: booking.reference,
    providerUid: booking.uid,
    status: booking.status,
    startAt: booking.start,
    endAt: booking.end,
    location: booking.location ?? appointment.location,
    cancellationReason: isLive(booking) ? null : reason,
    providerChangedAt: changedAt,
  });
}

function keyOf({ organizationId, calendarConnectionId, reference }: LedgerAppointment) {
  return { organizationId, calendarConnectionId, reference };
}
