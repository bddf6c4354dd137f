import { OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { Booking, Calendar } from '../../calendar/calendar.ts';

/**
 * Cancels a booking, and does not take an answer for it that shows the booking as it was.
 * @throws {OutcomeUnknownError} the calendar answers that the booking still stands
 * @throws {CalendarError}
 */
export async function endBooking(
  calendar: Calendar,
  reference: string,
  reason: string,
): Promise<Booking> {
  const booking = await calendar.cancel(reference, reason);
  if (!isLive(booking)) return booking;
  throw new OutcomeUnknownError(
    `The cancellation was answered with a booking that is still ${booking.status}.`,
  );
}
