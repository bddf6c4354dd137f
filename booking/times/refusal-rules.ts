import type { Item } from './items.ts';
import { isDeed } from './lexicon.ts';
import { rules } from './symbols.ts';
import type { Token } from './tokens.ts';
import { sign } from './word-rules.ts';

const phrase = (): string => 'said';

/** Parts of refusals: "really not so good a day". */
export const VERY_RULES = rules({
  'really|very|so|too|quite|actually|just|all|that|a|an|the|be|going|to {very}?': phrase,
});
export const WORKS_RULES = rules({
  'work|suit|fit me|us|well|out? / work|suit|fit for|with me|us well|out?': phrase,
});
export const GOOD_RULES = rules({
  'good|great|possible|ideal|convenient|suitable|best|happening|option|fine|ok|okay|doable day|days|time|times|one|ones?':
    phrase,
});
export const BAD_RULES = rules({
  'bad|out|no_good|terrible|awful|impossible|difficult|hard|tricky|tough|full|off|inconvenient|not_great|not_good day|days|time|times|one|ones?':
    phrase,
});

const refused = (subject: 'one' | 'several' | 'any') => (): readonly Item[] => [
  { type: 'refused', subject },
];
const ANY_DAY_BUT =
  'any|every|all|whichever|whatever day|days|time but|bar / anyday|anytime|everyday but|bar';
const ANYBODY = 'im|i_am|were|we_are';
const CANNOT =
  'cant|cannot|can_not|couldnt|could_not|wont|will_not|wouldnt|dont|do_not|doesnt|didnt|havent|hasnt|isnt|arent|wasnt|aint|not|never';

/** What takes something away, and the words that end what can be taken away. */
export const REFUSAL_RULES = rules<readonly Item[]>({
  // "Tuesday doesn't work", "mornings are bad": what was said before is refused.
  'doesnt|does_not|isnt_going|is_not_going to? {very}? {works} / isnt|is_not|wasnt {very}? {good} for_me|for_us? / is|looks|was|would_be {very}? {bad} for_me|for_us|with_me?':
    refused('one'),
  'dont|do_not|arent_going|are_not_going to? {very}? {works} / arent|are_not {very}? {good} for_me|for_us? / are|look {very}? {bad} for_me|for_us?':
    refused('several'),
  'wont|will_not|wouldnt|would_not|not_going|cant|cannot|didnt to? {very}? {works} / wont_be|will_not_be|would_not_be|wouldnt_be|not_going_to_be {very}? {good} for_me|for_us? / no_good for_me|for_us?':
    refused('any'),
  'not {very}? good|great|ideal|convenient for_me|for_us?': ({ word }) =>
    word(0) === 'on' ? null : [{ type: 'refused', subject: 'any' }],
  // What cannot be told: "it doesn't have to be tuesday" neither wants nor refuses it.
  'too early|late|soon|far / unless / cant_wait / doesnt|does_not|dont|do_not have|need to / cant|cannot not until':
    ({ word }) => (word(-1) === 'not' ? null : [{ type: 'odd' }]),
  but: ({ word }) => {
    const every =
      /^(?:any|every)$/.test(word(-2)) && /^(?:morning|afternoon|evening|night)$/.test(word(-1));
    return every && /^(?:.*day|today|tomorrow)$/.test(word(0)) ? [{ type: 'except' }] : null;
  },
  [ANY_DAY_BUT]: () => [{ type: 'any time' }, { type: 'except' }],
  'instead_of|rather_than|than|except|excepting|excluding|other_than|apart_from|aside_from|outside_of|outside|besides for? / with_the_exception_of|anything_but / not so|too|really? sure|certain about':
    sign('except'),
  bar: ({ word }) =>
    /^(?:day|time|week|morning|afternoon)$/.test(word(-1)) ? [{ type: 'except' }] : null,
  'no appointment|appointments|slot|slots|time|times|meeting|meetings|opening|openings / nothing|none|neither|nor|without|avoid|avoiding|skip|hate|unable / dont|do_not|wont have any? time / dont_want|do_not_want':
    sign('not'),
  no: ({ word }) =>
    /^(?:mornings|afternoons|evenings|nights|weekends|.+days)$/.test(word(0)) ||
    (/^(?:morning|afternoon|evening|weekend)$/.test(word(0)) &&
      /^(?:appointments?|slots?|times?)$/.test(word(1)))
      ? [{ type: 'not' }]
      : null,
  [`${ANYBODY}? busy|unavailable|booked|tied_up|away|out_of_town|on_vacation|on_holiday|traveling|travelling|closed / ${CANNOT} do|make? it? / wait`]:
    ({ said, word }) =>
      said('wait') && !/^(?:until|till|til)$/.test(word(0)) ? null : [{ type: 'not' }],
  // Who is "off on fridays" has time then.
  [`${ANYBODY} out`]: ({ word }) =>
    /^(?:on|all|this|next|every|.*day|tomorrow|the)$/.test(word(0)) ? [{ type: 'not' }] : null,
  // Negations that refuse nothing: courtesies, and questions that hope for a yes.
  'dont|do_not|wouldnt|would_not really? mind|care|worry|matter|think_so / dont|do_not|wouldnt really? have any|a preference|preferences / it? doesnt|does_not really? matter to_me? / cant|couldnt|wont|wouldnt|dont|isnt|arent|havent you|we|they|there have|got? / why not / why dont we|you|i / do you not / not a|any problem / not too|so? bad / not_too early|late / not_at_all / no problem|worries|thanks|thank_you|rush|hurry':
    () => [],
  'dont|do_not|doesnt|didnt|havent|hasnt know|have|has|live|worry|forget|remember|got|need|drive|own|speak|hear|understand a|an|my|your|any|the? insurance|car|referral|question|questions|account|number|idea|email|phone|it|you|far|english|him|her|well|anymore|yet|symptoms|pain|record|file|card|name|doctor|dentist?':
    () => [],
  'cant wait': ({ word }) => (/^(?:until|till|til|for|that|any)$/.test(word(0)) ? null : []),
  // A new question settles what stood before: "that doesn't work do you have anything on friday".
  'is|are|would_be|sounds|sound|looks really|very|also|just|a? fine|good|great|ok|okay|perfect|best|better|ideal / works|suits / would|will|does|could work / do|would|could|can you|we|i have|do|try|get|come|make / have_you_got / is|are there / lets do|try':
    sign('accepted'),
});

/** Words that leave a "not" standing for what follows: "i can't get there before ten". */
const WAITS =
  /^(?:finish|begin|leave|arrive|reach|manage|attend|keen|happy|fan|very|terribly|especially|particularly|hoping|planning|home|back|done|until|ever|every|meet|visit|now)$/;

/** Words whose "not" says nothing about a time: "not feeling well", "not sure, maybe thursday". */
const HARMLESS =
  /^(?:feeling|feel|hurt|sure|certain|fussy|picky|bothered|urgent|hurry|rush|know|remember|fair|live)$/;

/** What becomes of a "not" before a word that no rule knows: it waits, is dropped, or is asked about. */
export function notBefore(token: Token): 'waits' | 'dropped' | 'odd' {
  if (HARMLESS.test(token.text)) return 'dropped';
  return WAITS.test(token.text) || !isDeed(token) ? 'waits' : 'odd';
}
