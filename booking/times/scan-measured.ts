import { oneDay, weekOf } from './day-spans.ts';
import { count, spanItem } from './scan-rule.ts';
import { WEEKDAY, weekdayNumber } from './scan-weekdays.ts';
import { settleDay } from './settle-days.ts';
import type { DaySpan, Item, Reading } from './items.ts';

/** Items that begin at a position, and the position after them. */
export interface Scanned {
  items: Item[];
  end: number;
}

/** "a week from", "the week of", "the day after": measured from the day that follows. */
const MEASURE =
  /(?:(\d{1,3}) (days?|weeks?|months?) (from|after|before|on) (?:the )?|(?:the )?(week|day) (of|after|before) (?:the )?)/y;

/** "the tuesday before christmas": the nearest to the day that follows. */
const NEAREST = new RegExp(
  `(?:the )?(?:1st |last |next )?(${WEEKDAY}) (before|after) (?:the )?`,
  'y',
);

/** What is longer has no side that a weekday is "before" or "after": "before the end of may". */
const LONGEST_ANCHOR_DAYS = 7;

/** A day that is told by its distance from another one. */
export function scanMeasured(
  text: string,
  position: number,
  { today }: Reading,
  dayAt: (position: number) => Scanned | null,
): Scanned | null {
  return (
    scanFrom(NEAREST, nearest, text, position, today, dayAt) ??
    scanFrom(MEASURE, measured, text, position, today, dayAt)
  );
}

function scanFrom(
  pattern: RegExp,
  read: (match: RegExpExecArray, span: DaySpan) => DaySpan | null,
  text: string,
  position: number,
  today: Reading['today'],
  dayAt: (position: number) => Scanned | null,
): Scanned | null {
  pattern.lastIndex = position;
  const match = pattern.exec(text);
  const day = match === null ? null : dayAt(position + match[0].length);
  const atom = day?.items.find((item) => item.type === 'day')?.atom;
  if (match === null || day === null || atom === undefined) return null;
  const span = read(match, settleDay(atom, today));
  const rest = day.items.filter((item) => item.type !== 'day');
  return span === null ? null : { items: [spanItem(span), ...rest], end: day.end };
}

function nearest(match: RegExpExecArray, span: DaySpan): DaySpan | null {
  if (span.last.diff(span.first, 'days').days >= LONGEST_ANCHOR_DAYS) return null;
  const weekday = weekdayNumber(match[1] ?? '');
  return oneDay(
    match[2] === 'after'
      ? span.last.plus({ days: (weekday - span.last.weekday + 7) % 7 || 7 })
      : span.first.minus({ days: (span.first.weekday - weekday + 7) % 7 || 7 }),
  );
}

function measured(measure: RegExpExecArray, span: DaySpan): DaySpan {
  const [, amount, unit = 'days', direction, named, side] = measure;
  if (named === 'week') return weekOf(span.first, side === 'of' ? 0 : side === 'after' ? 1 : -1);
  const backwards = (direction ?? side) === 'before';
  const from = backwards ? span.first : span.last;
  const steps = count(amount) * (backwards ? -1 : 1);
  if (named === 'day' || unit.startsWith('day')) return oneDay(from.plus({ days: steps }));
  return oneDay(
    unit.startsWith('week') ? from.plus({ weeks: steps }) : from.plus({ months: steps }),
  );
}
