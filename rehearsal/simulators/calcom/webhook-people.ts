import { DateTime } from 'luxon';
import type { Attendee, Booking } from './model.ts';
import { NAMELESS } from './booking-draft.ts';
import type { CalcomState } from './state.ts';

/** Who holds the meeting. */
export function organizer(state: CalcomState, booking: Booking): object {
  const host = state.account(booking.hostIds[0] ?? booking.eventType.ownerId);
  const { id, email, username, timeZone } = host;
  const name = host.name ?? NAMELESS;
  const language = { locale: 'en' };
  const utcOffset = offset(timeZone, booking);
  return { id, name, email, username, timeZone, language, timeFormat: 'h:mma', utcOffset };
}

type Person = (attendee: Attendee) => object;

/** The attendee first, then the guests. */
export function people(booking: Booking, person: Person): object[] {
  const { timeZone } = booking.attendee;
  const guests = booking.guests.map((email) => ({ name: '', email, timeZone, language: 'en' }));
  return [booking.attendee, ...guests].map((attendee) => ({
    email: attendee.email,
    name: attendee.name,
    timeZone: attendee.timeZone,
    language: { locale: attendee.language },
    utcOffset: offset(attendee.timeZone, booking),
    ...person(attendee),
  }));
}

/** As the booker typed it. */
export const asEntered: Person = ({ phoneNumber }) => ({
  firstName: '',
  lastName: '',
  ...(phoneNumber === undefined ? {} : { phoneNumber }),
});

/** As the database keeps it. */
export const asStored: Person = ({ phoneNumber }) => ({ phoneNumber: phoneNumber ?? null });

export const asRequested: Person = ({ name, phoneNumber }) => {
  const [firstName = '', ...rest] = name.split(' ');
  return {
    phoneNumber: phoneNumber ?? null,
    bookingSeat: null,
    firstName,
    lastName: rest.join(' '),
  };
};

/** Minutes. */
function offset(timeZone: string, booking: Booking): number {
  return DateTime.fromMillis(booking.start, { zone: timeZone }).offset;
}
