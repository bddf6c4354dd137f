import type { AttendeeRecord } from '../db/values.ts';

export type ShownAttendee = Omit<AttendeeRecord, 'timeZone'>;

/** Enough to tell two apart, too little to know who they are. */
export function maskAttendee({ name, email, phone }: ShownAttendee): ShownAttendee {
  return {
    name: `${first(name)}…`,
    email: email === null ? null : `${first(email)}…@…`,
    phone: phone === null ? null : `…${phone.slice(-2)}`,
  };
}

function first(text: string): string {
  const code = text.trim().codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}
