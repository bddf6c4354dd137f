import { days, part, type Item } from './items.ts';
import { isDeed } from './lexicon.ts';
import { rules } from './symbols.ts';
import type { Token } from './tokens.ts';
import { sign } from './word-rules.ts';
import { wordSet } from './word-set.ts';

/** Parts of refusals: "really not so good a day". */
export const VERY_RULES = rules({
  [`really|very|so|too|quite|actually|just|all|that|a|an|the|be|going|to|pretty|kind_of|a_bit|
      a_bit_of {very}?`]: 'very',
});
export const WORKS_RULES = rules({
  'work|suit|fit me|us|well|out? / work|suit|fit for|with me|us well|out?': 'works',
});
const DAYS = 'day|days|time|times|one|ones?';
export const GOOD_RULES = rules({
  [`good|great|possible|ideal|convenient|suitable|best|happening|option|fine|ok|okay|
      doable ${DAYS}`]: 'good',
});
export const BAD_RULES = rules({
  [`bad|out|packed|tight|crazy|hectic|a_mess|a_nightmare|a_no|no_good|terrible|awful|impossible|
      difficult|hard|tricky|tough|full|off|inconvenient|
      not_great|not_good ${DAYS}`]: 'bad',
});

const refused = (subject: 'one' | 'several' | 'any'): readonly Item[] => [
  { type: 'refused', subject },
];
const FOR_ME = 'for_me|for_us?';
const ANYBODY = 'im|i_am|were|we_are';

/** What takes something away, and the words that end what can be taken away. */
export const REFUSAL_RULES = rules<readonly Item[]>({
  // "Tuesday doesn't work", "mornings are bad": what was said before is refused.
  [`doesnt|does_not|isnt_going|is_not_going to? {very}? {works}
    isnt|is_not|wasnt {very}? {good} ${FOR_ME}
    is|looks|was|would_be {very}? {bad} for_me|for_us|with_me?`]: refused('one'),
  [`dont|do_not|arent_going|are_not_going to? {very}? {works}
    arent|are_not {very}? {good} ${FOR_ME} / are|look {very}? {bad} ${FOR_ME}`]: refused('several'),
  [`wont|will_not|wouldnt|would_not|not_going|cant|cannot|didnt to? {very}? {works}
    wont_be|will_not_be|would_not_be|wouldnt_be|not_going_to_be {very}? {good} ${FOR_ME}
    no_good ${FOR_ME} / not {very}? good|great|ideal|convenient ${FOR_ME} !on`]: refused('any'),
  'clash|clashes|conflict|conflicts with {word} {word}?': refused('one'),
  // What cannot be told: "it doesn't have to be tuesday" neither wants nor refuses it.
  [`<!not too early|late|soon|far / <!not unless / <!not cant_wait
    <!not doesnt|does_not|dont|do_not have|need to / <!not cant|cannot not until`]: sign('odd'),
  '<=morning|afternoon|evening|night but =*day|tomorrow': ({ word }) =>
    /^(?:any|every)$/.test(word(-2)) ? sign('except') : null,
  [`any|every|all|whichever|whatever day|days|time but|bar !it|its|i|we|only|not
    anyday|anytime|everyday but|bar !it|its|i|we|only|not`]: [
    { type: 'any time' },
    { type: 'except' },
  ],
  'any|every day|days|time but =it|its|i|we|only|not': [{ type: 'any time' }, { type: 'comma' }],
  [`instead_of|rather_than|than|except|excepting|excluding|other_than|apart_from|aside_from for?
    outside_of|outside|besides for? / with_the_exception_of|anything_but
    not so|too|really? sure|certain about / <=day|time|week|morning|afternoon bar
    <=*day|tomorrow over =*day|tomorrow`]: sign('except'),
  [`no appointment|appointments|slot|slots|time|times|meeting|meetings|opening|openings
    nothing|none|neither|nor|without|avoid|avoiding|skip|hate|unable / dont_want|do_not_want
    dont|do_not|wont have any? time / no =mornings|afternoons|evenings|nights|weekends|*days
    ${ANYBODY}? busy|unavailable|booked|tied_up|away|out_sick|out_of_town|on_vacation|on_holiday|
      traveling|travelling|closed
    cant|cannot|can_not|couldnt|could_not|wont|will_not|wouldnt|dont|do_not|doesnt|didnt|havent|
      hasnt|isnt|arent|wasnt|aint|not|never do|make? it?
    wait =until|till|til / forget|ditch|scrap =the|about|next|this|tomorrow|*day
    <=so|and|but no =*day
    ${ANYBODY} out =on|all|this|next|every|*day|tomorrow|the`]: sign('not'),
  'no =morning|afternoon|evening|weekend': ({ word }) =>
    /^(?:appointments?|slots?|times?)$/.test(word(1)) ? sign('not') : null,
  // Negations that refuse nothing: courtesies, and questions that hope for a yes.
  [`dont|do_not|wouldnt|would_not really? mind|care|worry|matter|think_so
    dont|do_not|wouldnt really? have any|a preference|preferences
    it? doesnt|does_not really? matter to_me?
    you dont|wouldnt|havent|couldnt happen_to? have|got
    cant|couldnt|wont|wouldnt|dont|isnt|arent|havent you|we|they|there have|got?
    isnt|arent|wasnt it|that|they =.
    not|arent too|that|really|very? fussed|fussy|picky|bothered about|on? the|which? day|date|time|days?
    why not / why dont we|you|i / do you not / not a|any problem / not too|so? bad
    not_too early|late / not_at_all / no problem|worries|thanks|thank_you|rush|hurry
    dont|do_not|doesnt|didnt|havent|hasnt know|have|has|live|worry|forget|remember|got|need|drive|
      own|speak|hear|understand a|an|my|your|any|the? insurance|car|referral|question|questions|
      account|number|idea|email|phone|it|you|far|english|him|her|well|anymore|yet|symptoms|pain|
      record|file|card|name|doctor|dentist?
    cant wait !until|till|til|for|that|any`]: [],
  'id|i|we|would? prefer|prefers|preferred the? {part} to|over the? {part}': ({ get }) => [
    part(get('part')),
  ],
  'id|i|we|would? prefer|prefers|preferred {group} to|over {group}': ({ get }) => [
    days(get('group')),
  ],
  // A new question settles what stood before: "that doesn't work do you have anything on friday".
  [`is|are|would_be|sounds|sound|looks really|very|also|just|a? fine|good|great|ok|okay|perfect|
      best|better|ideal
    works|suits / would|will|does|could work / have_you_got / is|are there / lets do|try
    do|would|could|can you|we|i have|do|try|get|come|make`]: sign('accepted'),
});

/** Words that leave a "not" standing for what follows: "i can't get there before ten". */
const WAITS = wordSet(`
  finish begin leave arrive reach manage attend keen happy fan very terribly especially
  particularly hoping planning home back done until ever every meet visit now
`);

/** Words whose "not" says nothing about a time: "not feeling well", "not sure, maybe thursday". */
const HARMLESS = wordSet(`
  fussed feeling feel hurt sure certain fussy picky bothered urgent hurry rush know remember fair live
`);

/** What becomes of a "not" before a word that no rule knows: it waits, is dropped, or is odd. */
export function notBefore(token: Token): 'waits' | 'dropped' | 'odd' {
  if (HARMLESS.has(token.text)) return 'dropped';
  return WAITS.has(token.text) || !isDeed(token) ? 'waits' : 'odd';
}
