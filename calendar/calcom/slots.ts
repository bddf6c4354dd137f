import { z } from 'zod';
import type { Slot, TimeRange } from '../calendar.ts';
import type { CalcomClient } from './client.ts';
import { hasSeveralLengths } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';

const DAY = 24 * 3_600_000;
/** Milliseconds over which the beginning of what is asked for is strewn. */
const STREWN = 12 * 3_600_000;

const SlotsAnswer = z.object({
  data: z.record(
    z.string(),
    z.array(
      z.object({ start: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) }),
    ),
  ),
});

export interface SlotsRequest {
  eventType: CalcomEventType;
  range: TimeRange;
  durationMinutes: number;
  /** Counts as free what this booking takes. */
  reschedules?: string;
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

/**
 * The free slots that start in the range, in order, each once. Cal.com keys them by local date and
 * answers whole days that may lie outside what was asked: a day more is asked on either side, the
 * keys are ignored, and the instants decide.
 *
 * Cal.com answers the very same query for two seconds from memory: a slot given free
 * would be taken, and a held one free, for that long. So each query begins at another second.
 * @throws {CalendarError}
 */
export async function listCalcomSlots(
  client: CalcomClient,
  { eventType, range, durationMinutes, reschedules, ...limits }: SlotsRequest,
): Promise<Slot[]> {
  const { data } = await client.call({
    method: 'GET',
    path: ['slots'],
    query: {
      eventTypeId: eventType.id,
      start: new Date(range.from.getTime() - DAY - strewnSeconds()).toISOString(),
      end: new Date(range.to.getTime() + DAY).toISOString(),
      format: 'range',
      // A length that the event type does not have would be answered all the same.
      duration: hasSeveralLengths(eventType) ? durationMinutes : undefined,
      bookingUidToReschedule: reschedules,
    },
    answer: SlotsAnswer,
    ...limits,
  });
  const slots = new Map<number, Slot>();
  for (const { start, end } of Object.values(data).flat()) {
    const slot = { start: new Date(start), end: new Date(end) };
    if (slot.start >= range.from && slot.start < range.to) slots.set(slot.start.getTime(), slot);
  }
  return [...slots.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** Milliseconds, in whole seconds. */
function strewnSeconds(): number {
  return Math.floor((Math.random() * STREWN) / 1_000) * 1_000;
}
