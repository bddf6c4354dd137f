import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { TimeRange } from '../calendar.ts';
import type { StandingItem } from '../own-events/appointment-book.ts';
import type { BusyCalendar } from '../provider.ts';
import type { GoogleParts } from './calendar-parts.ts';
import { findPlaces } from './choose-calendars.ts';
import type { GoogleClient } from './client.ts';
import { eventsIn, toStandingItem } from './read-events.ts';
import type { GoogleSettings } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Milliseconds: of a longer range Google says that it is too long (`timeRangeTooLong`). */
const LONGEST = 60 * 86_400_000;

const BusySchema = z.object({
  calendars: z.record(
    z.string(),
    z.object({
      errors: z.array(z.object({ domain: z.string(), reason: z.string() })).default([]),
      busy: z.array(
        z
          .object({
            start: z.iso.datetime({ offset: true }),
            end: z.iso.datetime({ offset: true }),
          })
          .refine(
            ({ start, end }) => Date.parse(start) <= Date.parse(end),
            'ends before it begins',
          ),
      ),
    }),
  ),
});

/** Everything in the connection's calendars, for events that are booked into another one. */
export function openBusyTimes(client: GoogleClient, settings: GoogleSettings): BusyCalendar {
  return {
    async listBusy(range, reading = {}) {
      const places = settings.places ?? (await findPlaces(client, settings)).places;
      const items = await readStanding({ client, places }, range, reading);
      return items.flatMap(({ times }) => times);
    },
  };
}

/**
 * What has a moment of the range: in the calendar that is booked into as its owner marked it, in the
 * others that block as Google counts it.
 * @throws {CalendarError} one of them could not be read: it is not free for that
 */
export async function readStanding(
  parts: Pick<GoogleParts, 'client' | 'places'>,
  range: TimeRange,
  reading: { partOfWrite?: boolean } = {},
): Promise<StandingItem[]> {
  const [own, others] = await Promise.all([
    eventsIn(parts, range, reading),
    readBusy(parts, parts.places.blocking, range, reading),
  ]);
  return [...own.events.map((each) => toStandingItem(each, own.timeZone)), ...others];
}

/** Google counts itself what is free, what was declined and what repeats. */
async function readBusy(
  parts: Pick<GoogleParts, 'client'>,
  calendars: readonly string[],
  range: TimeRange,
  reading: { partOfWrite?: boolean },
): Promise<StandingItem[]> {
  if (calendars.length === 0) return [];
  const read: Promise<StandingItem[]>[] = [];
  for (let from = range.from.getTime(); from < range.to.getTime(); from += LONGEST) {
    const to = Math.min(from + LONGEST, range.to.getTime());
    const part = { from: new Date(from), to: new Date(to) };
    read.push(readPart(parts, calendars, part, reading));
  }
  return (await Promise.all(read)).flat();
}

async function readPart(
  { client }: Pick<GoogleParts, 'client'>,
  calendars: readonly string[],
  { from, to }: TimeRange,
  reading: { partOfWrite?: boolean },
): Promise<StandingItem[]> {
  const answer = await client.call({
    method: 'POST',
    path: ['freeBusy'],
    isRead: true,
    body: {
      timeMin: from.toISOString(),
      timeMax: to.toISOString(),
      timeZone: 'UTC',
      items: calendars.map((id) => ({ id })),
    },
    answer: BusySchema,
    ...reading,
  });
  return calendars.map((id) => {
    const told = answer.calendars[id];
    if (!told) throw new CalendarUnreachableError('Google says nothing of one of the calendars.');
    const [error] = told.errors;
    if (error) throw unreadable(error.reason);
    const times = told.busy.map(({ start, end }) => ({
      start: new Date(start),
      end: new Date(end),
      allDay: false,
      shows: 'busy' as const,
    }));
    return { times, booking: null };
  });
}

function unreadable(reason: string): Error {
  if (reason === 'notFound') {
    return setupError(
      'key-without-rights',
      'One of the calendars that block is gone, or is not shared any more. Connect the calendar again, and choose those that block.',
    );
  }
  return new CalendarUnreachableError(`Google could not read one of the calendars (${reason}).`);
}
