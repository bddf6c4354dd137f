import { DateTime } from 'luxon';
import type { Slot, TimeRange } from '../../calendar/calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';

const HOUR = 3_600_000;

/** How an owner wants times to be offered; what the caller asks for beyond them is offered as well. */
export type OfferingRules = Pick<
  BookingEvent,
  'initialBookingDate' | 'offeringDays' | 'slotsPerDay' | 'hoursBetweenSlots'
>;

/**
 * The days that first suggestions come from: from the initial booking date, or from today when that
 * has come, for as many days as are to be offered.
 * @param usual the range where no rule says otherwise
 */
export function firstOfferRange(
  rules: OfferingRules,
  usual: TimeRange,
  timeZone: string,
): TimeRange {
  const { initialBookingDate, offeringDays } = rules;
  const opens =
    initialBookingDate === null
      ? usual.from
      : DateTime.fromISO(initialBookingDate, { zone: timeZone }).toJSDate();
  const from = opens > usual.from ? opens : usual.from;
  if (offeringDays === null) {
    return { from, to: new Date(from.getTime() + usual.to.getTime() - usual.from.getTime()) };
  }
  const to = DateTime.fromJSDate(from, { zone: timeZone })
    .startOf('day')
    .plus({ days: offeringDays })
    .toJSDate();
  return { from, to };
}

/** Of one day's free slots those that may be suggested together: far enough apart. */
export function apart<S extends Slot>(slots: readonly S[], hours: number | null): S[] {
  const chosen: S[] = [];
  for (const slot of slots) {
    const last = chosen.at(-1);
    const isFarEnough = !last || slot.start.getTime() - last.start.getTime() >= (hours ?? 0) * HOUR;
    if (isFarEnough) chosen.push(slot);
  }
  return chosen;
}
