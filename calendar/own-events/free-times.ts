import { SlotUnavailableError } from '../calendar-error.ts';
import { minutesOf } from '../calendar.ts';
import type { Slot, TimeRange } from '../calendar.ts';
import type { CalendarEvent } from '../provider.ts';
import type { Availability } from '../slots/availability.ts';
import { freeSlots } from '../slots/free-slots.ts';
import type { AppointmentBook } from './appointment-book.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

interface FreeTimesOptions {
  durationMinutes: number;
  /** The reference of a booking whose own time stands in nobody's way. */
  except?: string | null;
  partOfWrite?: boolean;
}

/** In minutes: every length in which an event can be booked, the shortest first. */
export function durationsOf(
  { durationMinutes }: Pick<CalendarEvent, 'durationMinutes'>,
  { durations }: Pick<Availability, 'durations'>,
): number[] {
  return [...new Set([durationMinutes, ...durations])].toSorted((a, b) => a - b);
}

/**
 * What can be booked in a range, as the calendars are now.
 * @throws {CalendarError} one of them cannot be read whole
 */
export async function listFree(
  book: AppointmentBook,
  range: TimeRange,
  { durationMinutes, except = null, partOfWrite = false }: FreeTimesOptions,
): Promise<Slot[]> {
  const { availability, eventType, timeZone } = book;
  const now = book.now();
  const from = Math.max(range.from.getTime(), now.getTime());
  const to = Math.min(range.to.getTime(), now.getTime() + (availability.daysAhead + 2) * DAY);
  if (from >= to) return [];
  // A day more on both sides holds every buffer, and the whole dates that a daily maximum counts.
  const wider = { from: new Date(from - DAY), to: new Date(to + DAY) };
  const items = await book.read(wider, { partOfWrite });
  const others = items.filter(({ booking }) => booking === null || booking.reference !== except);
  const own = new Set(others.filter(({ booking }) => booking?.eventType === eventType));
  return freeSlots({
    timeZone,
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
  book: AppointmentBook,
  { slot, durations, except }: { slot: Slot; durations: readonly number[]; except: string | null },
): Promise<void> {
  const durationMinutes = minutesOf(slot);
  const range = { from: slot.start, to: new Date(slot.start.getTime() + MINUTE) };
  const free = durations.includes(durationMinutes)
    ? await listFree(book, range, { durationMinutes, except, partOfWrite: true })
    : [];
  if (free.some((each) => isSame(each, slot))) return;
  throw new SlotUnavailableError('The time is past, off the grid, out of range or not free.');
}

export function isSame(one: Slot, other: Slot): boolean {
  return one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
}
