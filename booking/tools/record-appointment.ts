import type { CallRecord } from '../../calls/call-record.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';

/** Writes on the call's row what was booked, moved or cancelled last, from the booking itself. */
export function recordAppointment(desk: BookingDesk, record: CallRecord): void {
  const made = desk.appointment;
  if (!made?.confirmation) return;
  record.appointment({
    ...made.confirmation,
    start: made.start,
    end: made.end,
    label: made.label,
    attendee: { ...made.attendee, timeZone: made.timeZone },
  });
}
