import { CLOCK_RULES, HALF_RULES, HOUR_RULES, MOMENT_RULES } from './clock-rules.ts';
import { AMOUNT_RULES, COUNT_ITEM_RULES, COUNT_RULES, DURATION_RULES } from './count-rules.ts';
import { DATE_RANGE_RULES, DATE_RULES } from './date-rules.ts';
import { Grammar } from './grammar.ts';
import { HOLIDAY_RULES } from './holidays.ts';
import { days, type Item } from './items.ts';
import { WORD_SYMBOLS } from './lexicon.ts';
import { CLAUSE_RULES, LIFE_RULES, WHO_RULES } from './life-rules.ts';
import { BAD_RULES, GOOD_RULES, REFUSAL_RULES, VERY_RULES, WORKS_RULES } from './refusal-rules.ts';
import { rules, type Symbols } from './symbols.ts';
import {
  BARE_RULES,
  LIMIT_RULES,
  PART_ITEM_RULES,
  PART_RULES,
  POINT_RULES,
  TIME_RULES,
} from './time-rules.ts';
import { PERIOD_RULES, THIS_OR_NEXT_RULES, WEEK_RULES, WEEKDAY_RULES } from './week-rules.ts';
import { PLACE_RULES, TALK_RULES, WORD_RULES } from './word-rules.ts';
import { ZONE_RULES } from './zone-rules.ts';

/** Everything that is understood: the symbols, and how each is said. */
export const TIME_GRAMMAR = new Grammar<Symbols>({
  ...WORD_SYMBOLS,
  half: HALF_RULES,
  hour: HOUR_RULES,
  clock: CLOCK_RULES,
  moment: MOMENT_RULES,
  bare: BARE_RULES,
  point: POINT_RULES,
  part: PART_RULES,
  eod: rules({
    'end of the? business|working|work? day|play / close_of_business|close_of_play|cob|eod|last_thing':
      () => 'end of the day',
  }),
  figures: rules({
    '{n} -? {figures}? / {written} -? {figures}? / {year} -? {figures}?': () => 'figures',
  }),
  place: rules({
    '{nth}': ({ get }) => (get('nth') < 6 ? get('nth') : null),
    last: () => -1,
    'second|2nd|next to? last / last_but_one|last_but_1 / penultimate': () => -2,
  }),
  amount: AMOUNT_RULES,
  duration: DURATION_RULES,
  period: PERIOD_RULES,
  holiday: HOLIDAY_RULES,
  day: [...DATE_RULES, ...WEEKDAY_RULES, ...WEEK_RULES, ...COUNT_RULES],
  // At most three, so that a long list costs no more than its length.
  group: rules({
    '{day} / {day} ,|of? {day} / {day} ,|of? {day} ,|of? {day}': (match) => match.all('day'),
  }),
  who: WHO_RULES,
  very: VERY_RULES,
  works: WORKS_RULES,
  good: GOOD_RULES,
  bad: BAD_RULES,
  item: [
    ...PLACE_RULES,
    ...rules<readonly Item[]>({ '{day}': ({ get }) => [days(get('day'))] }),
    ...DATE_RANGE_RULES,
    ...THIS_OR_NEXT_RULES,
    ...COUNT_ITEM_RULES,
    ...LIMIT_RULES,
    ...TIME_RULES,
    ...PART_ITEM_RULES,
    ...ZONE_RULES,
    ...REFUSAL_RULES,
    ...CLAUSE_RULES,
    ...LIFE_RULES,
    ...TALK_RULES,
    ...WORD_RULES,
  ],
});
