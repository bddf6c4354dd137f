import type { CalcomSimulator } from '../../../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import { API_KEY } from './start-calcom.ts';

/** A request between two recordings that was made when they were taken, and not kept. */
export interface Unrecorded {
  method: string;
  path: string;
  body: object;
  headers?: Record<string, string>;
  /** The uid that a later recording knows the result by. */
  uid?: string;
}

export type Step =
  | string
  | { request: Unrecorded }
  | { race: string; bodies: object[] }
  | { arrange: (simulator: CalcomSimulator) => void };

const BOOKINGS = { 'Content-Type': 'application/json', 'cal-api-version': '2024-08-13' };

function book(body: object, uid?: string): Step {
  return {
    request: { method: 'POST', path: '/v2/bookings', body, headers: BOOKINGS, ...(uid && { uid }) },
  };
}

function ada(eventTypeId: number, start: string): object {
  const attendee = { name: 'Ada Caller', email: 'ada@example.com', timeZone: 'America/New_York' };
  return { eventTypeId, start, attendee };
}

function adaByPhone(start: string, email = 'ada@example.com'): object {
  const phone = '+14155552671';
  return {
    eventTypeId: 1,
    start,
    attendee: { name: 'Ada Caller', email, timeZone: 'America/New_York', phoneNumber: phone },
    location: { type: 'attendeePhone', phone },
    metadata: { callId: 'call_123' },
  };
}

/** The recordings in the order they were taken, with what must have happened in between. */
export const RECORDED_STEPS: Step[] = [
  'me.ok',
  'me.noauth',
  'schedules.list',
  'event-type.create',
  'event-types.by-username-slug',
  'event-types.by-username-slug.unknown',
  'event-types.unknown-username',
  'event-type.create.unknown-field',
  'event-type.create.invalid',
  'event-types.list.auth',
  'event-types.wrong-version',
  'event-type.get.unknown',
  'event-type.patch',
  'event-type.patch.phone-only',

  'slots.default',
  'slots.range-ny',
  'slots.offset-input',
  'slots.past-empty',
  'slots.by-username-slug',
  'slots.unknown-event-type',
  'slots.unknown-username',
  'slots.missing-start',
  'slots.bad-timezone',
  'slots.end-before-start',
  'slots.duration-not-allowed',
  'slots.no-version-header',
  'slots.wrong-version-2024-08-13',

  'reservation.create',
  'reservation.create.overlap',
  'reservation.create.custom-duration-noauth',
  'reservation.create.custom-duration-auth',
  'reservation.create.outside-hours',
  'reservation.get',
  'reservation.get.unknown',
  'reservation.patch',
  'booking.create.on-slot-reserved-by-other',
  'reservation.delete',
  'reservation.delete.unknown',

  'booking.create.ok',
  'booking.create.taken-other-attendee',
  'booking.create.overlapping',
  'booking.create.outside-hours',
  'booking.create.past',
  book(adaByPhone('2026-12-02T16:07:00Z')),
  'booking.create.offset-start',
  'booking.create.no-tz-start',
  'booking.create.email-missing-phone-given',
  'booking.create.email-and-phone-missing',
  'booking.create.bad-email',
  'booking.create.bad-phone',
  'booking.create.bad-timezone',
  'booking.create.bad-language',
  'booking.create.metadata-too-long',
  'booking.create.metadata-nested',
  'booking.create.metadata-51',
  'booking.create.unknown-event-type',
  'booking.create.no-event-type',
  'booking.create.by-username-slug',
  'booking.create.location-not-allowed',
  'booking.create.no-location',
  'booking.create.length-not-variable',
  'booking.create.wrong-version',
  'booking.create.no-version',
  'booking.create.unknown-version-2026-02-25',
  {
    race: 'booking.create.concurrent-6',
    bodies: [0, 1, 2, 3, 4, 5].map((caller) =>
      adaByPhone('2026-12-04T15:00:00Z', `c${caller}@example.com`),
    ),
  },

  'webhook.create',
  'webhook.create.invalid-trigger',
  'webhooks.list',
  'booking.get.ok',
  'booking.get.unknown',
  'bookings.list.noauth',
  'bookings.list.by-attendee',
  'bookings.list.bad-status',
  'bookings.list.take-too-big',

  'booking.create.for-reschedule',
  'booking.reschedule.taken',
  'booking.reschedule.ok',
  'booking.get.rescheduled-old',
  {
    request: {
      method: 'POST',
      path: '/v2/bookings/4DosEqoEUFGTnqZPByZWNA/reschedule',
      body: { start: '2026-12-07T16:00:00Z' },
      headers: BOOKINGS,
      uid: 'mGwdMBWx9UU5tvAdycwfbT',
    },
  },
  'booking.reschedule.unknown',
  'booking.reschedule.past',
  'booking.cancel.unknown',
  book(ada(1, '2026-12-07T18:00:00Z'), 'swbf5bBJovfGChPzqEasnR'),
  'booking.cancel.no-reason-noauth',
  book(ada(1, '2026-12-07T18:30:00Z'), '4NoE4f3Ka57CVrkyV3KrTN'),
  'booking.cancel.no-body-auth-host',

  book(ada(1, '2026-12-08T15:00:00Z'), 'qj3ecfdFhd72vRrnnZccaG'),
  'booking.cancel.ok',
  'booking.cancel.again',
  'booking.reschedule.cancelled',
  'booking.get.cancelled',
  'booking.create.rebook-after-cancel',

  'event-type.create.requires-confirmation',
  'event-type.create.recurring',
  'booking.create.pending',
  'booking.confirm.noauth',
  'booking.confirm.ok',
  'booking.confirm.again',
  book(ada(3, '2026-12-09T16:00:00Z'), 'vGSXG9ovpXjy4VTogE11CT'),
  'booking.decline.ok',
  book(ada(3, '2026-12-09T17:00:00Z'), '8N5Qo9EZDFiotcjYHKAvBJ'),
  'booking.reschedule.pending',
  'booking.create.pending-auth-owner',
  book(ada(4, '2026-12-10T15:00:00Z')),
  'booking.create.recurring-too-many',
  book(ada(1, '2026-12-11T15:00:00Z')),

  // No call of the API makes the e-mail optional: it was done in the instance's database.
  {
    arrange: ({ state }) => {
      const email = state.eventTypes.get(2)?.bookingFields.find((field) => field.slug === 'email');
      if (email !== undefined) email.required = false;
    },
  },
  'event-type.get.phone-only',
  'booking.create.phone-only',
  'booking.create.phone-only.invalid-phone',
  'booking.create.phone-and-email',
  'bookings.list.by-sms-email',
  book(ada(1, '2026-12-11T16:00:00Z')),

  'event-type.create.custom-field',
  'booking.create.custom-field-ok',
  'event-type.create.multi-length',
  {
    request: {
      method: 'POST',
      path: '/v2/slots/reservations',
      body: { eventTypeId: 1, slotStart: '2026-12-03T15:00:00Z' },
      headers: {
        'Content-Type': 'application/json',
        'cal-api-version': '2024-09-04',
        Authorization: `Bearer ${API_KEY}`,
      },
    },
  },
  'slots.after-reservation',
  book(ada(1, '2026-12-16T15:00:00Z'), 'r9p37bhBFURD72xk47AmHz'),
  'slots.booking-uid-to-reschedule',
];
