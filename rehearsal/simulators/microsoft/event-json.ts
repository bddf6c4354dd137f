import type { Mailbox, SimulatedEvent } from './mailbox.ts';

/** One time at which an event takes place: a series has several. */
export interface Occurrence {
  event: SimulatedEvent;
  start: number;
  end: number;
  /** Null for an event that takes place once, and for the series itself. */
  number: number | null;
}

const LENGTHS = { day: 86_400_000, week: 7 * 86_400_000 };
/** What Exchange gives of a property's value in a list. */
const LONGEST_IN_LISTS = 255;

export function etagOf({ changedIn, id }: SimulatedEvent): string {
  return `W/"${Buffer.from(`${changedIn}.${id.slice(-8)}`).toString('base64')}"`;
}

/** Every time of an event that overlaps a window. */
export function occurrencesIn(
  event: SimulatedEvent,
  { from, to }: { from: number; to: number },
): Occurrence[] {
  const { start, end, recurrence } = event;
  const all = recurrence
    ? Array.from({ length: recurrence.times }, (_, number) => ({
        event,
        start: start + number * LENGTHS[recurrence.every],
        end: end + number * LENGTHS[recurrence.every],
        number,
      }))
    : [{ event, start, end, number: null }];
  return all.filter((each) => each.start < to && each.end > from);
}

export interface Shape {
  /** Null for all. */
  select: readonly string[] | null;
  /** Ids of properties. */
  expand: readonly string[];
  isList: boolean;
}

/** An event as Graph writes it, in UTC. */
export function eventJson(
  mailbox: Mailbox,
  { event, start, end, number }: Occurrence,
  { select, expand, isList }: Shape,
): Record<string, unknown> {
  const whole = wholeEvent(mailbox, event, { start, end, number });
  const chosen =
    select === null
      ? whole
      : Object.fromEntries(
          Object.entries(whole).filter(
            ([name]) => name.startsWith('@') || name === 'id' || select.includes(name),
          ),
        );
  const properties = expand.flatMap((id) => {
    const value = event.properties.get(id.toLowerCase());
    if (value === undefined) return [];
    return [{ id, value: isList ? value.slice(0, LONGEST_IN_LISTS) : value }];
  });
  return properties.length > 0 ? { ...chosen, singleValueExtendedProperties: properties } : chosen;
}

function wholeEvent(
  { address, name }: Mailbox,
  event: SimulatedEvent,
  { start, end, number }: Omit<Occurrence, 'event'>,
): Record<string, unknown> {
  const type =
    event.recurrence === null ? 'singleInstance' : number === null ? 'seriesMaster' : 'occurrence';
  const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
  return {
    '@odata.etag': etagOf(event),
    id: number === null ? event.id : `${event.id}.${number}`,
    createdDateTime: instant(event.createdAt),
    lastModifiedDateTime: instant(event.modifiedAt),
    changeKey: etagOf(event).slice(3, -1),
    categories: [],
    transactionId: event.transactionId,
    originalStartTimeZone: 'UTC',
    originalEndTimeZone: 'UTC',
    iCalUId: `040000008200E00074C5B7101A82E008${event.id.slice(-24, -4)}`,
    reminderMinutesBeforeStart: 15,
    isReminderOn: true,
    hasAttachments: false,
    subject: event.subject,
    bodyPreview: event.body.content.slice(0, 255),
    importance: 'normal',
    sensitivity: 'normal',
    isAllDay: event.isAllDay,
    isCancelled: event.isCancelled,
    isOrganizer: event.isOrganizer,
    responseRequested: true,
    seriesMasterId: number === null ? null : event.id,
    showAs: event.showAs,
    type,
    webLink: 'https://outlook.office365.com/owa/?itemid=example',
    onlineMeetingUrl: null,
    isOnlineMeeting: event.isOnlineMeeting,
    onlineMeetingProvider: event.isOnlineMeeting ? 'teamsForBusiness' : 'unknown',
    allowNewTimeProposals: event.allowNewTimeProposals,
    recurrence: event.recurrence === null ? null : { pattern: { interval: 1 } },
    responseStatus: { response: event.response, time: '0001-01-01T00:00:00Z' },
    body: event.body,
    start: timeJson(start),
    end: timeJson(end),
    location: { displayName: event.location },
    locations: [],
    attendees: event.attendees.map((each) => ({
      type: each.type,
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
      emailAddress: each.emailAddress,
    })),
    organizer: {
      emailAddress: event.isOrganizer
        ? { name, address }
        : { name: 'Somebody else', address: 'somebody@example.org' },
    },
    onlineMeeting: event.joinUrl === null ? null : { joinUrl: event.joinUrl },
  };
}

function timeJson(at: number): { dateTime: string; timeZone: string } {
  return { dateTime: `${new Date(at).toISOString().slice(0, 19)}.0000000`, timeZone: 'UTC' };
}
