import { freeHosts, isOutOfBounds, type CountsBooking } from './availability.ts';
import { limitReached } from './booking-limits.ts';
import { MINUTE, overlaps, type Interval } from './interval.ts';
import type { EventType } from './model.ts';
import { openHours } from './open-hours.ts';
import type { CalcomState } from './state.ts';

export interface SlotQuery {
  eventType: EventType;
  range: Interval;
  /** Minutes. */
  duration: number;
  now: number;
  counts: CountsBooking;
}

/**
 * The free slots of an event type in order.
 *
 * Slots are counted from the start of each open time in steps of the slot interval, or of the duration
 * where there is none; reservations hide theirs from everybody, their holder included.
 */
export function findSlots(state: CalcomState, query: SlotQuery): Interval[] {
  const { eventType, range, duration, now, counts } = query;
  const length = duration * MINUTE;
  const step = (eventType.slotInterval ?? duration) * MINUTE;
  const slots = new Map<number, Interval>();
  const reserved = [...state.reservations.values()].filter(
    (each) => each.until > now && each.hostIds.some((id) => eventType.hostIds.includes(id)),
  );
  for (const id of eventType.hostIds) {
    const schedule = state.scheduleFor(state.account(id), eventType);
    if (schedule === undefined || range.end <= range.start) continue;
    for (const open of openHours(schedule, range)) {
      const first = open.start + eventType.offsetStart * MINUTE;
      for (let start = first; start + length <= open.end; start += step) {
        const slot = { start, end: start + length };
        if (start < range.start || slot.end > range.end || slots.has(start)) continue;
        if (isOutOfBounds(eventType, slot, now)) continue;
        if (reserved.some((each) => overlaps(each, slot))) continue;
        if (limitReached(state, eventType, slot, null) !== null) continue;
        if (freeHosts(state, eventType, slot, counts).length > 0) slots.set(start, slot);
      }
    }
  }
  return [...slots.values()].toSorted((one, other) => one.start - other.start);
}
