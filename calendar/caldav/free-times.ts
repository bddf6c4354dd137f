import { SlotUnavailableError } from '../calendar-error.ts';
import { minutesOf } from '../calendar.ts';
import type { Slot, TimeRange } from '../calendar.ts';
import { freeSlots } from '../slots/free-slots.ts';
import type { CaldavParts } from './calendar-parts.ts';
import type { KnownObjects } from './known-objects.ts';
import { readItems } from './read-objects.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

interface FreeTimesOptions {
  durationMinutes: number;
  /** The reference of a booking whose own time stands in nobody's way. */
  except?: string | null;
  partOfWrite?: boolean;
  /** What was read before, and may be answered again. */
  known?: KnownObjects;
}

/**
 * What can be booked in a range, as the calendars are now.
 * @throws {CalendarError} one of them cannot be read whole
 */
export async function listFree(
  parts: CaldavParts,
  range: TimeRange,
  { durationMinutes, except = null, ...reading }: FreeTimesOptions,
): Promise<Slot[]> {
  const { availability, eventType, context, places } = parts;
  const now = parts.now();
  const from = Math.max(range.from.getTime(), now.getTime());
  const to = Math.min(range.to.getTime(), now.getTime() + (availability.daysAhead + 2) * DAY);
  if (from >= to) return [];
  // A day more on both sides holds every buffer, and the whole dates that a daily maximum counts.
  const read = { from: new Date(from - DAY), to: new Date(to + DAY) };
  const items = await readItems(parts, places.blocking, read, reading);
  const others = items.filter(({ booking }) => booking === null || booking.reference !== except);
  const own = new Set(others.filter(({ booking }) => booking?.note.eventType === eventType));
  return freeSlots({
    timeZone: context.timeZone,
    availability,
    durationMinutes,
    range: { from: new Date(from), to: new Date(to) },
    now,
    busy: others.filter((item) => !own.has(item)).flatMap(({ times }) => times),
    own: [...own].flatMap(({ times }) => times),
  });
}

/** @throws {SlotUnavailableError} a fresh list has it not */
export async function refuseTaken(
  parts: CaldavParts,
  { slot, durations, except }: { slot: Slot; durations: readonly number[]; except: string | null },
): Promise<void> {
  const durationMinutes = minutesOf(slot);
  const range = { from: slot.start, to: new Date(slot.start.getTime() + MINUTE) };
  const free = durations.includes(durationMinutes)
    ? await listFree(parts, range, { durationMinutes, except, partOfWrite: true })
    : [];
  if (free.some((each) => isSame(each, slot))) return;
  throw new SlotUnavailableError('The time is past, off the grid, out of range or not free.');
}

export function isSame(one: Slot, other: Slot): boolean {
  return one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
}
