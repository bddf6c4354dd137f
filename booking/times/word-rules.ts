import type { Item, Sign } from './items.ts';
import { rules, type TimeMatch } from './symbols.ts';

/** A rule whose sign is always the same. */
export function sign(type: Sign): () => readonly Item[] {
  return () => [{ type }];
}

const nothing = (): readonly Item[] => [];
const odd = (): readonly Item[] => [{ type: 'odd' }];

const THING = 'time|slot|appointment|opening|one|spot|day|availability|available|thing';
const OFFERED = 'one|option|slot|choice|time|appointment|opening|possibility';

/** What joins, corrects and stands for no day of its own. */
export const WORD_RULES = rules<readonly Item[]>({
  'to|through|thru|-': sign('to'),
  'or / or|and? if_not / and|or? if_that|if_it|if_this|if_those|if_they doesnt|dont|isnt|wont|cant be? work|do|good|possible|suit?':
    sign('or'),
  maybe: ({ word }) => (/^\d/.test(word(-1)) && /^\d/.test(word(0)) ? [{ type: 'or' }] : null),
  'and|plus|as_well_as': sign('and'),
  ', / how|what about|if': sign('comma'),
  // "Same time but on thursday" wants Thursday.
  but: ({ word }) => [{ type: word(0) === 'on' ? 'comma' : 'but' }],
  if: sign('if'),
  [`as? soon|early|quick|quickly as possible|you_can|can_be|u_can|we_can|i_can ${THING}? / asap|soonest|earliest|nearest|quickest|soon ${THING}? available? / first|1st|next|very_first|very_next available|open|free|possible ${THING}? / first|1st|next time|slot|appointment|opening|spot|availability|one_available you_have|available|there_is? / whichever_is_first|whichever_is_earliest|whichever_is_soonest|whatever_is_first|the_sooner_the_better|sooner_rather_than_later|at_your_earliest_convenience|at_the_earliest_opportunity / earliest convenience|available|possible ${THING}?`]:
    sign('soonest'),
  'as late as possible|you_can|can_be / the_later_the_better / last|latest|final slot|appointment|time|opening|spot|available|possible you_have|available|possible|there_is? / the latest you_have|available|possible':
    sign('latest'),
  'any_time|anytime at_all|is_fine|works|of_day|of_the_day? / any of_those|time_of_those / all_day|all_day_long|the_whole_day|whole_day|during_the_day|always|24/7':
    ({ word }) => (word(0) === 'but' ? null : [{ type: 'any time' }]),
  'no|no_wait|wait|i_mean|i_meant|sorry|actually|make_it|make_that|rather|correction|scratch_that / none|neither|not_any|nothing of those|them|these / none|neither|not_any|nothing of the first|1st|last {n}':
    sign('correction'),
  // The clock shows a time before and after it is set back.
  'before|after the? clocks|clock go|goes|change|changes back? / before|after the? time? change / the? first|1st|second|2nd time|one? ,? before|after the? clocks|clock go|goes|change|changes back?':
    ({ said }) => [{ type: 'fold', index: said('before') ? 0 : 1 }],
});

/** A place in the offer, unless "the last time i was there" tells of another one. */
function place({ word, said }: TimeMatch, index: number): readonly Item[] | null {
  const told =
    said('time', 'appointment') && /^(?:i|im|ive|it|we|they|he|she|was|were)$/.test(word(0));
  return told || index > 19 ? null : [{ type: 'place', index }];
}

/** Where "the third" is a day: behind a limit; and what may stand behind it as a place. */
const DATED =
  /^(?:on|of|to|before|after|by|from|since|until|till|til|starting|beginning|between|around|through|thru|next|every)$/;
const PLACE_ENDS =
  /^(?:|,|please|thanks|thank|then|for|is|works|sounds|would|no|or|and|wait|actually|doesnt|wont|isnt|cant|does|cannot|sorry)$/;

/** Places in what was offered last. A day says more than a place: "the second one on tuesday". */
export const PLACE_RULES = rules<readonly Item[]>({
  [`the? {nth} ${OFFERED} you_said|you_offered|you_have|you_mentioned? / the? {nth} of them|those|these / the? {nth} of the two|three|2|3 / the? {nth} you_said|you_offered|you_mentioned`]:
    (match) => place(match, match.get('nth') - 1),
  [`the? last|latter|final|latest ${OFFERED} / the? last|latter|final of them|those|these / the? last|latter of the 2|3 / the last|latter / the last|latter you_said|you_offered|you_mentioned`]:
    (match) =>
      /^(?:name|visit|.*day|week|month|minute|one|two|\d+|time|thing)$/.test(match.word(0))
        ? null
        : place(match, -1),
  'the? {ordinal}': (match) =>
    DATED.test(match.word(-1)) || !PLACE_ENDS.test(match.word(0))
      ? null
      : place(match, match.get('ordinal') - 1),
  'number|option|choice|slot {n}': (match) => place(match, match.get('n') - 1),
  'the? former one?': (match) => place(match, 0),
  // Two places, and places that are counted in a way that nobody reads here.
  'number|option|choice|slot {n} or|and|to {n} / the? second|2nd|third|3rd|next to? last one|option|slot? / last_but_one|last_but_1':
    odd,
});

/** Words of time that mean none, and numbers that are no hours. */
export const TALK_RULES = rules<readonly Item[]>({
  'good morning|afternoon|evening|day|night / have a? good|nice|great|lovely|wonderful day|one|morning|afternoon|evening|weekend|week|night':
    nothing,
  'which|what|whatever|whichever day|date|time|times|days|week|month|hour|hours|dates / how_much|how_many|how_long time|times|hours|days|minutes?':
    nothing,
  'for? your|their|my|his|her|the|much|more|some|little time / at_this_time|at_the_moment|for_now|these_days|for_the_time_being|so_far|by_now|now_for|time_of_day|next_time|every_time|any_more|last_time|the_last_time|first_time|the_first_time|this_time|long_time|on_time|in_time|at_a_time|as_last_time':
    nothing,
  'just|wait|hang_on|hold_on|one|give_me? a|1|one second|moment|minute|sec please? / on second thought|thoughts':
    nothing,
  'first|last|middle|1st name {word}? / table|party|group for|of {n} / for {n} people|persons|person|adults|adult|kids|children|guests|of_us|players|patients':
    nothing,
  'one|1|some|any|another|other day or another|other / at your|the office|clinic|place|desk|front':
    nothing,
  'once|twice a|per day|week|month|year / {n} times a|per day|week|month|year / {n} times': nothing,
  'opening|business|office|visiting|consultation hours / in my|his|her|their thirties|forties|fifties|sixties|twenties':
    nothing,
  '{n}? hours|days|weeks|hour|day notice|in_advance / {n} years|year|yrs|months|month|weeks|days|day old / {n} year|month|week|day - old':
    nothing,
  'room|suite|floor|extension|line|gate|apartment|apt|unit|building|flight|chapter|level|grade|ext {n} / number|phone is? {figures}':
    nothing,
  'nothing long|fancy|big|serious|urgent|special|major / your|the first|last|next patient|visit|child':
    nothing,
  'my|his|her|our|your|a|is {nth} visit|appointment|session|try|attempt|child|kid|son|daughter|treatment|lesson|call|baby|grade|floor|cleaning':
    nothing,
  'name is {month} / this_is {month} / im|i_am {month}': ({ word }) =>
    /^(?:\d.*|the)$/.test(word(0)) ? null : [],
  '{month} {deed}': ({ word }) => (/^(?:|is|am)$/.test(word(-1)) ? [] : null),
  'some|one|1 day': ({ word }) => (/^(?:this|next|in|during)$/.test(word(0)) ? [] : null),
  'this time {day} / {holiday} break|vacation|season|holidays / before|after|over|during {holiday} break|vacation|season|holidays / alternate|alternating|every_other|every_second':
    odd,
  'first|last|1st {n}': ({ word }) => (/^(?:am|pm|oclock|a|p)$/.test(word(0)) ? null : odd()),
  // "Three questions", "two kids".
  '{n} {word}': ({ get }) => (THINGS.has(get('word')) ? [] : null),
});

const THINGS = new Set(
  'questions question kids kid children child sons daughters dogs dog cats cat haircuts haircut appointments bookings visits sessions treatments massages cleanings lessons slots options openings people persons adults guests things thing problems issues teeth tooth fillings crowns rooms seats tickets forms pages reasons pets cars tires tyres men women students brothers sisters siblings friends employees workers colleagues coworkers patients members families couples tests shots pills percent dollars bucks euros miles blocks stops inches pounds feet units points stars of'.split(
    ' ',
  ),
);
