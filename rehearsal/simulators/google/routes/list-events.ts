import { ApiError, invalid } from '../api-error.ts';
import type { Call, Reply } from '../call.ts';
import { answerDeleted, answerEvent } from '../event-answer.ts';
import type { SimulatedCalendar, StoredEvent } from '../model.ts';
import type { GoogleState } from '../state.ts';
import { intervalOf, readInstant } from '../times.ts';

/** What a list that has a sync token may not say beside it. */
const NOT_WITH_TOKEN = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
];

const USUAL_PAGE = 250;
const LARGEST_PAGE = 2_500;

/** `events.list`: in pages, of which the last carries the token of what is read. */
export function listEvents(state: GoogleState, { account, params, query }: Call): Reply {
  const calendar = state.requireCalendar(params['calendarId'] ?? '', account);
  const syncToken = query.get('syncToken');
  const found =
    syncToken === null ? search(calendar, query) : since(state, calendar, query, syncToken);
  const size = pageSize(query);
  const from = readPageToken(query.get('pageToken'));
  const items = found.slice(from, from + size);
  const isLast = from + size >= found.length;
  return {
    status: 200,
    body: {
      kind: 'calendar#events',
      etag: `"p${found.length}"`,
      summary: calendar.summary,
      updated: state.now().toISOString(),
      timeZone: calendar.timeZone,
      accessRole: 'owner',
      defaultReminders: [],
      ...(isLast
        ? hasToken(query) && { nextSyncToken: state.syncToken() }
        : { nextPageToken: Buffer.from(String(from + size)).toString('base64') }),
      items,
    },
  };
}

/** Of a list by words or properties, or in order of times, there is no token to go on from. */
function hasToken(query: URLSearchParams): boolean {
  return !['q', 'orderBy', 'privateExtendedProperty', 'timeMin', 'timeMax'].some((name) =>
    query.has(name),
  );
}

function since(
  state: GoogleState,
  calendar: SimulatedCalendar,
  query: URLSearchParams,
  syncToken: string,
): object[] {
  const wrong = NOT_WITH_TOKEN.find((name) => query.has(name));
  if (wrong !== undefined) throw invalid(wrong);
  const version = state.versionOf(syncToken);
  return [...calendar.events.values()]
    .filter((event) => event.version > version)
    .toSorted((a, b) => a.version - b.version)
    .map((event) =>
      event.status === 'cancelled' ? answerDeleted(event) : answerEvent(event, calendar),
    );
}

function search(calendar: SimulatedCalendar, query: URLSearchParams): object[] {
  const timeMin = query.get('timeMin');
  const timeMax = query.get('timeMax');
  const from = timeMin === null ? Number.NEGATIVE_INFINITY : readInstant(timeMin, 'timeMin');
  const to = timeMax === null ? Number.POSITIVE_INFINITY : readInstant(timeMax, 'timeMax');
  if (from > to) throw new ApiError(400, 'timeRangeEmpty', 'The specified time range is empty.');
  const properties = query.getAll('privateExtendedProperty').map((text) => text.split(/=(.*)/s));
  const isWanted = (event: StoredEvent): boolean => {
    if (event.status === 'cancelled' && query.get('showDeleted') !== 'true') return false;
    const { start, end } = intervalOf(event, calendar);
    const own = event.extendedProperties?.private ?? {};
    return (
      end > from && start < to && properties.every(([name = '', value]) => own[name] === value)
    );
  };
  return [...calendar.events.values()]
    .filter(isWanted)
    .map((event) => answerEvent(event, calendar));
}

function pageSize(query: URLSearchParams): number {
  const asked = query.get('maxResults');
  if (asked === null) return USUAL_PAGE;
  if (!/^[1-9]\d*$/.test(asked)) throw invalid('maxResults');
  return Math.min(Number(asked), LARGEST_PAGE);
}

function readPageToken(token: string | null): number {
  if (token === null) return 0;
  const from = Number(Buffer.from(token, 'base64').toString());
  if (Number.isSafeInteger(from) && from >= 0) return from;
  throw invalid('pageToken');
}
