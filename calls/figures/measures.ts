import { percentile } from './percentile.ts';
import type { Totals } from './totals.ts';

/** What came out, and of how many cases; null where there was none to measure. */
export interface Measured {
  value: number | null;
  cases: number;
}

export type MeasureUnit = 'percent' | 'milliseconds' | 'dollars' | 'minutes' | 'count';

interface Measure {
  unit: MeasureUnit;
  /** For people. */
  words: string;
  /** False where what is measured is no agent's. */
  isOfAgent: boolean;
  read: (totals: Totals) => Measured;
}

const MINUTE = 60_000;
const BILLION = 1_000_000_000;

/** What an alert can watch. */
export const MEASURES = {
  calls: {
    unit: 'count',
    words: 'Calls',
    isOfAgent: true,
    read: (totals) => counted(totals.of('calls')),
  },
  minutes: {
    unit: 'minutes',
    words: 'Minutes of calls',
    isOfAgent: true,
    read: (totals) => counted(totals.all('line_ms') / MINUTE),
  },
  'booking-success': {
    unit: 'percent',
    words: 'Callers who asked for a time and booked one',
    isOfAgent: true,
    read: (totals) => share(totals.of('funnel', 'booked'), totals.of('funnel', 'asked')),
  },
  'unmet-wishes': {
    unit: 'percent',
    words: 'Wishes for which nothing was free',
    isOfAgent: true,
    read: (totals) => share(totals.all('unmet'), totals.all('wished')),
  },
  'failed-calls': {
    unit: 'percent',
    words: 'Calls that failed',
    isOfAgent: true,
    read: (totals) => share(totals.of('outcome', 'failed'), totals.of('calls')),
  },
  'answer-p95': {
    unit: 'milliseconds',
    words: 'Longest wait for an answer, of 95 in 100',
    isOfAgent: true,
    read: (totals) => waited(totals.keys('answer_ms'), totals.all('answer_ms')),
  },
  'tool-p95': {
    unit: 'milliseconds',
    words: 'Longest time of a tool, of 95 in 100',
    isOfAgent: true,
    read: (totals) => waited(totals.keys('tool_ms'), totals.all('tool_ms')),
  },
  'corrected-sentences': {
    unit: 'count',
    words: 'Sentences that were heard and taken back',
    isOfAgent: true,
    read: (totals) => counted(totals.of('truth', 'corrected')),
  },
  'unconfirmed-changes': {
    unit: 'count',
    words: 'Bookings and changes that are not confirmed',
    isOfAgent: true,
    read: (totals) => counted(totals.of('truth', 'unconfirmed')),
  },
  'calendar-news-failed': {
    unit: 'percent',
    words: 'News of calendars that could not be applied',
    isOfAgent: false,
    read: (totals) => share(endingWith(totals, 'delivery', 'failed'), totals.all('delivery')),
  },
  'calendar-mismatch': {
    unit: 'percent',
    words: 'Bookings that our calendars did not have as the provider did',
    isOfAgent: false,
    read: (totals) =>
      share(
        endingWith(totals, 'sync', 'missing') + endingWith(totals, 'sync', 'changed'),
        endingWith(totals, 'sync', 'seen'),
      ),
  },
  cost: {
    unit: 'dollars',
    words: 'Estimated cost of the models',
    isOfAgent: true,
    read: (totals) => counted(totals.all('cost') / BILLION),
  },
  'messages-in-time': {
    unit: 'percent',
    words: 'Messages answered within a day, urgent ones within two hours',
    isOfAgent: true,
    read: (totals) => share(totals.of('message', 'in_time'), totals.of('message', 'taken')),
  },
} satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

export const MEASURE_NAMES = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]];

export function isMeasure(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name);
}

/** Of what ends with a part behind a slash: of every calendar. */
export function endingWith(totals: Totals, name: 'delivery' | 'sync', part: string): number {
  let sum = 0;
  for (const [key, amount] of totals.keys(name)) if (key.endsWith(`/${part}`)) sum += amount;
  return sum;
}

/** A figure for people: "12 %", "1.4 s", "$ 3.20". */
export function writeMeasured(value: number, unit: MeasureUnit): string {
  switch (unit) {
    case 'percent':
      return `${round(value, 1)} %`;
    case 'milliseconds':
      return value < 1_000 ? `${round(value, 0)} ms` : `${round(value / 1_000, 1)} s`;
    case 'dollars':
      return `$${value.toFixed(2)}`;
    case 'minutes':
      return `${round(value, 0)} min`;
    case 'count':
      return String(round(value, 0));
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Nothing is a figure too: so few calls may be what somebody wants to know. */
function counted(value: number): Measured {
  return { value, cases: Math.max(1, value) };
}

/** In percent. */
function share(part: number, whole: number): Measured {
  return { value: whole === 0 ? null : (100 * part) / whole, cases: whole };
}

function waited(buckets: ReadonlyMap<string, number>, cases: number): Measured {
  return { value: percentile(buckets, 95), cases };
}
