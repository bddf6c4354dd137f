import type { Slot, TimeRange } from '../calendar.ts';
import type { Availability, WorkingRange } from './availability.ts';
import { DAY, MINUTE, segmentsOf, wallAt, zoneClock } from './zone-clock.ts';
import type { DaySegment, ZoneClock } from './zone-clock.ts';

/** What somebody has in a calendar. */
export interface BusyTime extends Slot {
  allDay: boolean;
  /** What it is marked as. */
  shows: 'busy' | 'tentative' | 'free';
}

export interface SlotQuestion {
  /** IANA; that of the hours. */
  timeZone: string;
  availability: Availability;
  durationMinutes: number;
  /** Slots that begin in it. */
  range: TimeRange;
  now: Date;
  /** Of every calendar that blocks, together. */
  busy: readonly BusyTime[];
  /** Bookings of the event that stand; they are not among {@link busy}. */
  own: readonly Slot[];
}

/** Whether somebody's time is taken by it. */
export function isBlocking(
  { start, end, allDay, shows }: BusyTime,
  availability: Pick<Availability, 'allDay' | 'tentative'>,
): boolean {
  if (start >= end) return false;
  if (allDay && availability.allDay !== 'as-marked') return availability.allDay === 'always';
  return shows === 'busy' || (shows === 'tentative' && availability.tentative === 'busy');
}

/**
 * The slots that can be booked, in order. A candidate stands on the wall clock, a whole number of steps
 * after a range begins: one that the clock jumps over is left out, of one that comes twice the first
 * counts. A slot lies within one range, and lasts as long as it says.
 */
export function freeSlots(question: SlotQuestion): Slot[] {
  const { availability, durationMinutes, range, now } = question;
  const clock = zoneClock(question.timeZone);
  const length = durationMinutes * MINUTE;
  const step = (availability.step ?? durationMinutes) * MINUTE;
  const earliest = Math.max(
    now.getTime() + 1,
    now.getTime() + availability.minimumNotice * MINUTE,
    range.from.getTime(),
  );
  const before = range.to.getTime();
  const lastDate = dateOf(clock, now.getTime()) + availability.daysAhead * DAY;
  const isFull = fullDates(clock, question);
  const isFree = freeStarts(question, { earliest, before });
  const slots: Slot[] = [];
  // A date can begin before the one that its first instant seems to be of: a clock is set at midnight.
  let date = dateOf(clock, earliest) - DAY;
  for (; date <= lastDate && date <= dateOf(clock, before) + DAY; date += DAY) {
    if (isFull(date)) continue;
    const ranges = rangesOf(availability, date);
    if (ranges.length === 0) continue;
    const segments = segmentsOf(clock, date);
    for (const [from, to] of ranges) {
      const ends = reached(segments, date + to * MINUTE);
      for (let wall = date + from * MINUTE; wall < date + to * MINUTE; wall += step) {
        const start = readAt(segments, wall);
        if (start === null || start < earliest || start >= before) continue;
        if (start + length > ends) break;
        if (isFree(start)) slots.push({ start: new Date(start), end: new Date(start + length) });
      }
    }
  }
  return slots;
}

/** The wall clock's midnight of the date that it is at an instant. */
function dateOf(clock: ZoneClock, instant: number): number {
  return Math.floor(wallAt(clock, instant) / DAY) * DAY;
}

function rangesOf({ weekly, overrides }: Availability, date: number): readonly WorkingRange[] {
  const own = overrides[new Date(date).toISOString().slice(0, 10)];
  if (own) return own;
  // January 1, 1970 was a Thursday.
  const weekday = ((((date / DAY + 3) % 7) + 7) % 7) + 1;
  return weekly[String(weekday) as keyof typeof weekly] ?? [];
}

/** The first instant of a date at which its clock reads so; null where it never does. */
function readAt(segments: readonly DaySegment[], wall: number): number | null {
  for (const { from, to, offset } of segments) {
    const instant = wall - offset;
    if (instant >= from && instant < to) return instant;
  }
  return null;
}

/** The first instant of a date at which its clock reads at least so: the date's end where it never does. */
function reached(segments: readonly DaySegment[], wall: number): number {
  for (const { from, to, offset } of segments) {
    if (wall - offset < to) return Math.max(wall - offset, from);
  }
  return segments.at(-1)?.to ?? Number.NEGATIVE_INFINITY;
}

/** Tells the dates, by their wall clock's midnight, on which no further booking may begin. */
function fullDates(clock: ZoneClock, { availability, own }: SlotQuestion) {
  const { dailyMaximum } = availability;
  if (dailyMaximum === null) return () => false;
  const counts = new Map<number, number>();
  for (const { start } of own) {
    const date = dateOf(clock, start.getTime());
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return (date: number) => (counts.get(date) ?? 0) >= dailyMaximum;
}

/** Tells whether a slot may begin at an instant, as far as others' times go; asked in ascending order. */
function freeStarts(
  { availability, durationMinutes, busy, own }: SlotQuestion,
  { earliest, before }: { earliest: number; before: number },
): (start: number) => boolean {
  const length = durationMinutes * MINUTE;
  const bufferBefore = availability.bufferBefore * MINUTE;
  const bufferAfter = availability.bufferAfter * MINUTE;
  // Between two bookings of ours one buffer serves both.
  const between = Math.max(bufferBefore, bufferAfter);
  // Nothing may begin between these two, both excluded.
  const shut: { from: number; to: number }[] = [];
  const close = ({ start, end }: Slot, after: number, ahead: number): void => {
    const from = start.getTime() - after - length;
    const to = end.getTime() + ahead;
    if (from < before && to > earliest) shut.push({ from, to });
  };
  for (const time of busy) {
    if (isBlocking(time, availability)) close(time, bufferAfter, bufferBefore);
  }
  for (const time of own) close(time, between, between);
  shut.sort((a, b) => a.from - b.from);
  let next = 0;
  let openAgain = Number.NEGATIVE_INFINITY;
  return (start) => {
    for (let one = shut[next]; one && one.from < start; one = shut[(next += 1)]) {
      openAgain = Math.max(openAgain, one.to);
    }
    return openAgain <= start;
  };
}
