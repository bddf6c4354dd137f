import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { BookingNews, CalendarChanges, TimeRange } from '../calendar.ts';
import { listCancelled } from './cancelled-bookings.ts';
import type { MicrosoftParts } from './calendar-parts.ts';
import type { GraphRequest } from './client.ts';
import { isOurs, toNews } from './graph-event.ts';
import { readEvent, readItems } from './read-events.ts';
import { refusalOf } from './refusal.ts';

type News = BookingNews & { reference: string };

const DAY = 86_400_000;
/** A round of changes is bound to a window of time for good. */
const PAST = 31 * DAY;
const FUTURE = 400 * DAY;
/** A window that reaches less far than this is left for a new one. */
const NEAREST_END = 370 * DAY;
/** Pages that are asked for: an answer may go on and on. */
const MOST_PAGES = 200;
const PAGE_SIZE = 'odata.maxpagesize=200';

/** Where the last answer ended. */
const MarkSchema = z.object({
  /** The id of the calendar that it is of. */
  calendar: z.string(),
  /** Milliseconds since 1970; where the window ends. */
  until: z.number(),
  link: z.string(),
  /** Bookings of ours that stood then: of what is gone Graph tells the id alone, and anybody's. */
  known: z.array(z.string()),
});
type Mark = z.infer<typeof MarkSchema>;

const PageSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      '@removed': z.unknown().optional(),
      transactionId: z.unknown().optional(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

interface Round {
  changed: Set<string>;
  removed: Set<string>;
  link: string;
}

/**
 * What changed of our bookings in the calendar since a mark, by a delta query; anew where the mark is
 * none, is known no more, or its window comes to an end.
 * @throws {CalendarError}
 */
export async function listChanges(
  parts: MicrosoftParts,
  since: string | null,
): Promise<CalendarChanges> {
  const mark = readMark(since, parts.places.calendar);
  if (!mark || mark.until - parts.now().getTime() < NEAREST_END) return listAnew(parts, mark);
  const round = await collect(parts, { path: { link: mark.link } });
  return round ? tell(parts, mark, round) : listAnew(parts, mark);
}

async function tell(parts: MicrosoftParts, mark: Mark, round: Round): Promise<CalendarChanges> {
  const known = new Set(mark.known);
  const news: News[] = [];
  for (const id of round.changed) {
    const stored = await readEvent(parts, id);
    if (!stored) continue;
    known.add(id);
    news.push(toNews(stored));
  }
  for (const id of round.removed) {
    if (!known.has(id)) continue;
    // It may only have left the window.
    const stored = await readEvent(parts, id);
    if (!stored) known.delete(id);
    news.push(stored ? toNews(stored) : isGone(id));
  }
  return { news, mark: writeMark({ ...mark, link: round.link, known: [...known] }) };
}

async function listAnew(parts: MicrosoftParts, last: Mark | null): Promise<CalendarChanges> {
  const { places } = parts;
  const now = parts.now().getTime();
  const window = { from: new Date(now - PAST), to: new Date(now + FUTURE) };
  // The mark comes first: what changes meanwhile is told twice, and not never.
  const round = await collect(parts, {
    path: ['me', 'calendars', places.calendar, 'calendarView', 'delta'],
    query: {
      startDateTime: window.from.toISOString(),
      endDateTime: window.to.toISOString(),
    },
  });
  if (!round) {
    throw new CalendarUnreachableError('Microsoft Graph does not begin to tell what changes.');
  }
  const { news, standing } = await listAll(parts, window);
  for (const id of last?.known ?? []) {
    if (standing.has(id)) continue;
    const stored = await readEvent(parts, id);
    news.push(stored ? toNews(stored) : isGone(id));
  }
  const mark = writeMark({
    calendar: places.calendar,
    until: window.to.getTime(),
    link: round.link,
    known: [...standing],
  });
  // What was booked since the last mark and is gone nobody knows here.
  return { news, mark, isWhole: true };
}

async function listAll(
  parts: MicrosoftParts,
  window: TimeRange,
): Promise<{ news: News[]; standing: Set<string> }> {
  const items = await readItems(parts, [parts.places.calendar], window);
  const news: News[] = items.flatMap(({ booking }) => (booking ? [toNews(booking)] : []));
  const standing = new Set(news.map(({ reference }) => reference));
  const gone = await listCancelled(parts, window);
  news.push(...gone.filter(({ reference }) => !standing.has(reference)));
  return { news, standing };
}

/** A whole round; null where Graph knows the mark no more. */
async function collect(
  { client }: Pick<MicrosoftParts, 'client'>,
  first: Pick<GraphRequest<z.ZodType>, 'path' | 'query'>,
): Promise<Round | null> {
  const changed = new Set<string>();
  const removed = new Set<string>();
  let request = first;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    let answer: z.infer<typeof PageSchema>;
    try {
      answer = await client.call({
        ...request,
        method: 'GET',
        prefer: PAGE_SIZE,
        answer: PageSchema,
      });
    } catch (error) {
      if (isUnknownMark(error)) return null;
      throw error;
    }
    for (const event of answer.value) {
      // What comes later in a round is what holds.
      if (event['@removed'] !== undefined) removed.add(event.id);
      else removed.delete(event.id);
      if (event['@removed'] === undefined && isOurs(event)) changed.add(event.id);
      else changed.delete(event.id);
    }
    const { '@odata.nextLink': next, '@odata.deltaLink': link } = answer;
    if (link !== undefined) return { changed, removed, link };
    if (next === undefined) break;
    request = { path: { link: next } };
  }
  throw new CalendarUnreachableError('Microsoft Graph never told all that changed.');
}

function isUnknownMark(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    refusal?.status === 410 ||
    /^(SyncState|resync|ErrorInvalidSyncState)/i.test(refusal?.code ?? '')
  );
}

function isGone(reference: string): News {
  return { reference, uid: reference, changedAt: null, status: 'cancelled' };
}

/** Null too for one of another calendar: that of the connection may be changed. */
function readMark(text: string | null, calendar: string): Mark | null {
  if (text === null) return null;
  try {
    const { data } = MarkSchema.safeParse(JSON.parse(text));
    return data?.calendar === calendar ? data : null;
  } catch {
    return null;
  }
}

function writeMark(mark: Mark): string {
  return JSON.stringify(mark);
}
