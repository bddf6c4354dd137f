import { ordinalWords } from '../number-words.ts';
import { alternatives } from './rules.ts';
import type { Rules } from './rules.ts';

const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, index) => ordinalWords(index + 1));

/** How callers say days and times of day: wide, because this is what the calls are about. */
export const dayRules: Rules = {
  weekday: 'monday | tuesday | wednesday | thursday | friday | /0.5/ saturday | /0.5/ sunday',
  month:
    'january | february | march | april | may | june | july | august | september | october | november | december',
  day_of_month: alternatives(DAYS_OF_MONTH),
  hour: 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve',
  minute:
    '/10/ thirty | /5/ fifteen | /5/ forty five | /1/ oh five | /1/ ten | /1/ twenty | /1/ twenty five | /1/ thirty five | /1/ forty | /1/ fifty | /1/ fifty five',
  half_of_day: 'a m | p m',
  clock:
    "/6/ <hour> [<half_of_day>] | /6/ <hour> <minute> [<half_of_day>] | /2/ <hour> o'clock | /2/ half past <hour> | /1/ quarter past <hour> | /1/ quarter to <hour> | /1/ noon | /0.5/ midday",
  part_of_day: '/4/ morning | /4/ afternoon | /1/ evening',
  time_of_day:
    '/9/ [in the] <part_of_day> | /8/ (at | after | before | around | from) <clock> [<until>] | /1/ (early | late) [in the] <part_of_day> | /3/ (after | before) lunch | /1/ at lunchtime | /1/ after work | /1/ first thing in the morning',
  until: '(and | to | until) <clock>',
  small_number: 'a | one | two | three | four | five | six',
  from_now: '/3/ in <small_number> (week | weeks) | /1/ in <small_number> (day | days)',
  relative_day:
    '/4/ today | /6/ tomorrow | /1/ yesterday | /1/ tonight | /2/ the day after tomorrow | /3/ next week | /1/ this week | /1/ the week after next | /1/ next month | /1/ (this | next) weekend | /2/ <from_now> | /2/ (a week | two weeks) from (today | tomorrow | <weekday>) | /1/ (later | early | late | the end of) (this | next) week | /0.5/ last week',
  ordinal_weekday:
    'the (first | second | third | fourth | last) <weekday> (of | in) (<month> | next month)',
  // <when> is expanded into every place that refers to it, and a grammar's set-up time grows with
  // the square of its size: refer to it once a grammar.
  weekday_first:
    '[next | this | this coming | last] <weekday> (/8/ <NULL> | /4/ <rest_of_date> | /1/ after next | /1/ [in] next week | /1/ in <small_number> weeks | /1/ or <weekday>)',
  rest_of_date: '[the] <day_of_month> [of <month>] | <month> [the] <day_of_month>',
  date: '/4/ <month> [the] <day_of_month> | /2/ the <day_of_month> [of <month>]',
  day: '/12/ <weekday_first> | /4/ <date> | /6/ <relative_day> | /1/ <ordinal_weekday> | /0.5/ in [early | late] <month> | /0.5/ any <weekday>',
  when: '/16/ [on] <day> [<time_of_day>] | /4/ <time_of_day> | /2/ <clock> | /2/ (at <clock> | [in the] <part_of_day> | <clock>) on (<weekday> | <date>) | /1/ any (<part_of_day>)',
};
