import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import type { Attendee } from '../calendar.ts';

/** An attendee as Cal.com shows one, in its API and in its webhooks. */
export interface AttendeeRecord {
  name?: string | null | undefined;
  email?: string | null | undefined;
  /** As it was written: "+44 (0)20 7946 0123". */
  phoneNumber?: string | null | undefined;
  timeZone?: string | null | undefined;
}

const NUMBER_AS_ADDRESS = /^\+?(\d+)@sms\.cal\.com$/i;

/** The address under which Cal.com keeps an attendee who gave a phone number alone. */
export function smsAddress(phone: string): string {
  return `${phone.replace(/^\+/, '')}@sms.cal.com`;
}

/**
 * One who gave a phone number alone has no e-mail address, whatever Cal.com keeps. The number of who
 * booked stands among the answers to the event type's fields too, and there alone where the event type
 * is recurring; what is no number counts as none.
 *
 * @param answers of who booked, by the slugs of the event type's fields
 */
export function toAttendee(
  person: AttendeeRecord,
  answers: Readonly<Record<string, unknown>> = {},
): Attendee {
  const email = person.email ?? null;
  const digits = NUMBER_AS_ADDRESS.exec(email ?? '')?.[1];
  const phone = [person.phoneNumber, answers['attendeePhoneNumber'], digits && `+${digits}`]
    .map((written) => PhoneNumberSchema.safeParse(written).data)
    .find((number) => number !== undefined);
  return {
    name: person.name ?? '',
    email: digits === undefined ? email : null,
    phone: phone ?? null,
    timeZone: person.timeZone ?? 'UTC',
  };
}
