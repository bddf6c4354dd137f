import type { Slot } from '../../../calendar/calendar.ts';
import type { SlotQuestion } from '../../../calendar/slots/free-slots.ts';

const GRID = 5 * 60_000;
const DAY = 86_400_000;

/** What a clock reads at an instant. */
interface Reading {
  at: number;
  date: string;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone read every five minutes, as Intl says it. */
function readingsOf(timeZone: string, from: number, to: number): Reading[] {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      ...parts,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const readings: Reading[] = [];
  for (let at = Math.floor(from / GRID) * GRID; at <= to; at += GRID) {
    const [date = '', time = ''] = format.format(at).split(', ');
    const [hour, minute] = time.split(':').map(Number);
    readings.push({ at, date, minute: (hour ?? 0) * 60 + (minute ?? 0) });
  }
  return readings;
}

/**
 * The free slots of a question by looking at every five minutes, with nothing of the engine's
 * arithmetic. All of the question's times must lie on that grid.
 */
export function slotsByMinutes(question: SlotQuestion): Slot[] {
  const { availability, range, now, busy, own, timeZone, durationMinutes } = question;
  const length = durationMinutes * 60_000;
  const readings = readingsOf(
    timeZone,
    range.from.getTime() - 3 * DAY,
    range.to.getTime() + 3 * DAY,
  );
  const byDate = Map.groupBy(readings, ({ date }) => date);
  const dates = [...byDate.keys()];
  const dateAt = (instant: Date): string =>
    readingsOf(timeZone, instant.getTime(), instant.getTime())[0]?.date ?? '';
  const today = dateAt(now);
  const counts = new Map<string, number>();
  for (const { start } of own) counts.set(dateAt(start), (counts.get(dateAt(start)) ?? 0) + 1);
  const blocking = busy.filter((time) => {
    if (time.allDay && availability.allDay === 'always') return true;
    if (time.allDay && availability.allDay === 'never') return false;
    return (
      time.shows === 'busy' || (time.shows === 'tentative' && availability.tentative === 'busy')
    );
  });
  const isTaken = (times: readonly Slot[], from: number, to: number): boolean => {
    for (let at = from; at < to; at += GRID) {
      if (times.some(({ start, end }) => start.getTime() <= at && at < end.getTime())) return true;
    }
    return false;
  };
  const slots: Slot[] = [];
  for (const date of dates) {
    const day = byDate.get(date) ?? [];
    const daysFromToday = Math.round((Date.parse(date) - Date.parse(today)) / DAY);
    if (daysFromToday > availability.daysAhead) continue;
    const maximum = availability.dailyMaximum;
    if (maximum !== null && (counts.get(date) ?? 0) >= maximum) continue;
    const weekday = String(new Date(date).getUTCDay() || 7);
    const weekly: Partial<Record<string, (readonly [number, number])[]>> = availability.weekly;
    for (const [from, to] of availability.overrides[date] ?? weekly[weekday] ?? []) {
      const last = day.at(-1)?.at ?? 0;
      const ends = day.find(({ minute }) => minute >= to)?.at ?? last + GRID;
      for (let wall = from; wall < to; wall += availability.step ?? durationMinutes) {
        const start = day.find(({ minute }) => minute === wall)?.at;
        if (start === undefined || start + length > ends) continue;
        if (start < range.from.getTime() || start >= range.to.getTime()) continue;
        if (start <= now.getTime()) continue;
        if (start < now.getTime() + availability.minimumNotice * 60_000) continue;
        const before = availability.bufferBefore * 60_000;
        const after = availability.bufferAfter * 60_000;
        const between = Math.max(before, after);
        if (isTaken(blocking, start - before, start + length + after)) continue;
        if (isTaken(own, start - between, start + length + between)) continue;
        slots.push({ start: new Date(start), end: new Date(start + length) });
      }
    }
  }
  return slots;
}
