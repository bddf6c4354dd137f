import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const DONE =
  'booked|scheduled|reserved|confirmed(?! by e-?mail)|secured|arranged|finali[sz]ed|locked in|set(?! to)|good to go|taken care of';
const THING =
  'appointments?|bookings?|reservations?|visits?|slots?|spots?|consultations?|cleaning|session|meeting';
const QUICKLY =
  "(?:(?:just|already|now|also|gladly|successfully|officially|all|both|indeed|actually|still|even|safely|simply|gone ahead and|went ahead and|been able to|it's) )*";
/** "I looked and booked it", but not "you booked it". */
const NOT_BY_CALLER = "(?<!you |you've |he |she |they |wife |husband |who )";
const IS =
  "(?:\\p{L}+['’](?:s|re|s been|ve been)|is|are|was|were|has been|have been|got|gets|stays?|remains?)";

export const ENGLISH: Lexicon = {
  language: 'en',
  claims: {
    booked: words(
      `(?:i|we)(?:'ve| have|'d)? ${QUICKLY}(?:booked|scheduled|reserved|secured|locked in|arranged)`,
      `(?:i|we)(?:'ve| have)? ${QUICKLY}(?:made|completed|finali[sz]ed|confirmed|set up|entered|placed|created) (?:it|that|the|your|a|an|this)(?: \\p{L}+)? ?(?:${THING})`,
      `(?:i|we)(?:'ve| have)? ${QUICKLY}(?:got|put|have|added|entered|pencil+ed|slotted|squeezed|signed) (?:you (?:all )?(?:down|in|set up|set|booked|scheduled|on the)|(?:it|that|her|him|them) (?:down for|(?:in|on|to|into) (?:the |our )?(?:calendar|schedule|books?|diary|system)))`,
      `(?<!(?:name|number|address|details|notes?|message) )${IS} ${QUICKLY}(?:${DONE}|yours|in the (?:calendar|books?|system|schedule|diary)|on the (?:calendar|books?|schedule)|complete)`,
      `(?:i|we)(?:'ll)? see you (?:then|there|soon|at|on|tomorrow|next|in|this|\\p{L}+day)`,
      `you(?:'ve| have|'ve got| have got)? ${QUICKLY}(?:got |have )?(?:an?|one|your|another|the) (?:\\p{L}+ )?(?:${THING})(?: \\p{L}+)? (?:on|at|for|with|tomorrow|today|scheduled|booked)`,
      `(?:your|the|this|that) (?:\\p{L}+ )?(?:${THING}) (?:is|'s|will be|takes place|stays|remains)(?: still| now)? (?:on|at|for|tomorrow|today|\\p{L}+day|in place|active|valid)`,
      `(?:found|see|located|have|find) (?:your|the|an?|one) (?:\\p{L}+ )?(?:appointment|booking|reservation)s?`,
      `(?:${THING}) (?:still )?(?:stands|(?:has |have )?(?:went|gone|did go|goes) through|was (?:successful|made)|has been made|succeeded|worked)`,
      '(?<=^["“\\s]*)(?:all )?(?:booked|confirmed|scheduled|reserved)(?=[:!.,]| for| on| at)',
      "(?:i|we)(?: was| were|'ve been| have been)? (?:able to|managed to) (?:get|book|schedule|reserve|secure|confirm|arrange|fit)",
      "(?:just |have |'ve )finished (?:booking|scheduling|reserving|setting)",
      `you(?:'ve| have) got (?:the|your) .{0,20}(?:${THING})`,
      "expecting you (?:on|at|tomorrow|today|\\p{L}+day)|you(?:'re| are) in (?:for|on|at) (?:\\d|\\p{L}+day|tomorrow|today)",
      '(?:booking|reservation|scheduling|appointment) (?:is |now )*(?:complete|completed|successful|ready|under your name)',
      "(?:booking|reservation|appointment) (?:has been|was|'s been|is) (?:now )?(?:placed|made|created|set up|entered)",
      '(?:an?|your|the) confirmation(?: e-?mail| message)? (?:has been|was|is being) sent',
      '(?<=(?:and|then|also|just|already|successfully) )(?:booked|scheduled|reserved)',
      `${NOT_BY_CALLER}(?:booked|scheduled|reserved|confirmed) (?:you|it|that|your)`,
      '(?<!(?:name|number|address|details|notes?|message) (?:is|are) )all set(?! to)|consider it (?:booked|done)|i (?:just |already )?booked',
      `(?:done|perfect|great|good|okay|ok|right|there)[,!.]? (?:you're|it's) (?:in|done)`,
      "it's (?:all )?(?:done|official)|you're (?:confirmed|in)",
    ),
    moved: words(
      `(?:i|we)(?:'ve| have)? ${QUICKLY}(?:moved|rescheduled|shifted|changed|switched|pushed|transferred|rebooked|updated)(?! my| our| the subject| to a | offices?)`,
      '(?<=^["“\\s]*)(?:moved|rescheduled)(?=[:!.,]| from| to)',
      `${NOT_BY_CALLER}(?:moved|rescheduled|shifted) (?:you|it|that|this|your|the)`,
      `${IS} ${QUICKLY}(?:moved|rescheduled|shifted|changed|switched|pushed back|rebooked)`,
      `(?:it|appointment|booking|that)(?:'s| is) now (?:on|at|for|set for|scheduled for)`,
      '(?:change|move|reschedule|rescheduling|update) (?:went through|is done|is complete|was successful|has gone through|is confirmed)|you have the new time',
    ),
    cancelled: words(
      `(?:i|we)(?:'ve| have)? ${QUICKLY}(?:cancel+ed|deleted|removed|dropped|called off|taken (?:it|that|you) off|took (?:it|that|you) off) ?(?:it|that|your|the|this)?`,
      `${IS} ${QUICKLY}(?:cancel+ed|deleted|removed|called off|taken off the (?:calendar|schedule|books))`,
      '(?<=^["“\\s]*)cancell?ed(?=[:!.,])',
      `${NOT_BY_CALLER}cancell?ed (?:it|that|this|your|the)`,
      `(?:appointment|booking|reservation|it)(?: is|'s)(?: now)? gone(?: now)?`,
      'cancell?ation (?:went through|is done|is complete|is confirmed|was successful|has gone through)|no longer (?:booked|have an appointment|scheduled)',
    ),
    free: words(
      "available|(?<!parking is |parking's )free(?! of | parking| wi-?fi| consultation| for (?:all|our|patients|customers|guests))|open|vacan(?:t|cy)|openings?|availability",
      "(?:i|we)(?:'ve| have|'ve got| have got| do have| could do| can do| still have| also have)",
      "offer(?: you)?|fit you in|squeeze you in|get you in|see you at|there(?:'s| is| are|'re)|earliest|soonest|next (?:one|slot|time|opening)",
    ),
    notFree: words(
      '(?:nothing|none|no (?:times?|slots?|openings?|appointments?|availability|other times?|spots?))(?: \\p{L}+){0,3} (?:free|available|open|left|tomorrow|today|on|for|this|at|until)',
      '(?:fully|completely|all|entirely) booked(?: up)?|booked (?:up|out|solid)',
      "(?:no longer|not|n't|isn't|aren't|already|just been|been) (?:available|free|open|taken|gone|unavailable)|unavailable|(?:has|have) (?:just |already )*been (?:taken|booked|snapped up)|(?:is|are|was|were) (?:just |already )*(?:taken|gone)",
      "(?:don't|do not|doesn't|does not) have (?:anything|any|a)(?: \\p{L}+){0,2}",
    ),
    other: words(
      '(?:mr|mrs|ms|miss|dr|doctor)\\.? \\p{L}+(?: \\p{L}+)? (?:already )?(?:has|have) (?:an?|the|their|that|this) (?:\\p{L}+ )?(?:appointment|booking|reservation|slot|time)',
      '(?:mr|mrs|ms|miss)\\.? \\p{L}+(?: \\p{L}+)? (?:is|was|already|will|comes|booked|took|has) (?:already )?(?:booked|coming|scheduled|there|in|at|that|it)',
      '(?:taken|booked|reserved|occupied|held) (?:by|for|under) (?:mr|mrs|ms|miss|dr|doctor|jane|john|another|(?!you|your|this|the|that|a|an|it|now|today|tomorrow|me|us|\\p{L}+day|january|february|march|april|may|june|july|august|september|october|november|december|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\\p{L}+ \\p{Lu}\\p{L}*)',
      '(?:belongs to|went to|reserved for|given to) (?!you|your|this|the|that|an?)\\p{L}+ \\p{Lu}\\p{L}*',
      '(?:caller|patient|client|customer|guest) (?:before|after) you',
      '(?:his|her|their) (?:appointment|booking) (?:is|was)',
      'another (?:caller|client|patient|customer|guest)(?: named| called)? \\p{L}+',
    ),
  },
  negation: words(
    "not|no|never|nothing|none|nobody|cannot|can't|couldn't|n't|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|don't|doesn't|didn't|won't|wouldn't|unable|without|neither|nor|failed to|unconfirmed",
  ),
  unreal:
    /(?:^|[\s,])(?:could|would|should|might|may|must|will|'ll|'d|can|shall|to|be|being|get|getting|having|let's|let)(?: (?:have|be|have been|just|already|also))*\s*$/iu,
  condition:
    /(?:^|[\s,])(?:if|once|when|whenever|unless|until|till|as soon as|before|after|whether|in case|provided|assuming|while|so that|as long as)\s/iu,
  reported:
    /(?:^|[\s,])(?:you|he|she|they|wife|husband|partner|mother|father|son|daughter|colleague|assistant|who)(?: just| already| had| have|'ve| also)? (?:said|say|mentioned|told|asked|wanted|thought|think|were saying|wrote|typed|requested|meant|mean|believe|claim|claimed)\b|(?:^|\s)did you say\b|\bi (?:understood|heard)\b/iu,
  question: opening(
    "(?:so |and |but |okay,? |ok,? |alright,? |great,? |perfect,? |thanks?,? |thank you,? |sure,? |also,? |now,? |then,? )*(?:(?:who|what|which|where|why|how|whose)(?:'s)? |when (?:would|do|does|did|is|are|should|can|could|will|was) |(?:shall|should|would|could|can|may|might|do|does|did|is|are|am|was|were|has|have|had|will|won't|isn't|aren't|don't|doesn't|didn't|haven't) (?:you|i|we|it|that|this|your|the|there|they|he|she|any|an?|\\p{L}+day|tomorrow|one|\\d|noon|three|either|those|these|my|our)(?![\\p{L}]))",
  ),
  proposal: words(
    '(?:how|what) about',
    '(?:would|does|do|could|will|might) .{2,60} (?:work|sound|suit|be (?:good|okay|ok|fine|better)|fit)',
    'can (?:i|we) offer',
  ),
  freeAlone: words(
    "(?:it|that|this|that time|that slot|that one|the slot|the time)(?:'s| is) (?:still )?(?:available|free|open)",
    '(?:there are|we have|i have) (?:\\p{L}+ )?(?:openings|times free|free times|times available|slots|availability)',
  ),
  intention:
    /(?:^|[\s,])(?:i|we)(?:'ll| will|'m going to|'re going to| am going to| are going to|'d like to| can (?:check|look|try|move|book|see))(?![\p{L}])|(?:^|[\s,])(?:let me|let's|one moment|just a (?:moment|second)|give me a|please (?:arrive|come|be|call|bring|allow)|arrive)(?![\p{L}])/iu,
  tag: /,?\s*(?:is that (?:right|correct|ok(?:ay)?)|right|correct|ok(?:ay)?|yes|yeah|isn't it|aren't you|does that work(?: for you)?|sound good|does that sound (?:right|good)|good)\s*\?$/iu,
  beside:
    /\b(?:open(?:s|ing hours)?|close[sd]?|closing|hours)\b(?=.*\b(?:at|from|until|till|to)\b)|\bopening hours\b/iu,
  vocabulary:
    'booked scheduled rescheduled reserved confirmed secured arranged finalized moved shifted changed switched cancelled canceled removed deleted available taken through calendar appointment booking reservation you it that your noon midnight quarter tomorrow today eastern central mountain pacific'.split(
      ' ',
    ),
  leads: "you're i've we've".split(' '),
  frequent:
    "the you your you're is are i i've for at with to and have we would that it of appointment booked".split(
      ' ',
    ),
  times: {
    numbers: {
      one: 1,
      two: 2,
      three: 3,
      four: 4,
      five: 5,
      six: 6,
      seven: 7,
      eight: 8,
      nine: 9,
      ten: 10,
      eleven: 11,
      twelve: 12,
      fifteen: 15,
      twenty: 20,
      thirty: 30,
      forty: 40,
      'forty-five': 45,
      fifty: 50,
      'oh five': 5,
      'twenty-five': 25,
    },
    before: "at|from|until|till|around|by|by about|to|between|'til",
    after: "o'clock|oclock|o’clock",
    between: '',
    afterBefore: '',
    halfAfter: null,
    halfBefore: { words: 'half past|half', minutes: 30 },
    quarters: { past: 'quarter past|quarter after', to: 'quarter to|quarter of|quarter till' },
    quartersAfter: { past: null, to: null },
    noon: 'noon|midday',
    midnight: 'midnight',
    am: 'a\\.?\\s?m\\.?(?![\\p{L}])|in the morning',
    pm: 'p\\.?\\s?m\\.?(?![\\p{L}])|in the afternoon|in the evening|at night',
    today: 'today|this afternoon|this morning|this evening|tonight',
    tomorrow: 'tomorrow',
    dayAfterTomorrow: 'the day after tomorrow|day after tomorrow',
    of: 'of ',
    ordinal: 'st|nd|rd|th',
  },
};
