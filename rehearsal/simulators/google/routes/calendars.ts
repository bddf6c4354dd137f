import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Call, Reply, Route } from '../call.ts';
import type { SimulatedCalendar } from '../model.ts';
import type { GoogleState } from '../state.ts';
import { intervalOf, merged, readInstant } from '../times.ts';

const FreeBusySchema = z.object({
  timeMin: z.unknown(),
  timeMax: z.unknown(),
  items: z.array(z.object({ id: z.string() })).max(50),
});

/** Milliseconds. */
const LONGEST_RANGE = 92 * 86_400_000;

export const CALENDAR_ROUTES: Route[] = [
  {
    operation: 'calendarList.list',
    method: 'GET',
    path: 'users/me/calendarList',
    scopes: ['calendar.calendarlist.readonly', 'calendar.readonly', 'calendar'],
    run: listCalendars,
  },
  {
    operation: 'freebusy.query',
    method: 'POST',
    path: 'freeBusy',
    scopes: ['calendar.freebusy', 'calendar.events.freebusy', 'calendar.readonly', 'calendar'],
    run: queryFreeBusy,
  },
];

function listCalendars({ calendars }: GoogleState, { account }: Call): Reply {
  const items = [...calendars.values()].flatMap((calendar) => {
    const accessRole = roleOf(calendar, account);
    if (accessRole === null) return [];
    const { id, summary, timeZone } = calendar;
    return [
      {
        kind: 'calendar#calendarListEntry',
        etag: '"1"',
        id,
        summary,
        timeZone,
        accessRole,
        selected: true,
        defaultReminders: [],
        ...(id === account ? { primary: true } : {}),
      },
    ];
  });
  return { status: 200, body: { kind: 'calendar#calendarList', etag: '"p1"', items } };
}

function roleOf({ owner, freeBusyReaders }: SimulatedCalendar, account: string): string | null {
  if (owner === account) return 'owner';
  return freeBusyReaders.includes(account) ? 'freeBusyReader' : null;
}

function queryFreeBusy(state: GoogleState, { account, body }: Call): Reply {
  const read = FreeBusySchema.safeParse(body);
  if (!read.success) throw new ApiError(400, 'badRequest', 'Bad Request');
  const timeMin = readInstant(read.data.timeMin, 'timeMin');
  const timeMax = readInstant(read.data.timeMax, 'timeMax');
  if (timeMin >= timeMax) {
    throw new ApiError(400, 'timeRangeEmpty', 'The specified time range is empty.', {
      domain: 'calendar',
    });
  }
  if (timeMax - timeMin > LONGEST_RANGE) {
    throw new ApiError(400, 'timeRangeTooLong', 'The requested time range is too long.', {
      domain: 'calendar',
    });
  }
  const answers = read.data.items.map(({ id }) => {
    const calendar = state.findCalendar(id, account);
    if (!calendar || roleOf(calendar, account) === null) return [id, failed('notFound')];
    if (state.unreadable.has(calendar.id)) return [id, failed('internalError')];
    return [id, { busy: busyOf(calendar, timeMin, timeMax) }];
  });
  return {
    status: 200,
    body: {
      kind: 'calendar#freeBusy',
      timeMin: new Date(timeMin).toISOString(),
      timeMax: new Date(timeMax).toISOString(),
      calendars: Object.fromEntries(answers) as object,
    },
  };
}

function failed(reason: string): object {
  return { errors: [{ domain: 'global', reason }], busy: [] };
}

function busyOf(calendar: SimulatedCalendar, timeMin: number, timeMax: number): object[] {
  const taken = [...calendar.events.values()]
    .filter(
      ({ status, transparency, attendees = [] }) =>
        status !== 'cancelled' &&
        transparency !== 'transparent' &&
        !attendees.some(({ self, responseStatus }) => self && responseStatus === 'declined'),
    )
    .map((event) => intervalOf(event, calendar))
    .filter(({ start, end }) => start < timeMax && end > timeMin);
  return merged(taken).map(({ start, end }) => ({
    start: toText(Math.max(start, timeMin)),
    end: toText(Math.min(end, timeMax)),
  }));
}

function toText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
