import { explicitDateAt } from './explicit-dates.ts';
import { monthOf, weekOf } from './day-spans.ts';
import { calendarDay, type CalendarDay } from './local-instants.ts';
import { count, dayItem, rule, spanItem, type ScanRule } from './scan-rule.ts';
import type { DaySpan, Item, Reading } from './items.ts';

const NUMBER = '(\\d{1,3}|few)';

function shift(day: CalendarDay, amount: number, unit: string): CalendarDay {
  if (unit.startsWith('day')) return day.plus({ days: amount });
  if (unit.startsWith('week')) return day.plus({ weeks: amount });
  return unit.startsWith('month') ? day.plus({ months: amount }) : day.plus({ years: amount });
}

/** "in two weeks" is that one day; "in a few weeks" is a stretch, since nobody counted. */
function ahead(
  amount: string | undefined,
  upTo: string | undefined,
  unit: string,
  today: CalendarDay,
): DaySpan {
  const first = shift(today, amount === 'few' ? 2 : count(amount), unit);
  if (amount === 'few') return { first, last: shift(today, 5, unit) };
  if (upTo !== undefined) return { first, last: shift(today, Number(upTo), unit) };
  return unit.startsWith('day') ? { first, last: first } : { first, last: first, weekOf: true };
}

/** "the next two weeks" are fourteen days with today; "the next two days" end with the second. */
function fromToday(amount: string | undefined, unit: string, today: CalendarDay): DaySpan {
  const last = shift(today, amount === 'few' ? 5 : count(amount), unit);
  return { first: today, last: unit.startsWith('week') ? last.minus({ days: 1 }) : last };
}

/** Days counted from today or from the appointment talked about last. */
const RELATIVE_RULES: readonly ScanRule[] = [
  rule('(?:on )?(?:any other|another|a different|some other) (?:day|date)', (_, { previous }) =>
    previous === null ? [{ type: 'any time' }] : [{ type: 'not' }, dayItem(previous.day)],
  ),
  rule('(?:the )?day after tomorrow', (_, { today }) => [dayItem(today.plus({ days: 2 }))]),
  rule('(?:the )?day before yesterday', (_, { today }) => [dayItem(today.minus({ days: 2 }))]),
  rule('(?:later )?today', (_, { today }) => [dayItem(today)]),
  rule('tomorrows?|tmrw|tomorow|tommorow|tommorrow', (_, { today }) => [
    dayItem(today.plus({ days: 1 })),
  ]),
  rule('yesterday', (_, { today }) => [dayItem(today.minus({ days: 1 }))]),
  rule('tonight', (_, { today }) => [
    dayItem(today),
    { type: 'time', time: { sort: 'part', part: 'night' } },
  ]),
  rule('last night', (_, { today }) => [dayItem(today.minus({ days: 1 }))]),
  rule(
    'this(?= (?:early |late )?(?:morning|afternoon|evening))|now|right now|right away|immediately',
    (match, { today }) => [
      dayItem(today),
      ...(match[0].startsWith('this') ? [] : [{ type: 'soonest' } as const]),
    ],
  ),
  rule('(?:the )?day before(?: that)?(?! \\w)', (_, { previous }) =>
    previous === null ? null : [dayItem(previous.day.minus({ days: 1 }))],
  ),
  rule(
    '(?:the )?(?:day after(?: that)?(?! (?:(?:the|my|a|an)\\b|thanksgiving|christmas|new|\\w+day|\\d))|next day|following day)',
    (_, { previous }) => (previous === null ? null : [dayItem(previous.day.plus({ days: 1 }))]),
  ),
  rule('(?:the )?(?:next|following)(?= (?:morning|afternoon|evening)\\b)', (_, { previous }) =>
    previous === null ? null : [dayItem(previous.day.plus({ days: 1 }))],
  ),
  // "Next week" is a week after the appointment at the least, as for "same time next week".
  rule(
    '(?:on |the )*same day (?:of )?(?:next week|(?:the )?(?:week after|following week))',
    (_, { previous, today }) => {
      if (previous === null) return null;
      const next = weekOf(today, 1).first.plus({ days: previous.day.weekday - 1 });
      return [dayItem(next > previous.day ? next : previous.day.plus({ days: 7 }))];
    },
  ),
  rule('(?:on |the )*(?:same|that|very same) day', (_, { previous }) =>
    previous === null ? null : [dayItem(previous.day)],
  ),
  rule(`${NUMBER} (days?|weeks?|months?|years?) ago`, (match, { today }) => [
    dayItem(shift(today, -count(match[1]), match[2] ?? '')),
  ]),
  rule(`${NUMBER} (days?|weeks?|months?) (later|earlier|sooner)`, (match, { previous }) => {
    if (previous === null) return null;
    const amount = count(match[1]) * (match[3] === 'later' ? 1 : -1);
    return [
      dayItem(shift(previous.day, amount, match[2] ?? '')),
      { type: 'time', time: { sort: 'same', minutes: 0, implied: true } },
    ];
  }),
  rule(
    `(?:(?:within|in|over|during|sometime in|for) )*(?:the )?(?:next|coming|following) (?:${NUMBER} )?(days?|weeks?|months?)(?: or so)?`,
    (match, { today }) => {
      const unit = match[2] ?? '';
      if (
        match[1] === undefined &&
        !/^(?:within|in|over|during|sometime) the next|^(?:within|over) /.test(match[0])
      )
        return null;
      return [spanItem(fromToday(match[1], unit, today))];
    },
  ),
  rule(`within (?:${NUMBER} )(days?|weeks?|months?)`, (match, { today }) => [
    spanItem(fromToday(match[1], match[2] ?? '', today)),
  ]),
  rule(
    `in (?:about )?${NUMBER}(?: (?:or|to|-) (\\d{1,2}))? (days?|weeks?|months?|years?)(?: time| from now)?(?! \\d)`,
    (match, { today }) => [spanItem(ahead(match[1], match[2], match[3] ?? '', today))],
  ),
  rule(
    `(?<!\\b(?:more|less) than )${NUMBER}(?: (?:or|to|-) (\\d{1,2}))? (days?|weeks?|months?|years?) (?:from|after) (?:now|today)`,
    (match, { today }) => {
      const { first, last } = ahead(match[1], match[2], match[3] ?? '', today);
      return [spanItem({ first, last })];
    },
  ),
  rule(`(?:more|less) than ${NUMBER} (?:days?|weeks?|months?|years?)`, (match) => [
    { type: 'odd', word: match[0] },
  ]),
  rule('(?:in|over|within) (?:the )?(?:coming|next) days', (_, { today }) => [
    spanItem({ first: today, last: today.plus({ days: 5 }) }),
  ]),
  rule(
    '(?:on )?(?:any ?day|every day|all days)(?! but)(?: in the next 2 weeks)?|whenever|i ?am flexible|im flexible',
    () => [{ type: 'any time' }],
  ),
];

type Holiday = (year: number) => CalendarDay;
const HOLIDAYS: readonly (readonly [string, Holiday])[] = [
  ['christmas eve', (year) => calendarDay(year, 12, 24)],
  ['(?:christmas|xmas)(?: day)?', (year) => calendarDay(year, 12, 25)],
  ['boxing day', (year) => calendarDay(year, 12, 26)],
  ['new years eve', (year) => calendarDay(year, 12, 31)],
  ['new years?(?: day)?', (year) => calendarDay(year, 1, 1)],
  ['halloween', (year) => calendarDay(year, 10, 31)],
  ['valentines(?: day)?', (year) => calendarDay(year, 2, 14)],
  ['independence day', (year) => calendarDay(year, 7, 4)],
  [
    'thanksgiving(?: day)?',
    (year) => calendarDay(year, 11, 1 + ((4 - calendarDay(year, 11, 1).weekday + 7) % 7) + 21),
  ],
];

const HOLIDAY_RULES: readonly ScanRule[] = HOLIDAYS.flatMap(([source, on]) => {
  const next = ({ today }: Reading): CalendarDay => {
    const day = on(today.year);
    return day < today ? on(today.year + 1) : day;
  };
  return [
    rule(`(?:the )?day (after|before) ${source}`, (match, reading) => [
      dayItem(next(reading).plus({ days: match[1] === 'after' ? 1 : -1 })),
    ]),
    rule(`(?:the )?week (of|before|after) ${source}`, (match, reading) => [
      spanItem(weekOf(next(reading), match[1] === 'of' ? 0 : match[1] === 'after' ? 1 : -1)),
    ]),
    rule(source, (_, reading) => [dayItem(next(reading))]),
  ];
});

const MONTHDAY_RULES: readonly ScanRule[] = [
  rule('(\\d{1,2})(?:st|nd|rd|th) (?:of|in) (this|next) month', (match, { today }) => {
    const { first } = monthOf(today, match[2] === 'next' ? 1 : 0);
    return [
      {
        type: 'day',
        atom: { sort: 'date', day: Number(match[1]), month: first.month, year: first.year },
      },
    ];
  }),
  rule(
    '(\\d{1,2})(?:st|nd|rd|th)(?: of the month)?(?! (?:one|option|slot|choice|time|appointment|opening|week|weekend|half|thing|available|free|open|possible|of (?:them|those|these)))',
    (match) => [{ type: 'day', atom: { sort: 'monthday', day: Number(match[1]) } }],
  ),
  rule('(?:on )?the (\\d{1,2})(?= ?,| at| in the|$)', (match) =>
    Number(match[1]) > 12
      ? [{ type: 'day', atom: { sort: 'monthday', day: Number(match[1]) } }]
      : null,
  ),
];

export const DAY_RULES: readonly ScanRule[] = [
  ...HOLIDAY_RULES,
  ...RELATIVE_RULES,
  ...MONTHDAY_RULES,
];

/** An explicit date at this position, read by chrono. */
export function scanExplicitDate(
  text: string,
  position: number,
): { items: Item[]; end: number } | null {
  const date = explicitDateAt(text, position);
  if (date === null) return null;
  const { month, day, year, end } = date;
  const items: Item[] = [{ type: 'day', atom: { sort: 'date', month, day, year } }];
  // "november 24 - 26" and "november 24 to 26": the second number is a day of the same month.
  const rest =
    /^ (?:-|to|through|until|till|and|or) (\d{1,2})(?:st|nd|rd|th)?(?![\d:/a-z]| ?(?:am|pm|oclock))/.exec(
      text.slice(end),
    );
  const until = Number(rest?.[1] ?? 0);
  if (rest !== null && until > day && until <= 31 && (until > 12 || /th|st|nd|rd/.test(rest[0]))) {
    const join: Item = / or /.test(rest[0])
      ? { type: 'or' }
      : / and /.test(rest[0])
        ? { type: 'and' }
        : { type: 'to' };
    items.push(join, { type: 'day', atom: { sort: 'date', month, day: until, year } });
    return { items, end: end + rest[0].length };
  }
  return { items, end };
}
