import { ApiError, notFound } from '../api-error.ts';
import type { Call, Reply, Route } from '../call.ts';
import { answerEvent, etagOf } from '../event-answer.ts';
import { readInsert, readPatch } from '../event-body.ts';
import type { SimulatedCalendar, StoredEvent } from '../model.ts';
import type { GoogleState } from '../state.ts';
import { requireOrder } from '../times.ts';
import { listEvents } from './list-events.ts';

const EVENT = 'calendars/{calendarId}/events/{eventId}';
const EVENTS = 'calendars/{calendarId}/events';
const SCOPES = ['calendar.events.owned', 'calendar.events', 'calendar'];

export const EVENT_ROUTES: Route[] = [
  { operation: 'events.list', method: 'GET', path: EVENTS, scopes: SCOPES, run: listEvents },
  { operation: 'events.insert', method: 'POST', path: EVENTS, scopes: SCOPES, run: insert },
  { operation: 'events.get', method: 'GET', path: EVENT, scopes: SCOPES, run: get },
  { operation: 'events.patch', method: 'PATCH', path: EVENT, scopes: SCOPES, run: patch },
  { operation: 'events.delete', method: 'DELETE', path: EVENT, scopes: SCOPES, run: remove },
];

function insert(state: GoogleState, { account, params, query, body }: Call): Reply {
  const calendar = state.requireCalendar(params['calendarId'] ?? '', account);
  const { id, fields, roomRequest } = readInsert(body);
  requireOrder(fields, calendar);
  state.aboutTo('insert');
  const made = state.insert(calendar, id, fields);
  // Without it the wish for a room is passed over in silence.
  if (roomRequest !== null && query.get('conferenceDataVersion') === '1') {
    made.room = {
      requestId: roomRequest,
      pendingReads: state.pendingRoomReads,
      uri: `https://meet.google.com/${roomRequest.slice(-10)}`,
    };
  }
  return { status: 200, body: answerEvent(made, calendar) };
}

function get(state: GoogleState, call: Call): Reply {
  const { calendar, event } = find(state, call);
  const body = answerEvent(event, calendar);
  if (event.room && event.room.pendingReads > 0) event.room.pendingReads -= 1;
  return { status: 200, body };
}

function patch(state: GoogleState, call: Call): Reply {
  state.aboutTo('patch');
  const { calendar, event } = find(state, call);
  requireMatch(event, call);
  const fields = readPatch(call.body);
  requireOrder({ ...event, ...fields }, calendar);
  const { extendedProperties } = fields;
  const changed = state.change(calendar, event, {
    ...fields,
    // Properties are put beside those that are there.
    ...(extendedProperties
      ? {
          extendedProperties: {
            ...event.extendedProperties,
            private: { ...event.extendedProperties?.private, ...extendedProperties.private },
          },
        }
      : {}),
  });
  return { status: 200, body: answerEvent(changed, calendar) };
}

function remove(state: GoogleState, call: Call): Reply {
  const { calendar, event } = find(state, call);
  requireMatch(event, call);
  state.remove(calendar, event);
  return { status: 204 };
}

function find(
  state: GoogleState,
  { account, params }: Call,
): { calendar: SimulatedCalendar; event: StoredEvent } {
  const calendar = state.requireCalendar(params['calendarId'] ?? '', account);
  const event = calendar.events.get(params['eventId'] ?? '');
  if (!event) throw notFound();
  return { calendar, event };
}

function requireMatch(event: StoredEvent, { headers }: Call): void {
  const wanted = headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted === etagOf(event)) return;
  throw new ApiError(412, 'conditionNotMet', 'Precondition Failed', {
    locationType: 'header',
    location: 'If-Match',
  });
}
