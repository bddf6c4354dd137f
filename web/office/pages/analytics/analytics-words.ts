import type { AnswerOf } from '../../api/route-types.ts';
import { LINE_WORDS, OUTCOME_WORDS } from '../../components/call-words.ts';

export type Analytics = AnswerOf<'getAnalytics'>;

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const PARTS = [
  { part: 'morning', words: 'Morning' },
  { part: 'afternoon', words: 'Afternoon' },
  { part: 'evening', words: 'Evening' },
  { part: 'any', words: 'Any time' },
] as const;

export const OUTCOMES: Record<string, string> = { ...OUTCOME_WORDS, open: 'Still going on' };

export const LINES: Record<string, string> = LINE_WORDS;

/** "1,234". */
export function writeCount(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** "62 %"; a dash of nothing. */
export function writePercent(percent: number | null): string {
  return percent === null ? '–' : `${Math.round(percent)} %`;
}

/** Of a whole; a dash where there is none. */
export function writeShare(part: number, whole: number): string {
  return writePercent(whole === 0 ? null : (100 * part) / whole);
}

/** "Nov 24", or the month of it. A day is no instant: it is written as it stands. */
export function writeStart(start: string, unit: Analytics['unit']): string {
  return new Date(`${start}T00:00:00Z`).toLocaleDateString('en', {
    timeZone: 'UTC',
    month: 'short',
    ...(unit === 'month' ? { year: 'numeric' } : { day: 'numeric' }),
  });
}
