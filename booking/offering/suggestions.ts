import { DateTime } from 'luxon';
import type { Slot } from '../../calendar/calendar.ts';
import { apart } from './offering-rules.ts';
import type { OfferingRules } from './offering-rules.ts';

const MOST = 4;
const DAYS_AT_MOST = 3;

/**
 * A few slots that are spread over what is free, in order: over the day when one day is asked for,
 * over the first three days otherwise. A caller can remember four times, not twenty.
 * @param rules the owner's, where they apply
 */
export function spreadSuggestions<S extends Slot>(
  slots: readonly S[],
  timeZone: string,
  rules: Pick<OfferingRules, 'slotsPerDay' | 'hoursBetweenSlots'> | null = null,
): S[] {
  const mostDays = rules?.slotsPerDay === 1 ? MOST : DAYS_AT_MOST;
  const days = [...slotsByDay(slots, timeZone).values()].slice(0, mostDays);
  const perDay = Math.max(1, Math.floor(MOST / Math.max(1, days.length)));
  const spread = days.flatMap((day, index) => {
    // The first, soonest day takes what an even share leaves over.
    const share = index === 0 ? MOST - perDay * (days.length - 1) : perDay;
    const count = Math.min(share, rules?.slotsPerDay ?? share);
    return spreadOver(apart(day, rules?.hoursBetweenSlots ?? null), count);
  });
  return spread.slice(0, MOST);
}

/** The slots nearest to an instant, in order of time. */
export function nearestSlots<S extends Slot>(slots: readonly S[], to: Date): S[] {
  const distance = (slot: S) => Math.abs(slot.start.getTime() - to.getTime());
  return slots
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, 3)
    .toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

/** Slots by their local date in a zone, "2026-11-24", in order. */
export function slotsByDay<S extends Slot>(
  slots: readonly S[],
  timeZone: string,
): Map<string, S[]> {
  return Map.groupBy(slots, (slot) =>
    DateTime.fromJSDate(slot.start, { zone: timeZone }).toFormat('yyyy-MM-dd'),
  );
}

function spreadOver<S extends Slot>(slots: readonly S[], count: number): S[] {
  if (slots.length <= count) return [...slots];
  const step = (slots.length - 1) / Math.max(1, count - 1);
  const picks = Array.from({ length: count }, (_, index) => slots[Math.round(index * step)]);
  return picks.filter((slot) => slot !== undefined);
}
