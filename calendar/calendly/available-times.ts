import { z } from 'zod';
import type { Slot, TimeRange } from '../calendar.ts';
import type { CalendlyClient, ReadLimits } from './client.ts';
import type { CalendlyEventType } from './event-type.ts';

const TimesAnswer = z.object({
  collection: z.array(
    z.object({ status: z.string(), start_time: z.iso.datetime({ offset: true }) }),
  ),
});

/** Milliseconds by which more is asked for on both sides, so that what begins at the edge is in it. */
const MARGIN = 60_000;
/** Milliseconds: Calendly refuses more than 31 days in one request. */
const LONGEST_RANGE = 31 * 24 * 3_600_000 - 2 * MARGIN;
/** Milliseconds: it refuses a range that begins in the past, by its own clock. */
const NOT_PAST = 60_000;

export interface TimesRequest {
  eventType: Pick<CalendlyEventType, 'uri' | 'duration'>;
  range: TimeRange;
  now: Date;
}

/**
 * The free slots that start in the range, in order, each once. What begins within the next minute is
 * left out.
 * @throws {CalendarError}
 */
export async function listAvailableTimes(
  client: CalendlyClient,
  { eventType, range, now }: TimesRequest,
  limits: ReadLimits = {},
): Promise<Slot[]> {
  const present = now.getTime() + NOT_PAST;
  const earliest = Math.max(range.from.getTime(), present);
  const latest = range.to.getTime();
  const parts: Promise<Slot[]>[] = [];
  for (let from = earliest; from < latest; from += LONGEST_RANGE) {
    const to = Math.min(latest, from + LONGEST_RANGE);
    const asked = { from: Math.max(from - MARGIN, present), to: to + MARGIN };
    parts.push(readPart(client, eventType, asked, limits));
  }
  const slots = new Map<number, Slot>();
  for (const slot of (await Promise.all(parts)).flat()) {
    const start = slot.start.getTime();
    if (start >= earliest && start < latest) slots.set(start, slot);
  }
  return [...slots.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
}

async function readPart(
  client: CalendlyClient,
  { uri, duration }: TimesRequest['eventType'],
  { from, to }: { from: number; to: number },
  limits: ReadLimits,
): Promise<Slot[]> {
  const { collection } = await client.call({
    method: 'GET',
    path: ['event_type_available_times'],
    query: {
      event_type: uri,
      start_time: new Date(from).toISOString(),
      end_time: new Date(to).toISOString(),
    },
    answer: TimesAnswer,
    ...limits,
  });
  return collection
    .filter(({ status }) => status === 'available')
    .map(({ start_time: text }) => {
      const start = new Date(text);
      return { start, end: new Date(start.getTime() + duration * 60_000) };
    });
}
