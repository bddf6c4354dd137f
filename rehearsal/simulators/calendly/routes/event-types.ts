import { eventTypeAnswer, idIn, userAnswer } from '../answers.ts';
import { invalidArgument, notFound, permissionDenied } from '../calendly-error.ts';
import { resource } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import { gridOf, isBookable, isHostFree } from '../free-times.ts';
import type { EventType } from '../model.ts';
import { page } from '../pages.ts';

const DAY = 24 * 3_600_000;
const LONGEST_RANGE = 31 * DAY;

export const me: Handler = ({ state, caller }) => resource(userAnswer(state, caller.id));

export const listEventTypes: Handler = ({ state, caller, query }) => {
  const owner = query.get('user') ?? query.get('organization');
  if (owner === null) {
    throw invalidArgument({
      parameter: 'user',
      message: 'either organization or user must be given',
    });
  }
  if (idIn(owner) !== caller.id) throw permissionDenied();
  const active = query.get('active');
  const own = [...state.eventTypes.values()].filter(
    (eventType) =>
      eventType.ownerId === caller.id &&
      eventType.deletedAt === null &&
      (active === null || String(eventType.active) === active),
  );
  return page(
    '/event_types',
    query,
    own.map((each) => eventTypeAnswer(state, each)),
  );
};

/** A list of its own kind, without pages. */
export const listAvailableTimes: Handler = (call) => {
  const { state, clock, query } = call;
  const eventType = ownEventType(call, query.get('event_type'));
  const [start, end] = [instantIn(query, 'start_time'), instantIn(query, 'end_time')];
  const now = clock.now();
  if (start < now) {
    throw invalidArgument({ parameter: 'start_time', message: 'must be in the future' });
  }
  if (end <= start) {
    throw invalidArgument({ parameter: 'end_time', message: 'must be after start_time' });
  }
  if (end - start > LONGEST_RANGE) {
    throw invalidArgument({ parameter: 'end_time', message: 'the range is longer than 31 days' });
  }
  const free = eventType.active
    ? gridOf(state, eventType, { start, end }).filter(
        (at) => isBookable(eventType, at, now) && isHostFree(state, eventType, at),
      )
    : [];
  return {
    status: 200,
    body: {
      collection: free.map((at) => {
        const startTime = new Date(at).toISOString().replace('.000Z', 'Z');
        return {
          status: 'available',
          invitees_remaining: 1,
          start_time: startTime,
          scheduling_url: `https://calendly.com/${call.caller.slug}/${eventType.slug}/${startTime}`,
        };
      }),
    },
  };
};

/** @throws CalendlyError 404 */
export function ownEventType({ state, caller }: Call, named: string | null): EventType {
  const eventType = state.eventTypes.get(idIn(named));
  if (!eventType || eventType.ownerId !== caller.id || eventType.deletedAt !== null) {
    throw notFound();
  }
  return eventType;
}

function instantIn(query: URLSearchParams, name: string): number {
  const at = Date.parse(query.get(name) ?? '');
  if (Number.isNaN(at)) throw invalidArgument({ parameter: name, message: 'is missing' });
  return at;
}
