import { MONTH_PATTERN, monthNumber } from './explicit-dates.ts';
import {
  monthNamed,
  monthOf,
  nthWeekday,
  oneDay,
  portionOf,
  weekendOf,
  weekOf,
} from './day-spans.ts';
import { ANCHOR, rule, spanItem, type ScanRule } from './scan-rule.ts';
import { WEEKDAY, weekdayNumber } from './scan-weekdays.ts';
import type { DaySpan, Item, Reading } from './items.ts';

const WHICH = 'this|next|the following|the coming|coming|upcoming|last|past|previous|the|current';
const PERIOD = `(?:(?:in|of|for) )*(?:(${WHICH}) )?(week|month|year|${MONTH_PATTERN})(?: (20\\d\\d))?`;

/** "next week", "the month", "december 2027" as days; null for what is not said so. */
function period(
  which: string | undefined,
  word: string,
  year: string | undefined,
  reading: Reading,
): DaySpan {
  const { today, previous } = reading;
  const ahead = /^(?:next|the following)$/.test(which ?? '')
    ? 1
    : /last|past|prev/.test(which ?? '')
      ? -1
      : 0;
  const from = which === 'the following' && previous !== null ? previous.day : today;
  if (word === 'week') return weekOf(from, ahead);
  if (word === 'month') return monthOf(from, ahead);
  if (word === 'year') {
    const first = today.startOf('year').plus({ years: ahead });
    return { first, last: first.plus({ years: 1 }).minus({ days: 1 }) };
  }
  return monthNamed(monthNumber(word), year === undefined ? null : Number(year), today);
}

function periodWords(
  which: string | undefined,
  word: string,
  span: DaySpan,
  reading: Reading,
): string | undefined {
  if (word === 'week' || word === 'month' || word === 'year') {
    if (which === 'the following' && reading.previous !== null) return undefined;
    const name = word === 'month' ? `, ${span.first.toFormat('LLLL')}` : '';
    if (which === 'next' || which === 'the following') return `next ${word}${name}`;
    return /last|past|prev/.test(which ?? '') ? undefined : `this ${word}${name}`;
  }
  return span.first.toFormat(span.first.year === reading.today.year ? 'LLLL' : 'LLLL yyyy');
}

const PORTIONS: readonly (readonly [RegExp, 'start' | 'middle' | 'end', string])[] = [
  [/^(?:beginning|start|early|first half)/, 'start', 'early'],
  [/^(?:middle|mid|midway)/, 'middle', 'in the middle of'],
  [/^(?:end|late|tail end)/, 'end', 'at the end of'],
];

function readPortion(match: RegExpExecArray, reading: Reading): Item[] | null {
  const portion = PORTIONS.find(([pattern]) => pattern.test(match[1] ?? ''));
  const word = match[3];
  if (portion === undefined || word === undefined || word === 'year') return null;
  let whole = period(match[2], word, match[4], reading);
  const unit = word === 'week' ? 'week' : 'month';
  let part = portionOf(whole, portion[1], unit);
  // "The end of the week", said on a Saturday, is not over but was not meant for this week.
  if (part.last < reading.today && /^(?:the)?$/.test(match[2] ?? '')) {
    whole =
      unit === 'week' ? weekOf(reading.today, 1) : monthOf(whole.first, word === 'month' ? 1 : 12);
    part = portionOf(whole, portion[1], unit);
  }
  return [spanItem(part)];
}

const NTH = '1st|2nd|3rd|4th|5th|last|second last|second to last';

/** "the last friday of the month", "the first week of december", "the last day of next month". */
function readNth(match: RegExpExecArray, reading: Reading): Item[] | null {
  const nth =
    match[1] === 'last'
      ? -1
      : /last/.test(match[1] ?? '')
        ? -2
        : Number.parseInt(match[1] ?? '', 10);
  const word = match[4];
  const named = match[2];
  if (word === undefined || named === undefined || Number.isNaN(nth)) return null;
  const whole = period(match[3], word, match[5], reading);
  let found = nthOf(whole, named, nth);
  // "Of the month" means the next month once this month's has passed; "of this month" does not.
  if (
    found !== null &&
    found.last < reading.today &&
    /^(?:the)?$/.test(match[3] ?? '') &&
    match[5] === undefined
  ) {
    found = nthOf(
      word === 'month'
        ? monthOf(whole.first, 1)
        : { first: whole.first.plus({ years: 1 }), last: whole.last.plus({ years: 1 }) },
      named,
      nth,
    );
  }
  return found === null ? [{ type: 'odd', word: match[0] }] : [spanItem(found)];
}

function nthOf(whole: DaySpan, named: string, nth: number): DaySpan | null {
  const size = Math.round(whole.last.diff(whole.first, 'days').days) + 1;
  if (named === 'day') {
    return oneDay(
      nth < 0 ? whole.last.plus({ days: nth + 1 }) : whole.first.plus({ days: nth - 1 }),
    );
  }
  if (named === 'week') {
    const first =
      nth < 0 ? whole.last.minus({ days: 6 }) : whole.first.plus({ days: (nth - 1) * 7 });
    return size < 28 || first > whole.last ? null : { first, last: first.plus({ days: 6 }) };
  }
  if (named === 'weekend') {
    const saturday = nthWeekday(whole, 6, nth);
    return saturday === null ? null : { first: saturday, last: saturday.plus({ days: 1 }) };
  }
  const day = nthWeekday(whole, weekdayNumber(named), nth);
  return day === null ? null : oneDay(day);
}

/** "this week", "the weekend after next", "early december": days named by a week or a month. */
export const WEEK_RULES: readonly ScanRule[] = [
  rule(`(?:the )?(${NTH}) (day|week|weekend|${WEEKDAY}) (?:(?:in|of|for|from) )${PERIOD}`, readNth),
  rule(
    `(?:the )?(beginning|start|early part|early|first half|middle|midway|mid|end|late|tail end)(?: part)? ${PERIOD}`,
    readPortion,
  ),
  rule(
    '(?:the )?(?:rest|remainder) of (?:the |this )?(week|month|day)|(?:(?:anything|something|any ?time|sometime) )?later (?:this |in the )(week|month)',
    (match, { today: now, previous }) => {
      // "Later in the week", of the day talked about.
      const leans = match[2] !== undefined && /in the/.test(match[0]) && previous !== null;
      const today = leans ? previous.day : now;
      const unit = match[1] ?? match[2];
      if (unit === 'day') return [spanItem(oneDay(today))];
      const last = unit === 'week' ? weekOf(today, 0).last : monthOf(today, 0).last;
      const tomorrow = today.plus({ days: 1 });
      const first = match[2] !== undefined && tomorrow <= last ? tomorrow : today;
      return [
        spanItem(
          { first, last },
          match[2] === undefined
            ? `the rest of the ${unit}`
            : leans
              ? undefined
              : `later this ${unit}`,
        ),
      ];
    },
  ),
  rule('(?:the )?(week|weekend|month) after next', (match, { today }) => [
    match[1] === 'week'
      ? spanItem(weekOf(today, 2), 'the week after next')
      : match[1] === 'month'
        ? spanItem(monthOf(today, 2))
        : spanItem(weekendOf(today, 2)),
  ]),
  rule(
    `(?:the )?(week|weekend|month) after(?: that| this)?(?! (?:${ANCHOR}))`,
    (match, { today, previous }) => {
      const base = previous?.day ?? today;
      // After which week, with none talked about?
      if (previous === null && !/ th(?:at|is)$/.test(match[0]))
        return [{ type: 'odd', word: match[0] }];
      if (match[1] === 'week') return [spanItem(weekOf(base, 1))];
      return [spanItem(match[1] === 'month' ? monthOf(base, 1) : weekendOf(base, 1))];
    },
  ),
  rule(
    '(?:(this|next|the coming|coming|upcoming|the following|last|past|the|on the|over the|a|on) )*weekend',
    (match, { today }) => {
      const ahead = /next|following/.test(match[1] ?? '')
        ? 1
        : /last|past/.test(match[1] ?? '')
          ? -1
          : 0;
      const span = weekendOf(today, ahead);
      return [
        spanItem(span, ahead === 1 ? 'next weekend' : ahead === 0 ? 'the weekend' : undefined),
      ];
    },
  ),
  rule(`(?:(${WHICH}) )(week|month|year)`, (match, reading) => {
    const span = period(match[1], match[2] ?? '', undefined, reading);
    return [spanItem(span, periodWords(match[1], match[2] ?? '', span, reading))];
  }),
  rule(
    `(?:(?:in|during|for) )?(?:(this|next|last|past|the month of) )?(${MONTH_PATTERN})(?: (20\\d\\d))?`,
    (match, reading) => {
      // "Next november" within November: this one or the one after? Past ones cannot be had.
      const running = monthNumber(match[2] ?? '') === reading.today.month;
      if (/^(?:last|past)$/.test(match[1] ?? '') || (match[1] === 'next' && running))
        return [{ type: 'odd', word: match[0] }];
      const span = period(undefined, match[2] ?? '', match[3], reading);
      return [spanItem(span, periodWords(undefined, match[2] ?? '', span, reading))];
    },
  ),
  rule('in (20\\d\\d)', (match, { today }) => {
    const first = today.set({ year: Number(match[1]), month: 1, day: 1 });
    return [spanItem({ first, last: first.set({ month: 12, day: 31 }) }, match[1])];
  }),
];
