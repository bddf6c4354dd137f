import type { Handler } from './call.ts';
import { listDelta, listView } from './routes/calendar-view.ts';
import { listCalendars } from './routes/calendars.ts';
import {
  cancelEvent,
  createEvent,
  deleteEvent,
  getEvent,
  listEvents,
  updateEvent,
} from './routes/events.ts';
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  renewSubscription,
} from './routes/subscriptions.ts';

export interface ApiRoute {
  /** A name by which a fault finds it. */
  operation: string;
  method: string;
  /** After `/v1.0`. */
  path: string;
  handler: Handler;
}

const route = (operation: string, method: string, path: string, handler: Handler): ApiRoute => ({
  operation,
  method,
  path,
  handler,
});

/** What of Graph is served. */
export const API_ROUTES: readonly ApiRoute[] = [
  route('calendars.list', 'GET', '/me/calendars', listCalendars),
  route('view.list', 'GET', '/me/calendarView', listView),
  route('view.list', 'GET', '/me/calendars/:calendarId/calendarView', listView),
  route('view.delta', 'GET', '/me/calendarView/delta', listDelta),
  route('view.delta', 'GET', '/me/calendars/:calendarId/calendarView/delta', listDelta),
  route('events.list', 'GET', '/me/events', listEvents),
  route('events.list', 'GET', '/me/calendars/:calendarId/events', listEvents),
  route('events.create', 'POST', '/me/events', createEvent),
  route('events.create', 'POST', '/me/calendars/:calendarId/events', createEvent),
  route('events.get', 'GET', '/me/events/:eventId', getEvent),
  route('events.update', 'PATCH', '/me/events/:eventId', updateEvent),
  route('events.delete', 'DELETE', '/me/events/:eventId', deleteEvent),
  route('events.cancel', 'POST', '/me/events/:eventId/cancel', cancelEvent),
  route('subscriptions.list', 'GET', '/subscriptions', listSubscriptions),
  route('subscriptions.create', 'POST', '/subscriptions', createSubscription),
  route('subscriptions.get', 'GET', '/subscriptions/:subscriptionId', getSubscription),
  route('subscriptions.renew', 'PATCH', '/subscriptions/:subscriptionId', renewSubscription),
  route('subscriptions.delete', 'DELETE', '/subscriptions/:subscriptionId', deleteSubscription),
];
