import { DateTime } from 'luxon';
import type { EventTime, SimulatedCalendar, StoredEvent } from './model.ts';

/** An event as Google answers it. */
export function answerEvent(event: StoredEvent, calendar: SimulatedCalendar): object {
  const { id, status, sequence, created, updated, attendees, start, end } = event;
  const { summary, description, location, transparency, extendedProperties } = event;
  const owner = { email: calendar.owner, self: true };
  return {
    kind: 'calendar#event',
    etag: etagOf(event),
    id,
    status,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
    created: created.toISOString(),
    updated: updated.toISOString(),
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location }),
    creator: owner,
    organizer: owner,
    start: answerTime(start, calendar),
    end: answerTime(end, calendar),
    ...(transparency === undefined ? {} : { transparency }),
    iCalUID: `${id}@google.com`,
    sequence,
    ...(attendees ? { attendees } : {}),
    ...(extendedProperties ? { extendedProperties } : {}),
    ...answerRoom(event),
    reminders: { useDefault: true },
    eventType: 'default',
  };
}

/** What an incremental list says of a deleted event, and no more. */
export function answerDeleted(event: StoredEvent): object {
  return { kind: 'calendar#event', etag: etagOf(event), id: event.id, status: 'cancelled' };
}

export function etagOf({ version }: StoredEvent): string {
  return `"${version}"`;
}

/** An instant is answered in the zone of the calendar, whatever zone it was sent in. */
function answerTime(time: EventTime, { timeZone }: SimulatedCalendar): object {
  if ('date' in time) return time;
  const at = DateTime.fromISO(time.dateTime).setZone(timeZone);
  return {
    dateTime: at.toISO({ suppressMilliseconds: true }),
    timeZone: time.timeZone ?? timeZone,
  };
}

function answerRoom({ room }: StoredEvent): object {
  if (!room) return {};
  const isPending = room.pendingReads > 0;
  const key = { type: 'hangoutsMeet' };
  const createRequest = {
    requestId: room.requestId,
    conferenceSolutionKey: key,
    status: { statusCode: isPending ? 'pending' : 'success' },
  };
  if (isPending) return { conferenceData: { createRequest } };
  return {
    hangoutLink: room.uri,
    conferenceData: {
      createRequest,
      entryPoints: [
        { entryPointType: 'video', uri: room.uri, label: room.uri.slice('https://'.length) },
      ],
      conferenceSolution: { key, name: 'Google Meet' },
      conferenceId: room.uri.split('/').at(-1),
    },
  };
}
