import { rule, type ScanRule } from './scan-rule.ts';
import type { Item, WeekdayChoice } from './items.ts';

export const WEEKDAY =
  '(?:mondays?|mon|tuesdays?|tues?|wednesdays?|weds?|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat|sundays?|sun)';

const PREFIXES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** 1 for Monday to 7 for Sunday. */
export function weekdayNumber(word: string): number {
  return PREFIXES.indexOf(word.slice(0, 2)) + 1;
}

function weekday(word: string | undefined, which: WeekdayChoice, weeks = 0): Item[] {
  return [
    { type: 'day', atom: { sort: 'weekday', weekday: weekdayNumber(word ?? ''), which, weeks } },
  ];
}

function choice(word: string | undefined): WeekdayChoice {
  if (word === undefined) return 'plain';
  if (/last|past|previous/.test(word)) return 'past';
  if (/next/.test(word)) return 'next';
  return word === 'this' ? 'this' : 'plain';
}

/** Days that are called after a weekday and are no such plain weekday. */
const NAMED_DAYS =
  'good friday|ash wednesday|palm sunday|fat tuesday|shrove tuesday|black friday|cyber monday|giving tuesday|super ?bowl sunday|(?:bank holiday|easter) monday|easter sunday';

export const WEEKDAY_RULES: readonly ScanRule[] = [
  // "Sounds good friday then" is no Good Friday.
  rule(`(?<!\\b(?:sounds?|is|be|looks?|very|for|works|all) )(?:${NAMED_DAYS})`, (match) => [
    { type: 'odd', word: match[0] },
  ]),
  rule(`\\d{1,2} ${WEEKDAY} (?:from now|from today|ahead|away)`, (match) => [
    { type: 'odd', word: match[0] },
  ]),
  rule(`(?:the )?(${WEEKDAY}) after next`, (match) => weekday(match[1], 'next', 1)),
  rule(
    `(?:the )?(?:following (${WEEKDAY})|(${WEEKDAY}) after(?: that)?(?= ?,|$| at| in| morning| afternoon| or))`,
    (match, { previous }) => {
      const number = weekdayNumber(match[1] ?? match[2] ?? '');
      if (previous === null)
        return weekday(match[1] ?? match[2], match[1] === undefined ? 'plain' : 'next');
      const ahead = (number - previous.day.weekday + 7) % 7 || 7;
      const day = previous.day.plus({ days: ahead });
      return [{ type: 'day', atom: { sort: 'span', span: { first: day, last: day } } }];
    },
  ),
  rule(
    `(?:(this past|past|last|previous|this coming|the coming|coming|upcoming|the next|next|this) )?(${WEEKDAY})(?: (week)(?! after| of))?`,
    (match) => weekday(match[2], choice(match[1]), match[3] === undefined ? 0 : 1),
  ),
  rule('(?:(?:on|any|some) )*(?:a )?(?:weekdays?|work(?:ing)? ?days?|business days?)', () => [
    { type: 'day', atom: { sort: 'workdays' } },
  ]),
  rule('(?:(?:on|any|some|the) )*weekends', () => [
    { type: 'day', atom: { sort: 'workdays', weekend: true } },
  ]),
];
