import { isEmailAddress } from '../../runtime/given/email-address.ts';
import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import type { Attendee } from '../calendar.ts';

/** The attendee of a booking's body. */
export interface CalcomAttendee {
  name: string;
  timeZone: string;
  email?: string;
  phoneNumber?: string;
}

/**
 * Cal.com books for any string that is given as a phone number, so the attendee is checked here.
 * @throws {RequestRefusedError} naming the field
 */
export function toCalcomAttendee(
  attendee: Attendee,
  options: { required: readonly string[]; timeZone: string },
): CalcomAttendee {
  const { name, email, phone } = attendee;
  if (name.trim() === '') refuse('name', 'The attendee needs a name.');
  if (email === null ? options.required.includes('email') : !isEmailAddress(email)) {
    refuse('email', 'The attendee needs a valid e-mail address.');
  }
  if (phone === null ? options.required.includes('phone') : !isPhone(phone)) {
    refuse('phone', 'The attendee needs a valid phone number in E.164 form.');
  }
  if (email === null && phone === null) {
    refuse('phone', 'The attendee needs a phone number or an e-mail address.');
  }
  return {
    name: name.trim(),
    timeZone: isTimeZone(attendee.timeZone) ? attendee.timeZone : options.timeZone,
    ...(email === null ? {} : { email: email.toLowerCase() }),
    ...(phone === null ? {} : { phoneNumber: phone }),
  };
}

/** E.164, and as long as its country's numbers are; which ranges are in use changes too often. */
function isPhone(phone: string): boolean {
  return PhoneNumberSchema.safeParse(phone).data === phone;
}

function refuse(field: string, message: string): never {
  throw new RequestRefusedError(message, { field });
}
