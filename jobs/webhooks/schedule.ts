const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds in which an endpoint answers. */
export const DELIVERY_DEADLINE = 10 * SECOND;

/** Milliseconds from each attempt to the next: nine attempts over about a day. */
export const DELIVERY_SCHEDULE: readonly number[] = [
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  8 * HOUR,
  8 * HOUR,
];

/** Milliseconds of nothing but failures after which an endpoint is switched off. */
export const SWITCH_OFF_AFTER = 72 * HOUR;
