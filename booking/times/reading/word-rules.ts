import type { Item, Sign } from './items.ts';
import { rules, type TimeMatch } from './symbols.ts';
import { wordSet } from './word-set.ts';

export function sign(type: Sign): readonly Item[] {
  return [{ type }];
}

const NOTHING: readonly Item[] = [];
const ODD = sign('odd');

const THING = 'time|slot|appointment|opening|one|spot|day|availability|available|thing';
const OFFERED = 'one|option|slot|choice|time|appointment|opening|possibility';
const CLOCKS_CHANGE = 'the? clocks|clock go|goes|change|changes back?';

/** What joins, corrects and stands for no day of its own. */
export const WORD_RULES = rules<readonly Item[]>({
  'to|through|thru|-': sign('to'),
  // "Ten maybe eleven".
  '<=# maybe =#': sign('or'),
  [`or / or|and? if_not
    and|or? if_that|if_it|if_this|if_those|if_they doesnt|dont|isnt|wont|cant be? work|do|good|
      possible|suit?
    or|and? if_thats|if_its no_good|full|taken|gone|booked|not_good|not_possible`]: sign('or'),
  'and|plus|as_well_as': sign('and'),
  // "Same time but on thursday" wants Thursday.
  ', / how|what about|if / but =on / but only|just|preferably|ideally|maybe|possibly':
    sign('comma'),
  but: sign('but'),
  if: sign('if'),
  [`as? soon|early|quick|quickly as possible|you_can|can_be|u_can|we_can|i_can ${THING}?
    asap|soonest|earliest|nearest|quickest|soon ${THING}? available?
    first|1st|next|very_first|very_next available|open|free|possible ${THING}?
    first|1st|next time|slot|appointment|opening|spot|availability|one_available you_have|
      available|there_is?
    the? first|1st thing|one you_have|youve|available|thats_available|thats_open
    whichever_is_first|whichever_is_earliest|whichever_is_soonest|whatever_is_first
    the sooner|earlier|quicker we|i|you can / the_sooner_the_better|sooner_rather_than_later
    at_your_earliest_convenience|at_the_earliest_opportunity
    earliest convenience|available|possible ${THING}?`]: sign('soonest'),
  [`as late as possible|you_can|can_be / the_later_the_better
    last|latest|final slot|appointment|time|opening|spot|available|possible you_have|available|
      possible|there_is?
    the latest you_have|available|possible / the latest i|we|you can|could
    your|the latest =on|in|this|next|*day|tomorrow`]: sign('latest'),
  [`any_time|anytime at_all|is_fine|works|of_day|of_the_day? !but / any of_those|time_of_those !but
    all_day|all_day_long|the_whole_day|whole_day|during_the_day|always|24/7 !but`]:
    sign('any time'),
  [`no|no_wait|wait|i_mean|i_meant|sorry|actually|make_it|make_that|rather|correction|scratch_that
    none|neither|not_any|nothing of those|them|these
    none|neither|not_any|nothing of the first|1st|last {n}`]: sign('correction'),
  // The clock shows a time before and after it is set back.
  [`before ${CLOCKS_CHANGE} / before the? time? change
    the? first|1st|second|2nd time|one? ,? before ${CLOCKS_CHANGE}`]: [{ type: 'fold', index: 0 }],
  [`after ${CLOCKS_CHANGE} / after the? time? change
    the? first|1st|second|2nd time|one? ,? after ${CLOCKS_CHANGE}`]: [{ type: 'fold', index: 1 }],
});

/** A place in the offer, unless "the last time i was there" tells of another one. */
function place({ word, said }: TimeMatch, index: number): readonly Item[] | null {
  const told =
    said('time', 'appointment') && /^(?:i|im|ive|it|we|they|he|she|was|were)$/.test(word(0));
  return told || index > 19 ? null : [{ type: 'place', index }];
}

/** Behind these "the third" is a day. */
const DATED = `<!on|of|to|before|after|by|from|since|until|till|til|starting|beginning|between|
      around|through|thru|next|every`;
const PLACE_ENDS = `=.|,|please|thanks|thank|then|for|is|works|sounds|would|no|or|and|wait|
      actually|doesnt|wont|isnt|cant|does|cannot|sorry`;
const LAST_OF = '!name|visit|*day|week|month|minute|one|two|#|time|thing';

/** Places in what was offered last. A day says more than a place: "the second one on tuesday". */
export const PLACE_RULES = rules<readonly Item[]>({
  [`the? {nth} ${OFFERED} you_said|you_offered|you_have|you_mentioned?
    the? {nth} of them|those|these / the? {nth} of the two|three|2|3
    the? {nth} you_said|you_offered|you_mentioned`]: (match) => place(match, match.get('nth') - 1),
  [`the? last|latter|final|latest ${OFFERED} ${LAST_OF}
    the? last|latter|final of them|those|these ${LAST_OF}
    the? last|latter|later of the|those 2|3 ${LAST_OF}
    the last|latter ${LAST_OF} / the last|latter you_said|you_offered|you_mentioned`]: (match) =>
    place(match, -1),
  [`${DATED} the? {ordinal} ${PLACE_ENDS}`]: (match) => place(match, match.get('ordinal') - 1),
  'number|option|choice|slot {n}': (match) => place(match, match.get('n') - 1),
  'the? former one? / the? earlier|sooner of the|those 2': [{ type: 'place', index: 0 }],
  // Two places, and places that are counted in a way that nobody reads here.
  [`number|option|choice|slot {n} or|and|to {n} / last_but_one|last_but_1
    the? second|2nd|third|3rd|next to? last one|option|slot?`]: ODD,
});

const PERIODS = 'day|week|month|year';
const COUNTED_FOLK =
  'people|persons|person|adults|adult|kids|children|guests|of_us|players|patients';

/** Words of time that mean none, and numbers that are no hours. */
export const TALK_RULES = rules<readonly Item[]>({
  [`good morning|afternoon|evening|day|night
    have a? good|nice|great|lovely|wonderful day|one|morning|afternoon|evening|weekend|week|night
    which|what|whatever|whichever day|date|time|times|days|week|month|hour|hours|dates
    how_much|how_many|how_long time|times|hours|days|minutes?
    for? your|their|my|his|her|the|much|more|some|little time / at_a_time|as_last_time|this_time
    at_this_time|at_the_moment|for_now|these_days|for_the_time_being|so_far|by_now|now_for
    time_of_day|next_time|every_time|any_more|last_time|the_last_time|first_time|the_first_time
    long_time|on_time|in_time / on second thought|thoughts
    just|wait|hang_on|hold_on|one|give_me? a|1|one second|moment|minute|sec please?
    first|last|middle|1st name {word}? / table|party|group for|of {n} / for {n} ${COUNTED_FOLK}
    one|1|some|any|another|other day or another|other / at your|the office|clinic|place|desk|front
    i|ive got|get it|that !on|at|last / after_all =.|,|then
    there|here|you|him|her before =.|,|but|so|and
    i|ive|we|weve {adverb}? have|got|only? about|like|only? {duration} =.|,|so|and|but
    {n} hundred|thousand? dollars|bucks|pounds|euros|miles|degrees
    my|our|the only|best|first|preferred|ideal|usual|free? free|open|available? day|days|time is|are
    no|not more|longer than {duration}
    {n} weeks along|pregnant
    once|twice a|per ${PERIODS} / {n} times a|per ${PERIODS} / {n} times
    opening|business|office|visiting|consultation hours
    in my|his|her|their thirties|forties|fifties|sixties|twenties
    {n}? hours|days|weeks|hour|day notice|in_advance / {n} year|month|week|day - old
    {n} years|year|yrs|months|month|weeks|days|day old
    room|suite|floor|extension|line|gate|apartment|apt|unit|building|flight|chapter|level {n}
    grade|ext {n} / number|phone is|ends_in|ends_with? {figures}
    im|i_am|hes|shes {n} =,|.|and|but / nothing long|fancy|big|serious|urgent|special|major
    your|the first|last|next patient|visit|child
    my|his|her|our|your|a|is|this_is {nth} visit|appointment|session|try|attempt|child|kid|son|
      daughter|treatment|lesson|call|baby|grade|floor|cleaning|time`]: NOTHING,
  'some|one|1 day =this|next|in|during': NOTHING,
  // "April smith", "my name is june", "it's april".
  'name is {month} !#|the / this_is|its|hes|shes {month} !#|the|in / im|i_am {month} !#|the':
    NOTHING,
  '<=.|is|am {month} {deed}': NOTHING,
  [`this time {day} / {holiday} break|vacation|season|holidays
    before|after|over|during {holiday} break|vacation|season|holidays
    alternate|alternating|every_other|every_second|tea_time / only if =there|theres|you
    first|last|1st {n} !am|pm|oclock|a|p
    the? later|earlier slot|appointment|time|option on|in|of =*day|the|tomorrow
    on the earlier|later|early|late side / no|not later|earlier|sooner =.|,
    from|until|till|til when|whenever you|they open|close
    its|thats|this_is|it_is for {month} !#|the / beginning|start|end|middle|rest|half of`]: ODD,
  // "Three questions", "two kids", and whatever else comes in several.
  '{n} of': NOTHING,
  '{n} {word} / {n} {deed} {word}': ({ get }) => (THINGS.has(get('word')) ? [] : null),
  '<!at|about|around|after|before|between|until|till|from|to|or|and|by {n} {deed}': ({ get }) =>
    /[a-z]{3}[^s]s$/.test(get('deed')) ? [] : null,
});

const THINGS = wordSet(`
  question kid child children son dog cat haircut people person adult guest thing problem issue
  teeth tooth room seat form page pet car men women sister brother family couple test shot pill
  percent questions kids sons daughters dogs cats haircuts appointments bookings visits sessions
  treatments massages cleanings lessons slots options openings persons adults guests things
  problems issues days boys girls grandkids nephews nieces
`);
