import iCalendar from 'ical.js';

/** In which one rule is gone through: what takes more is no calendar of a person's. */
const MOST_STEPS = 100_000;

/**
 * How many steps each of these is. By days and shorter, ical.js looks for ever for what never comes
 * ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), and whoever sends an invitation writes the rule.
 */
const STEPS = { check_contracting_rules: 1, increment_month: 1, increment_year: 40 } as const;

type Name = keyof typeof STEPS;

const taken = new WeakMap<object, number>();
// Of the class itself: zones that an object describes have rules too, which ical.js goes through alone.
const iterators = iCalendar.RecurIterator.prototype as unknown as Record<
  Name,
  (...given: unknown[]) => unknown
>;

for (const name of Object.keys(STEPS) as Name[]) {
  const go = iterators[name];
  iterators[name] = function counted(this: object, ...given: unknown[]) {
    const all = (taken.get(this) ?? 0) + STEPS[name];
    if (all > MOST_STEPS) throw new RangeError('It has no end of occurrences.');
    taken.set(this, all);
    return go.apply(this, given);
  };
}
