import type { BookingEvent } from '../../db/booking-events.ts';
import { isTimeZone } from '../../runtime/time-zone.ts';

/**
 * An event as an outbound call wants it: its variables `cal_email` and `cal_timezone` take the place
 * of the organizer's e-mail address and the zone. A zone that does not exist changes nothing.
 * @param variables of the lead that is called; empty on an inbound call
 */
export function personalizeEvent(
  event: BookingEvent,
  variables: Readonly<Record<string, string>>,
): BookingEvent {
  const email = variables['cal_email']?.trim();
  const timeZone = variables['cal_timezone']?.trim();
  return {
    ...event,
    ...(email ? { organizerEmail: email } : {}),
    ...(timeZone && isTimeZone(timeZone) ? { timeZone } : {}),
  };
}
