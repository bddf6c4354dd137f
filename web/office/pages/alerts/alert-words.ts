import type { AnswerOf, BodyOf, ItemOf } from '../../api/route-types.ts';
import { writeDollars } from '../../components/call-words.ts';

export type Alert = ItemOf<'listAlerts'>;
export type AlertSettings = AnswerOf<'getAlert'>;
export type NewAlert = BodyOf<'createAlert'>;
type MeasureName = NewAlert['measure'];

type Unit = 'percent' | 'milliseconds' | 'dollars' | 'minutes' | 'count';

interface MeasureWords {
  words: string;
  unit: Unit;
  /** What is worse; proposed to who makes an alert. */
  direction: 'above' | 'below';
  threshold: number;
  clearsAt: number;
  /** False: it is no agent's. */
  isOfAgent?: false;
}

/** What can be watched, with a threshold to begin with. */
export const MEASURES: Record<MeasureName, MeasureWords> = {
  'booking-success': {
    words: 'Booking success',
    unit: 'percent',
    direction: 'below',
    threshold: 50,
    clearsAt: 60,
  },
  'unmet-wishes': {
    words: 'Wishes for which nothing was free',
    unit: 'percent',
    direction: 'above',
    threshold: 30,
    clearsAt: 20,
  },
  'failed-calls': {
    words: 'Calls that failed',
    unit: 'percent',
    direction: 'above',
    threshold: 5,
    clearsAt: 2,
  },
  'answer-p95': {
    words: 'Wait for an answer (95 in 100)',
    unit: 'milliseconds',
    direction: 'above',
    threshold: 2_500,
    clearsAt: 2_000,
  },
  'tool-p95': {
    words: 'Time of a tool (95 in 100)',
    unit: 'milliseconds',
    direction: 'above',
    threshold: 4_000,
    clearsAt: 3_000,
  },
  'corrected-sentences': {
    words: 'False sentences heard and taken back',
    unit: 'count',
    direction: 'above',
    threshold: 3,
    clearsAt: 1,
  },
  'unconfirmed-changes': {
    words: 'Changes that are not confirmed',
    unit: 'count',
    direction: 'above',
    threshold: 0,
    clearsAt: 0,
  },
  'calendar-news-failed': {
    words: 'News of calendars that failed',
    unit: 'percent',
    direction: 'above',
    threshold: 5,
    clearsAt: 1,
    isOfAgent: false,
  },
  'calendar-mismatch': {
    words: 'Bookings that our calendars had missed',
    unit: 'percent',
    direction: 'above',
    threshold: 5,
    clearsAt: 1,
    isOfAgent: false,
  },
  'messages-in-time': {
    words: 'Messages answered in time',
    unit: 'percent',
    direction: 'below',
    threshold: 80,
    clearsAt: 90,
  },
  calls: { words: 'Calls', unit: 'count', direction: 'below', threshold: 1, clearsAt: 1 },
  minutes: {
    words: 'Minutes of calls',
    unit: 'minutes',
    direction: 'above',
    threshold: 600,
    clearsAt: 500,
  },
  cost: {
    words: 'Estimated cost',
    unit: 'dollars',
    direction: 'above',
    threshold: 50,
    clearsAt: 40,
  },
};

export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

export const WINDOWS = [
  { value: '1', label: 'the last hour' },
  { value: '6', label: 'the last 6 hours' },
  { value: '24', label: 'the last day' },
  { value: '168', label: 'the last 7 days' },
  { value: '720', label: 'the last 30 days' },
];

export function isMeasure(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name);
}

/** What stands behind the number in a field. */
export const UNIT_WORDS: Record<Unit, string> = {
  percent: ' %',
  milliseconds: ' ms',
  dollars: ' US dollars',
  minutes: ' minutes',
  count: '',
};

/** A figure as people read it. */
export function writeValue(measure: string, value: number): string {
  const unit = isMeasure(measure) ? MEASURES[measure].unit : 'count';
  switch (unit) {
    case 'percent':
      return `${value.toLocaleString('en', { maximumFractionDigits: 1 })} %`;
    case 'milliseconds':
      return `${(value / 1_000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
    case 'dollars':
      return writeDollars(value);
    case 'minutes':
      return `${value.toLocaleString('en', { maximumFractionDigits: 0 })} min`;
    case 'count':
      return value.toLocaleString('en', { maximumFractionDigits: 0 });
  }
}

/** "Wait for an answer above 2.5 s over the last day". */
export function describeAlert({
  measure,
  direction,
  threshold,
  windowHours,
}: AlertSettings): string {
  const what = isMeasure(measure) ? MEASURES[measure].words : measure;
  const window =
    WINDOWS.find(({ value }) => value === String(windowHours))?.label ??
    `the last ${windowHours} hours`;
  return `${what} ${direction} ${writeValue(measure, threshold)} over ${window}`;
}
