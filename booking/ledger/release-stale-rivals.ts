import { CalendarError } from '../../calendar/calendar-error.ts';
import type { Booking } from '../../calendar/calendar.ts';
import {
  findAppointmentOfReference,
  updateAppointment,
} from '../../db/appointments/appointments.ts';
import { releaseIntents, settleIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Rival } from '../../db/intents/claims.ts';
import { USUAL_DEADLINES, withDeadline } from './deadlines.ts';
import { findByKey, findByReference, isLive } from './find-booking.ts';
import type { OperationContext } from './ledger-context.ts';

const MINUTE = 60_000;
const REASON = 'The provider says that the booking no longer has this time.';

/**
 * Gives back the time of confirmed claims whose bookings were cancelled or moved at the provider
 * without our hearing of it. Only what the provider says of each booking counts: one that it does
 * not find proves nothing, unless nothing but an operator's word ever said that it was there.
 *
 * @returns whether every rival has given way
 */
export async function releaseStaleRivals(
  context: OperationContext,
  intent: Intent,
  rivals: readonly Rival[],
): Promise<boolean> {
  const { believeRival, lookUp } = context.deadlines ?? USUAL_DEADLINES;
  if (rivals.length === 0) return false;
  // One that was confirmed a moment ago was simply faster.
  if (rivals.some((rival) => rival.state !== 'confirmed' || rival.age < believeRival)) return false;
  try {
    if (!(await withDeadline(isListed(context, intent), lookUp))) return false;
    for (const rival of rivals) {
      const { attendee, reference, idempotencyKey } = rival;
      const found =
        reference === null
          ? findByKey(context.calendar, attendee, idempotencyKey)
          : findByReference(context.calendar, attendee, reference);
      const booking = await withDeadline(found, lookUp);
      if (booking && isLive(booking) && overlaps(booking, intent)) return false;
      if (reference === null) {
        const { organizationId } = intent;
        const end = { state: 'released', reason: REASON, from: ['confirmed'] } as const;
        await settleIntent(context.db, { organizationId, id: rival.id }, end);
      } else if (!booking) return false;
      if (booking) await writeStale(context, intent, booking);
    }
    return true;
  } catch (error) {
    if (error instanceof CalendarError) return false;
    throw error;
  }
}

async function isListed({ calendar }: OperationContext, intent: Intent): Promise<boolean> {
  const { startAt, endAt } = intent;
  const minutes = (endAt.getTime() - startAt.getTime()) / MINUTE;
  const range = { from: startAt, to: new Date(startAt.getTime() + MINUTE) };
  const listed = await calendar.listSlots(range, minutes);
  return listed.some((slot) => slot.start.getTime() === startAt.getTime());
}

async function writeStale(
  { db }: OperationContext,
  { organizationId, calendarConnectionId }: Intent,
  booking: Booking,
): Promise<void> {
  const of = { organizationId, calendarConnectionId, reference: booking.reference };
  await db.transaction().execute(async (transaction) => {
    await releaseIntents(transaction, of, REASON);
    const appointment = await findAppointmentOfReference(transaction, of);
    if (!appointment) return;
    await updateAppointment(transaction, appointment, {
      reference: booking.reference,
      providerUid: booking.uid,
      status: booking.status,
      startAt: booking.start,
      endAt: booking.end,
      location: booking.location ?? appointment.location,
      cancellationReason: isLive(booking) ? null : REASON,
      providerChangedAt: 'now',
    });
  });
}

function overlaps(booking: Booking, { startAt, endAt }: Intent): boolean {
  return booking.start < endAt && booking.end > startAt;
}
