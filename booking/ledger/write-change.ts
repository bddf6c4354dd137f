import type { Booking } from '../../calendar/calendar.ts';
import { updateAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt } from '../../db/intents/intents.ts';
import { releaseIntents } from '../../db/intents/intent-states.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { saidFields } from './said-fields.ts';

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
 * @param said `reason`: why it was cancelled, if it was; `changedAt`: news from before is old; `now`:
 * the provider has just been asked
 */
export async function writeBooking(
  transaction: Database,
  appointment: LedgerAppointment,
  { reference, uid, start, end, status, location }: Booking,
  { reason, changedAt }: { reason: string; changedAt: Date | 'now' },
): Promise<void> {
  const place = location === null ? {} : { location };
  const news = { uid, start, end, status, ...place, reason, changedAt: null };
  const fields = { ...saidFields(news), reference, providerChangedAt: changedAt };
  await updateAppointment(transaction, appointment, fields);
}

function keyOf({ organizationId, calendarConnectionId, reference }: LedgerAppointment) {
  return { organizationId, calendarConnectionId, reference };
}
