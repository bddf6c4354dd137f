import type { BookingEvent } from '../../db/booking-events.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';

/**
 * An event as an outbound call wants it: its variables `cal_email` and `cal_timezone` take the place
 * of the organizer's e-mail address and the zone. What is no address, or no zone, changes nothing.
 * @param variables of the lead that is called; empty on an inbound call
 */
export function personalizeEvent(
  event: BookingEvent,
  variables: Readonly<Record<string, string>>,
): BookingEvent {
  const email = EmailAddressSchema.safeParse(variables['cal_email']).data;
  const timeZone = variables['cal_timezone']?.trim();
  return {
    ...event,
    ...(email === undefined ? {} : { organizerEmail: email }),
    ...(timeZone && isTimeZone(timeZone) ? { timeZone } : {}),
  };
}
