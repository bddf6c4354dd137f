import { z } from 'zod';
import { isEmailAddress } from '../runtime/given/email-address.ts';
import { RequestRefusedError } from './calendar-error.ts';
import type { Attendee } from './calendar.ts';

/** @throws {RequestRefusedError} naming the field, where nobody could be reached by what is said of them */
export function refuseBadAttendee(
  attendee: Attendee,
  { emailOptional }: { emailOptional: boolean },
): void {
  if (attendee.name.trim() === '') {
    throw new RequestRefusedError('The attendee needs a name.', { field: 'name' });
  }
  const mayLackEmail = emailOptional && attendee.email === null && attendee.phone !== null;
  if (!mayLackEmail && !isEmailAddress(attendee.email)) {
    throw new RequestRefusedError('The attendee needs a valid e-mail address.', {
      field: 'email',
    });
  }
  if (attendee.phone !== null && !z.e164().safeParse(attendee.phone).success) {
    throw new RequestRefusedError('The phone number must be in E.164 form.', { field: 'phone' });
  }
}
