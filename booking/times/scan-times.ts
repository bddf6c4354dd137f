import { REFUSAL_RULES } from './scan-refusals.ts';
import { count, rule, type ScanRule } from './scan-rule.ts';
import { ZONE_RULES } from './scan-zones.ts';
import type { Clock, DayPart, Item } from './items.ts';

const PARTS: readonly (readonly [string, DayPart])[] = [
  ['(?:the )?1st thing(?: in the morning)?', 'first thing'],
  [
    '(?:(?:at|by|towards?|near|around) )?(?:the )?(?:end of (?:the )?(?:business |working |work )?day|close of business|cob|eod|last thing)',
    'end of the day',
  ],
  [
    '(?:(?:right|straight|just|any ?time|sometime) )?after (?:lunch(?: ?time)?|midday)',
    'after lunch',
  ],
  ['(?:(?:right|just|any ?time|sometime) )?before (?:lunch(?: ?time)?|midday)', 'morning'],
  ['(?:any ?time )?after (?:work|hours)', 'evening'],
  ['(?:any ?time )?before work', 'early morning'],
  [
    '(?:(?:at|over|during|around|for) )*(?:the )?(?:lunch ?time|lunch ?break|lunch ?hour|lunch|middle of the day)',
    'lunchtime',
  ],
  ['(?:any ?time )?after school', 'late afternoon'],
  ['(?:(?:in|the|of) )*early(?: in the)? mornings?', 'early morning'],
  ['(?:(?:in|the|of) )*late(?: in the)? mornings?|(?:in the )?mid morning', 'late morning'],
  [
    '(?:(?:in|the|on|during|for) )*(?:mornings?|(?<!\\b(?:i|what|how|when|where) )(?:am|a m))',
    'morning',
  ],
  ['(?:(?:in|the|of) )*early(?: in the)? afternoons?', 'early afternoon'],
  ['(?:(?:in|the|of) )*(?:late(?: in the)?|mid) afternoons?', 'late afternoon'],
  ['(?:(?:in|the|on|during|for) )*(?:afternoons?|pm|p m)', 'afternoon'],
  ['(?:(?:in|the|of) )*early(?: in the)? evenings?', 'early evening'],
  ['(?:(?:in|the|on|during|for|late) )*evenings?', 'evening'],
  ['(?:(?:in|the|at|on|during|late) )*nights?(?: time)?', 'night'],
];

function clock(
  hour: number,
  minute: number,
  half: string | undefined,
  written: string,
): Item[] | null {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  if (half === undefined) {
    // "07:30", "14:00" and "0:15" are only written by people who count to twenty-four.
    const military = hour === 0 || hour > 12 || /^0\d:/.test(written);
    return [{ type: 'clock', clock: { hour, minute, sure: military ? '24h' : null } }];
  }
  if (hour > 12 && half === 'pm') return [{ type: 'clock', clock: { hour, minute, sure: '24h' } }];
  if (hour > 12 || hour === 0) return null;
  return [{ type: 'clock', clock: { hour, minute, sure: half === 'am' ? 'am' : 'pm' } }];
}

const NOON: Clock = { hour: 12, minute: 0, sure: 'pm' };
const MIDNIGHT: Clock = { hour: 0, minute: 0, sure: null, midnight: true };

function moved(match: RegExpExecArray): number {
  const [, first, unit, extra] = match;
  return count(first) * (unit?.startsWith('h') === true ? 60 : 1) + Number(extra ?? 0);
}

const UNIT = '(hours?|hrs?|minutes?|mins?)(?: (?:and )?(\\d{1,2}) (?:minutes?|mins?))?';

/** Clock times, parts of a day, and times that lean on another time. */
export const TIME_RULES: readonly ScanRule[] = [
  rule(
    `(?:(?:about|around) )?(\\d{1,3}|few) ${UNIT} (later|earlier|sooner|after that|before that)`,
    (match) => [
      {
        type: 'time',
        time: {
          sort: 'same',
          minutes: moved(match) * (/later|after/.test(match[4] ?? '') ? 1 : -1),
        },
      },
    ],
  ),
  rule(
    `in (?:about |around )?(\\d{1,3}|few) ${UNIT}(?: or so| time)?|(?:about )?(\\d{1,3}|few) ${UNIT} from now`,
    (match) => {
      const from = match[1] === undefined ? 4 : 1;
      const parts = [
        match[0],
        match[from],
        match[from + 1],
        match[from + 2],
      ] as unknown as RegExpExecArray;
      return [{ type: 'time', time: { sort: 'soon', minutes: moved(parts) } }];
    },
  ),
  rule(
    '(?:at )?(?:the |that )?(?:exact )?same (?:time|hour)(?: as (?:before|last time|that))?',
    () => [{ type: 'time', time: { sort: 'same', minutes: 0 } }],
  ),
  ...PARTS.map(([source, part]) =>
    rule(source, (match): Item[] => [
      {
        type: 'time',
        time: { sort: 'part', part },
        ...(/^(?:in|on|during|for|at|the|of)\b/.test(match[0]) ? {} : { beside: true }),
      },
    ]),
  ),
  rule('(?:12 )?(?:noon|midday|mid day|noontime)', () => [{ type: 'clock', clock: NOON }]),
  rule('(?:12 )?midnight', () => [{ type: 'clock', clock: MIDNIGHT }]),
  rule('(\\d{1,2}):(\\d\\d)(?: (am|pm))?', (match) =>
    clock(Number(match[1]), Number(match[2]), match[3], match[0]),
  ),
  rule('(\\d{1,2}) (am|pm)', (match) => clock(Number(match[1]), 0, match[2], match[0])),
  rule('(\\d{1,2}) oclock(?: (am|pm))?', (match) => clock(Number(match[1]), 0, match[2], match[0])),
  ...ZONE_RULES,
  rule(
    '(?:(?:a )?(?:bit|little|little bit)|something|anything|any|some time|sometime|much|even)? ?(later|earlier)(?: (?:on|in the day|that day|than that)|(?! than))',
    (match) => [{ type: 'time', time: { sort: match[1] === 'later' ? 'later' : 'earlier' } }],
  ),
];

export const WORD_RULES: readonly ScanRule[] = [
  rule(
    '(?:the (?:1st|2nd)(?: time| one)?(?: ,)? )?(before|after) (?:the )?(?:clocks? (?:go(?:es)? back|changes?)|(?:time )?change)',
    (match) => [{ type: 'fold', index: match[1] === 'before' ? 0 : 1 }],
  ),
  rule('between', () => [{ type: 'operator', operator: 'between' }]),
  rule(
    '(?:or|and) (?:later|onwards?|(?:any ?time )?after(?: that)?(?= ?$| ?,| on\\b))|onwards?|and up|(?<=\\w )on(?= ?$| ?,)',
    () => [{ type: 'onwards' }],
  ),
  rule('or (?:earlier|sooner|before(?= ?$| ?,| on\\b))', () => [{ type: 'or before' }]),
  rule(
    '(?:(?:as )?(?:soon|early|quick|quickly) as (?:possible|you can|can be|u can)|asap|soonest|earliest|1st available|next available|next opening|1st opening|next free|1st free|nearest|quickest|soon)(?: (?:time|slot|appointment|opening|one|spot|day|availability|available))*',
    () => [{ type: 'soonest' }],
  ),
  rule(
    '(?:1st|next)(?: (?:open|possible))? (?:time|slot|appointment|opening|spot|availability|one available)(?: (?:you have|available))?',
    () => [{ type: 'soonest' }],
  ),
  rule(
    'any ?time(?: (?:at all|is fine|works|of (?:the )?day))?|any(?: time)? of those|all day|(?:the )?whole day|during the day',
    () => [{ type: 'any time' }],
  ),
  ...REFUSAL_RULES,
  rule(
    'no|(?:no )?wait|i mean|i meant|sorry|actually|make (?:it|that)|rather|correction|scratch that',
    () => [{ type: 'correction' }],
  ),
  // "The second one on tuesday": the day says more than the place in the offer.
  rule(
    '(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)|last) (?:one|option|slot|choice|time|appointment|opening)(?: you (?:said|offered|have))?',
    () => [],
  ),
  rule('but', () => [{ type: 'but' }]),
  rule('or|/', () => [{ type: 'or' }]),
  rule('and|plus|as well as', () => [{ type: 'and' }]),
  rule(',', () => [{ type: 'comma' }]),
  rule('to|through|thru|-', () => [{ type: 'to' }]),
  rule('til|till|until|up to|up until', () => [{ type: 'operator', operator: 'by' }]),
  rule('after|past|later than|beyond', () => [{ type: 'operator', operator: 'after' }]),
  rule('before|prior to|earlier than|ahead of', () => [{ type: 'operator', operator: 'before' }]),
  rule('by|no later than', () => [{ type: 'operator', operator: 'by' }]),
  rule('from|starting(?: from| on| at)?|beginning|as of|since', () => [
    { type: 'operator', operator: 'from' },
  ]),
  rule('around|about|approximately|roughly|circa|close to|near', () => [
    { type: 'operator', operator: 'around' },
  ]),
  rule('at', () => [{ type: 'operator', operator: 'at' }]),
];
