import type { Handler } from './call.ts';
import type { Operation } from './faults.ts';
import { createInvitee } from './routes/invitees.ts';
import { listAvailableTimes, listEventTypes, me } from './routes/event-types.ts';
import {
  createCancellation,
  getEvent,
  getInvitee,
  listEvents,
  listInvitees,
} from './routes/scheduled-events.ts';
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
} from './routes/webhook-subscriptions.ts';

export interface ApiRoute {
  operation: Operation;
  method: string;
  path: string;
  handler: Handler;
}

const EVENT = '/scheduled_events/:event';
const WEBHOOKS = '/webhook_subscriptions';

const ROUTES: [Operation, method: string, path: string, Handler][] = [
  ['users.me', 'GET', '/users/me', me],
  ['event_types.list', 'GET', '/event_types', listEventTypes],
  ['available_times.list', 'GET', '/event_type_available_times', listAvailableTimes],
  ['scheduled_events.list', 'GET', '/scheduled_events', listEvents],
  ['scheduled_events.get', 'GET', EVENT, getEvent],
  ['invitees.list', 'GET', `${EVENT}/invitees`, listInvitees],
  ['invitees.get', 'GET', `${EVENT}/invitees/:invitee`, getInvitee],
  ['invitees.create', 'POST', '/invitees', createInvitee],
  ['cancellations.create', 'POST', `${EVENT}/cancellation`, createCancellation],
  ['webhooks.create', 'POST', WEBHOOKS, createSubscription],
  ['webhooks.list', 'GET', WEBHOOKS, listSubscriptions],
  ['webhooks.get', 'GET', `${WEBHOOKS}/:webhook`, getSubscription],
  ['webhooks.delete', 'DELETE', `${WEBHOOKS}/:webhook`, deleteSubscription],
];

export const API_ROUTES: ApiRoute[] = ROUTES.map(([operation, method, path, handler]) => ({
  operation,
  method,
  path,
  handler,
}));

/** Whether a request is the API's to answer, which has one root for each of its resources. */
export function isOfApi({ url = '/' }: { url?: string | undefined }): boolean {
  const [, root = ''] = url.split(/[/?]/);
  return API_ROUTES.some(({ path }) => path.split('/')[1] === root);
}

/** The route of a request, and the parameters in its path; null where there is none. */
export function findRoute(
  method: string,
  path: string,
): { route: ApiRoute; parameters: Record<string, string> } | null {
  for (const route of API_ROUTES) {
    const parameters = route.method === method ? matchPath(route.path, path) : null;
    if (parameters) return { route, parameters };
  }
  return null;
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [expected, given] = [pattern.split('/'), path.split('/')];
  if (expected.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) parameters[segment.slice(1)] = decodeURIComponent(value);
    else if (segment !== value) return null;
  }
  return parameters;
}
