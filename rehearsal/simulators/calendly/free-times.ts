import { DateTime } from 'luxon';
import type { EventType } from './model.ts';
import type { CalendlyState } from './state.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Every start on the grid of an event type that lies in its host's hours, free or not, in order. */
export function gridOf(
  state: CalendlyState,
  eventType: EventType,
  range: { start: number; end: number },
): number[] {
  const { timeZone, hours } = state.account(eventType.ownerId);
  const starts: number[] = [];
  let day = DateTime.fromMillis(range.start, { zone: timeZone }).startOf('day');
  for (; day.toMillis() < range.end; day = day.plus({ days: 1 })) {
    if (day.weekday > 5) continue;
    const closes = day.set({ hour: hours.to }).toMillis();
    let at = day.set({ hour: hours.from }).toMillis();
    for (; at + eventType.duration * MINUTE <= closes; at += eventType.duration * MINUTE) {
      if (at >= range.start && at < range.end) starts.push(at);
    }
  }
  return starts;
}

/** Whether a start is far enough ahead, and not too far. */
export function isBookable(eventType: EventType, start: number, now: number): boolean {
  return (
    start >= now + eventType.minimumNotice * MINUTE && start <= now + eventType.daysAhead * DAY
  );
}

/** Whether nothing of the host is at that time. */
export function isHostFree(state: CalendlyState, eventType: EventType, start: number): boolean {
  const time = { start, end: start + eventType.duration * MINUTE };
  const { busy } = state.account(eventType.ownerId);
  return (
    state.blocking(eventType.ownerId, time).length === 0 &&
    !busy.some((each) => each.start < time.end && time.start < each.end)
  );
}
