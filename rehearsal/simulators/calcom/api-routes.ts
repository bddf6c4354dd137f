import type { Handler } from './call.ts';
import { createBooking } from './routes/create-booking.ts';
import {
  cancelBooking,
  confirmBooking,
  declineBooking,
  getBooking,
  rescheduleBooking,
} from './routes/bookings.ts';
import {
  createEventType,
  deleteEventType,
  getEventType,
  listEventTypes,
  updateEventType,
} from './routes/event-types.ts';
import { listBookings } from './routes/list-bookings.ts';
import { getMe } from './routes/me.ts';
import {
  createReservation,
  deleteReservation,
  getReservation,
  updateReservation,
} from './routes/reservations.ts';
import {
  createSchedule,
  getDefaultSchedule,
  getSchedule,
  listSchedules,
  updateSchedule,
} from './routes/schedules.ts';
import { listSlots } from './routes/slots.ts';
import { listTeamEventTypes, listTeams } from './routes/teams.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
} from './routes/webhooks.ts';

export interface ApiRoute {
  method: string;
  /** Segments that begin with a colon are parameters. */
  path: string;
  operation: string;
  /** The `cal-api-version` that reaches it; null where any does. */
  version: string | null;
  /**
   * Who is let in. 'key' and 'owner' both need a key and refuse its absence with 401 and with 403, as
   * two different guards of Cal.com do.
   */
  guard: 'public' | 'key' | 'owner';
  handler: Handler;
}

const BOOKINGS = '2024-08-13';
const EVENT_TYPES = '2024-06-14';
const SLOTS = '2024-09-04';
const SCHEDULES = '2024-06-11';

type Row = [string, string, string, string | null, ApiRoute['guard'], Handler];

const rows: Row[] = [
  ['GET', '/v2/me', 'me.get', null, 'key', getMe],
  ['GET', '/v2/event-types', 'event-types.list', EVENT_TYPES, 'public', listEventTypes],
  ['POST', '/v2/event-types', 'event-types.create', EVENT_TYPES, 'key', createEventType],
  ['GET', '/v2/event-types/:eventTypeId', 'event-types.get', EVENT_TYPES, 'key', getEventType],
  [
    'PATCH',
    '/v2/event-types/:eventTypeId',
    'event-types.update',
    EVENT_TYPES,
    'key',
    updateEventType,
  ],
  [
    'DELETE',
    '/v2/event-types/:eventTypeId',
    'event-types.delete',
    EVENT_TYPES,
    'key',
    deleteEventType,
  ],
  ['GET', '/v2/slots', 'slots.list', SLOTS, 'public', listSlots],
  ['POST', '/v2/slots/reservations', 'reservations.create', SLOTS, 'public', createReservation],
  ['GET', '/v2/slots/reservations/:uid', 'reservations.get', SLOTS, 'public', getReservation],
  [
    'PATCH',
    '/v2/slots/reservations/:uid',
    'reservations.update',
    SLOTS,
    'public',
    updateReservation,
  ],
  [
    'DELETE',
    '/v2/slots/reservations/:uid',
    'reservations.delete',
    SLOTS,
    'public',
    deleteReservation,
  ],
  ['POST', '/v2/bookings', 'bookings.create', BOOKINGS, 'public', createBooking],
  ['GET', '/v2/bookings', 'bookings.list', BOOKINGS, 'owner', listBookings],
  ['GET', '/v2/bookings/:bookingUid', 'bookings.get', BOOKINGS, 'public', getBooking],
  [
    'POST',
    '/v2/bookings/:bookingUid/reschedule',
    'bookings.reschedule',
    BOOKINGS,
    'public',
    rescheduleBooking,
  ],
  ['POST', '/v2/bookings/:bookingUid/cancel', 'bookings.cancel', BOOKINGS, 'public', cancelBooking],
  [
    'POST',
    '/v2/bookings/:bookingUid/confirm',
    'bookings.confirm',
    BOOKINGS,
    'owner',
    confirmBooking,
  ],
  [
    'POST',
    '/v2/bookings/:bookingUid/decline',
    'bookings.decline',
    BOOKINGS,
    'owner',
    declineBooking,
  ],
  ['GET', '/v2/schedules', 'schedules.list', SCHEDULES, 'key', listSchedules],
  ['POST', '/v2/schedules', 'schedules.create', SCHEDULES, 'key', createSchedule],
  ['GET', '/v2/schedules/default', 'schedules.default', SCHEDULES, 'key', getDefaultSchedule],
  ['GET', '/v2/schedules/:scheduleId', 'schedules.get', SCHEDULES, 'key', getSchedule],
  ['PATCH', '/v2/schedules/:scheduleId', 'schedules.update', SCHEDULES, 'key', updateSchedule],
  ['GET', '/v2/teams', 'teams.list', null, 'key', listTeams],
  ['GET', '/v2/teams/:teamId/event-types', 'teams.event-types', null, 'key', listTeamEventTypes],
  ['GET', '/v2/webhooks', 'webhooks.list', null, 'key', listWebhooks],
  ['POST', '/v2/webhooks', 'webhooks.create', null, 'key', createWebhook],
  ['GET', '/v2/webhooks/:webhookId', 'webhooks.get', null, 'key', getWebhook],
  ['PATCH', '/v2/webhooks/:webhookId', 'webhooks.update', null, 'key', updateWebhook],
  ['DELETE', '/v2/webhooks/:webhookId', 'webhooks.delete', null, 'key', deleteWebhook],
];

/** Every operation the simulator serves. Where two paths fit a request, the first counts. */
export const API_ROUTES: readonly ApiRoute[] = rows.map(
  ([method, path, operation, version, guard, handler]) => ({
    method,
    path,
    operation,
    version,
    guard,
    handler,
  }),
);
