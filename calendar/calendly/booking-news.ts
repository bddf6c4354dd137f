import type { BookingNews, CalendarChanges, TimeRange } from '../calendar.ts';
import { BookingChains, readChain } from './booking-chain.ts';
import type { BookingChain } from './booking-chain.ts';
import {
  EventSchema,
  isForGroups,
  isLiveRecord,
  marksOf,
  placeNameOf,
  previousOf,
  statusOf,
  toAttendee,
  uidOf,
} from './booking-record.ts';
import type { CalendlyEvent, CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { slugOf } from './event-type.ts';
import type { CalendlyEventType } from './event-type.ts';
import { readPages } from './read-pages.ts';
import { withInvitees } from './read-records.ts';

const DAY = 24 * 3_600_000;
/** Milliseconds. What is over may still be corrected for some days. */
const PAST = 7 * DAY;
const FUTURE = 365 * DAY;
/** Milliseconds by which what Calendly lists may lag behind what was changed there. */
const LAG = 120_000;

type News = BookingNews & { reference: string };

export interface NewsOptions {
  /** URI of the host. */
  user: string;
  /** Those of the account, for what their slugs are. */
  eventTypes: readonly CalendlyEventType[];
}

/**
 * Every booking of the host that starts in the range, of every event type. What was moved is told as
 * what it became, if that starts in the range.
 * @throws {CalendarError}
 */
export async function listBookingNews(
  client: CalendlyClient,
  range: TimeRange,
  options: NewsOptions,
): Promise<News[]> {
  const events = await listReadable(client, range, options);
  const news = await tell(client, events, { ...options, isWhole: true });
  return news.filter(({ start }) => start && start >= range.from && start < range.to);
}

/**
 * What changed of the bookings of the last week and the next year. Calendly cannot be asked for that:
 * all meetings are listed, a hundred a request, and only of those that changed is asked who comes.
 * Once a day all are.
 * @throws {CalendarError}
 */
export async function listBookingChanges(
  client: CalendlyClient,
  since: string | null,
  { now, ...options }: NewsOptions & { now: Date },
): Promise<CalendarChanges> {
  const mark = readMark(since);
  const isWhole = mark === null || now.getTime() - mark.whole > DAY;
  const range = { from: new Date(now.getTime() - PAST), to: new Date(now.getTime() + FUTURE) };
  const events = await listReadable(client, range, options);
  const changed = isWhole
    ? events
    : events.filter(({ updated_at: at }) => at.getTime() >= mark.until - LAG);
  // By Calendly's clock, which dates the changes.
  const until = Math.max(mark?.until ?? 0, ...events.map(({ updated_at: at }) => at.getTime()));
  const whole = isWhole ? now.getTime() : mark.whole;
  return { news: await tell(client, changed, { ...options, isWhole }), mark: `${until}/${whole}` };
}

function readMark(mark: string | null): { until: number; whole: number } | null {
  const [, until, whole] = /^(\d{1,15})\/(\d{1,15})$/.exec(mark ?? '') ?? [];
  return until === undefined ? null : { until: Number(until), whole: Number(whole) };
}

/** One that is odd hides no other: what a mirror does not hear of it leaves as it was. */
async function listReadable(
  client: CalendlyClient,
  { from, to }: TimeRange,
  { user }: NewsOptions,
): Promise<CalendlyEvent[]> {
  const listed = await readPages(client, {
    path: ['scheduled_events'],
    query: {
      user,
      min_start_time: from.toISOString(),
      max_start_time: to.toISOString(),
      sort: 'start_time:asc',
    },
  });
  return listed
    .flatMap((each) => EventSchema.safeParse(each).data ?? [])
    .filter((event) => !isForGroups(event));
}

/**
 * Each booking once, as it is now.
 * @param options.isWhole false where only what changed is given: what has taken the place of one that
 * ended, or stands though an attempt to move it was taken back, need not be among it
 */
async function tell(
  client: CalendlyClient,
  events: readonly CalendlyEvent[],
  { eventTypes, user, isWhole }: NewsOptions & { isWhole: boolean },
): Promise<News[]> {
  const records = await withInvitees(client, events);
  const chains = new BookingChains(client, records);
  const told = new Map<string, News>();
  for (const record of records) {
    const root = await chains.rootOf(record);
    if (told.has(root)) continue;
    const known = await chains.chainOf(root);
    const isAll = isWhole || isLiveRecord(known.present);
    const chain = isAll ? known : await readChain(client, { user, name: uidOf(known.present) });
    told.set(root, toNews(chain, eventTypes));
  }
  return [...told.values()];
}

function toNews(
  { root, present, all }: BookingChain,
  eventTypes: readonly CalendlyEventType[],
): News {
  const marks = all.map(({ invitee }) => marksOf(invitee));
  return {
    ...newsOf(present, eventTypes),
    reference: root,
    key: marks.find(({ key }) => key !== null)?.key ?? null,
    changedAt: present.event.updated_at,
    status: statusOf(present),
  };
}

/** What a meeting and who comes to it say of a booking, but for how it stands. */
export function newsOf(
  record: CalendlyRecord,
  eventTypes: readonly CalendlyEventType[],
): Omit<BookingNews, 'status' | 'changedAt'> {
  const { event, invitee } = record;
  const previous = previousOf(record);
  const eventType = eventTypes.find(({ uri }) => uri === event.event_type);
  const [host] = event.event_memberships ?? [];
  const responses = (invitee.questions_and_answers ?? []).map(
    ({ question, answer }) => [question, answer] as const,
  );
  return {
    uid: uidOf(record),
    ...(previous === null ? {} : { previousUid: previous }),
    start: event.start_time,
    end: event.end_time,
    ...(eventType ? { eventType: slugOf(eventType) } : {}),
    key: marksOf(invitee).key,
    attendees: [toAttendee(invitee)],
    organizer: { name: host?.user_name ?? null, email: host?.user_email ?? null },
    title: event.name,
    location: placeNameOf(event.location),
    reason: event.cancellation?.reason ?? invitee.cancellation?.reason ?? null,
    responses: Object.fromEntries(responses),
  };
}
