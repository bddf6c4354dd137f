/**
 * What sentences do, whatever the call is about: each act with the phrases that tell it, parted by ` ;`. In a phrase
 * `(a|b)` is either, `[a]` may be missing, `*` is up to four words, `^` and `$` are the sentence's ends.
 */
const PHRASES = {
  no: `
    ^no(?! (?:problem|worries)) ; ^(nope|nah|wrong|incorrect|not|never|neither|negative|unfortunately|almost) ;
    (that's|that is|it's|it is|this is|is) (not|wrong|incorrect|no good) ;
    (don't|do not) (book|want|do|cancel|move|think so) ; (not|never) (right|correct|yet|really|quite) ;
    (isn't|wasn't) (right|correct|true) ; rather not ; afraid not ; on second thought ;
    (it|that|this) (doesn't|won't|does not|will not) ; (keep|leave) (it|that|the appointment) ;
    (fine|leave it|keep it|stay|stays|good) as it is ; (can't|cannot) (do|make) (that|it|this) ;
    (it's|is|are|all|everything's) (wrong|incorrect) ; (?<!why |or |if )(no|not|don't|do not|let's not)$ ;
    (no|not|don't|do not) (please|thanks|thank you)$ ; (stop|scrap that|i can't)$ ;
    (absolutely|definitely|certainly|probably|maybe|perhaps|of course|sure|hell) (no|not)`,
  declines: `^(no|nope) [no|thank you|thanks|i'm fine|i'm good] [thanks|thank you]$`,
  nothing: `nothing`,
  both: `(both|all of them|all of those)`,
  again: `(again|once more|one more time)`,
  yes: `
    ^(yes|yeah|yep|yup|yah|ya|sure|okay|ok|alright|correct|right|exactly|perfect|absolutely|definitely|certainly|fine|great|lovely|wonderful|excellent|indeed|sounds|sound|looks|works|awesome|cool|confirmed|yea|proceed) ;
    ^please$ ; ^good(?! (?:morning|afternoon|evening|day)) ;
    (all|quite|everything) [is|looks|sounds] (right|correct|good|fine) ;
    (one|ones|time|day|thirty|m|everything|all|which) is [just|all|quite] (right|correct|fine|good|great|perfect|okay|ok|ideal) ;
    (that's|that is|it's|it is|would be|that'd be|this is) [just|all|quite|absolutely|okay and] (right|correct|fine|good|great|perfect|lovely|okay|ok|ideal|the one) ;
    (go ahead|go for it|please do|of course|by all means|for sure|you got it|why not) ;
    (sounds|looks|works) [just|all] (good|great|fine|right|perfect|for me) ;
    (that|this|it) [one|time] (works|suits|will do|sounds|looks) ;
    (that|this|it|which) (will|would|should|can|could) [all] (do|work|be (fine|great|good|okay|ok|perfect|right)) ;
    that'll (do|work|be fine) ; (i can|i could|can) do (that|it) ;
    (i'm|i am) [all] (good|fine|okay|happy|ready|pretty sure|sure|in) ; (exactly|precisely|just) what i ;
    (that's|that is|that was) what i ;
    (details|information|date|that|everything) (are|is) (correct|right|confirmed|good|fine) ;
    (have|got) (it|that|them|everything) right ; (please|just) (try|proceed|confirm) ; ^try (it|that) ;
    please and thank you ; ^(affirmative|aye|mhm|spot on|you bet|lock it in|confirm|i suppose) ;
    (you can|may|can) (proceed|confirm|book) ;
    (let's|let us|please|can you|you can|and|to) (do|book|take) (it|that|this) ; ^(book|do|take) (it|that|this) ;
    i'll take (it|that)$ ; i'd like (it|that)$ ; i (confirm|agree|guess so|think so|suppose so|guess|am sure)$ ;
    i'm sure$ ; ^i said (yes|sure|okay) ; no (problem|worries)`,
  goodbye: `
    (goodbye|good bye|bye|bye-bye|hang up|end the call|see (you|ya)|take care) ; have a (nice|good|great) ;
    (that's|that is|that'll be|that will be|that was|that would be) (all(?! (?:right|correct|fine|good))|everything) ;
    nothing else ; (i'll be|i will be) there ; looking forward ;
    (never ?mind|forget it|forget about it|i'm done|i am done|changed my mind|wrong number) ;
    all set [thanks|thank you]$ ; (don't|do not) (want|need) (it|that|this|an appointment) (any ?more|after all) ;
    (call|ring) [you] (back later|another time|again later|some other time)`,
  done: `(that's|that is|that'll be|that will be|that was) it`,
  repeat: `
    (repeat|pardon|come again|say again) ; say (that|it|those|this|them) (again|once more|one more time) ;
    (what|who) (did you say|were (they|those|these|the options)) ; what was that ;
    (what|which) [day|time|one|name|date] (was|is) (that|it) [again]$ ;
    (read|spell) (that|it|them) [back] (again|to me|back) ;
    ^(what|which) (name|e-mail|email|address|number|time|day|date) (do|did|have|was|is) ;
    (what|when) (was|is) (the|that) (time|day|date) [again]$ ;
    (did not|didn't|don't|couldn't|can't) (understand|hear|catch) (that|you|it|what) ;
    (did not|didn't|don't|couldn't) [quite] get that ; is (that|it) the one ; ^(sorry|what|huh)$`,
  wait: `
    (wait|hold on|hang on)$ ; (wait|hold on|hang on) [just|for] (a|one) (moment|second|sec|minute) ;
    (just a|just one|give me a|need a) [quick] (moment|minute|second|sec) ; ^(one|a) (moment|minute|second|sec) ;
    (hold on|hang on) (it's|it is|i'm|i need|let me|please) ; let me (think|see|check|look) ; need to (think|check)`,
  hail: `[are you] still (there|here) ; can you [still] hear me ; (anybody|anyone) there`,
  hello: `^(hi|hello|hey|good (morning|afternoon|evening)) [there|again|everyone]$`,
  thanks: `(thank|thanks|thankful|appreciate|appreciated|grateful|(you're|you are) the best)`,
  pleased: `
    ^(great|perfect|awesome|wonderful|lovely|excellent|cool|fantastic|super|nice) ;
    ^(very|so) (good|nice|well|cool|kind) ;
    ^(that's|that is|that was|you're|you are|you were|you've been) [very|so|really] (great|nice|easy|good|perfect|wonderful|kind|helpful|a (great|big|good))`,
  wantsMore: `^(yes|yeah|yep|yup|sure|please|i do|i'd like)`,
  unsure: `
    (don't|do not|can't|cannot|didn't) [really|quite] (know|remember|recall|say) ;
    (didn't|did not|don't|haven't) (get|have|find|got|receive) (it|one|any|a code) ;
    (not sure|forgot|no idea|no clue)`,
  whoever: `
    any (of (them|those|these)|one) [is|are|will|would] ; ^(either|whichever|whatever) ; you (pick|choose|decide) ;
    (doesn't|does not|don't|do not) [really] (matter|mind|care) ;
    (all the same|no preference|i'm easy|i am easy|i'm flexible|i am flexible|surprise me)`,
  soonest: `
    (as soon as|soonest|asap|right away|straight away|next available|first available|earliest) ;
    (next|first) (free|possible|appointment|time|slot|opening|spot) ;
    (any ?time|any day|whenever|whichever is first|whatever is (first|free)|whatever you have) ; what do you have ;
    ^(what times|when are you free) ; (when|what) is (the next|the soonest|free|available) ;
    (what's|what is) (the|your) (next|soonest|earliest|first) ; (don't|do not) care|i'm flexible|am flexible ;
    ^anything [is fine|works]$`,
  later: `(?<!you |ya |back |call )later ; too early`,
  earlier: `(earlier|sooner|too late)`,
  more: `what else ; (more|other) (times|options|slots|choices)`,
  other: `
    (none|neither|something else|anything else) ; (another|different|other) (one|ones|day|time|date|week|times|days) ;
    not (that|this|any) [one|time|day|of] ;
    (doesn't|does not|don't|do not|won't|will not|didn't) [really] (work|suit|fit) ;
    (can't|cannot|can not) [really] (do|make) (any|either|those|these|that|it|them) ; no good`,
  book: `
    (appointment|appointments|booking|book|schedule|reserve|slot|opening|reservation|haircut|consultation|visit|meeting) ;
    (come in|get in|fit me in|squeeze me in|be seen|a time) ; see (the|a|your|someone|somebody|dr) ;
    (need|want|see|find|go to|get to|search for|visit) * (doctor|dentist|therapist|hairdresser|barber|lawyer|nurse)`,
  another: `
    (new|another|second|separate|additional|extra) (appointment|booking|visit|slot) ;
    (one more|another one|a second one) ; (book|make|schedule) (an|a) [new|quick|short|long] appointment`,
  cancel: `
    (cancel|call off) (my|our|his|her|their|the|an|a|that) * (appointment|booking|visit|meeting|slot|reservation) ;
    (have|need|want|like|wish) to cancel ; (please|and|so|just|can i|could i) cancel ; ^cancel$`,
  cancelIt: `(cancel|call off|get rid of) (it|that|this|everything|that one)`,
  move: `
    (move|change|postpone|reschedule|rebook|push|shift|switch|bring) (my(?! mind)|our|an|the|his|her|their|that) * (appointment|booking|visit|meeting|slot) ;
    (reschedule|postpone|rebook)`,
  moveIt: `
    (move|change|push|shift|switch|put|bring) (it|that|this) ;
    (make|have|do) (it|that) * (instead|later|earlier|sooner)$`,
  find: `
    (do|does|did) (i|we|he|she|my \\S+|(?!you|they)\\S+ \\S+) [still] have (an|any|my|his|her|their|the) appointments? ;
    (when is|when was|when's|what time is|what time was|what time did|which day is|what day is|what day was|when did) (my|our|his|her|their|the|it|we) * (appointment|booking|again|say|visit) ;
    (am|are) (i|we) [all] (booked|set|confirmed) ; (did|have) you [already] (book|booked|make|made) (it|that|me|my) ;
    (find|check|look up|confirm|remind me) * (my|our|his|her|the|when) * (appointment|booking|come in) ;
    (can't|cannot|won't be able to|not able to) (make|make it to|come to|keep|attend) (my|our) * (appointment|booking|visit)`,
  person: `
    (speak|talk) (to|with) (a|the|an|one|some|someone|somebody|anyone|whoever|whoever's|any) ;
    (put|get|connect|transfer|patch) me [through|over|to] * (person|human|someone|somebody|doctor|operator|agent|reception|staff|receptionist|manager) ;
    (put|connect|transfer) me (through|over) ;
    ^[an|a|the] (operator|agent|representative|receptionist|human|person) [please]$`,
  message: `
    (leave|take|pass on|give|pass) [you|them|on|along|him|her] (a|my|this) message ;
    (give me a call|give me a ring|get back to me) ;
    (someone|somebody|anybody|them|him|her|they|he|she) [to|please|can|could] (call|ring|phone) me ;
    ^[please] (tell|let) (the|them|him|her|dr|doctor|someone|somebody|your)`,
  code: `(mail|send|e-?mail|text) (me|the|a|it|that) * code ; code instead`,
  without: `
    (don't|do not|haven't|have not) (have|got|use|own) [got] (an|any|one|e-?mail) ;
    (rather not|don't want to|prefer not to) (say|give|tell|share) ; no e-?mail`,
  otherNumber: `
    (another|different|other|office|work|home|mobile|cell) [phone] number ; a different one ;
    not (this|that|my) number`,
  thisNumber: `(this|same|that) number ; (one|number) (i'm|i am) calling from`,
  who: `(robot|computer|machine|recording|real person|artificial|who are you|who is this|what can you do) ; ^help$`,
  question: `
    ^(where|who|why(?! not)|how (much|many|long|old|far|big|do)) ;
    ^(do|does|can|will|are|is) (they|he|she)(?! have an? (appointment|opening|slot)) ;
    ^(do|does|can|will|are|is) (you|your|the) (take|accept|speak|offer|know|validate|charge|provide|sell|treat|open) ;
    ^(is|are) (there|that|it|this) [any|a|free] (parking|confidential|safe|free|expensive|refundable|far) ;
    ^[in] (which|what) (bus|way|floor|train|city|town) ; ^what (are|is) (they|he|she) ;
    (what|when|where) (is|are|do|does) (your|the|you) * (address|hours|price|prices|fee|fees|cost|costs|rates|open|close|weather|phone number|located|like) ;
    (what's) (your|the) (address|price|weather) ;
    (what|what's|where|tell|give|get|find|know|there|can i have|may i have|need|what is|send|provide) * (their|there|the|your|this|her|his|a) * (address|location|located|rating|rated|phone|telephone|contact number|number) ;
    ^[also] (the|their|your) (address|phone number|number|location)$ ;
    (where|how|what number) can i (contact|reach|find|get to) ;
    ^is (it|this|that|there) an? (unisex|telephone|lift|elevator|place|good) ;
    (unisex|rating|phone number of|contact number) ;
    (parking|insurance|opening hours|your hours|spanish|what day is it|what day is today)`,
  remark: `
    (it's|it is|this is) (for|about|just|only|because|regarding) (my|a|the|an|our|me) ;
    (i've|i have) (been|had|never|seen) ; (i'm|i am) (new|an existing|an old) ;
    (never|already) (been|told|said|gave) ; there('s|s| is| are) (two|three|four|just|only) of us ;
    (hurts|killing me|pain|ache|fever|sick) ; questions`,
} satisfies Record<string, string>;

export type Act = keyof typeof PHRASES;

const PATTERNS = new Map(
  Object.entries(PHRASES).map(([act, phrases]) => [act, phrases.split(' ;').map(patternOf)]),
);

/** A yes that a "not" behind it does not take back: "yes, if the other is not free". */
const CLEAR_YES =
  /^(?:yes|yeah|yep|yup|sure|correct|that's (?:right|correct|fine|good))\b(?!.*\b(?:but|wait|actually|no|not|not yet|don't|wrong|incorrect)\b(?! (?:problem|worries|free|too)\b))/;

/** Words a sentence may begin with, whatever it does. */
const OPENING =
  /^(?:(?:um|uh|er|erm|hmm|mm|ah|oh|well|so|and|but|then|hey|hi|hello|there|listen|look|you know|i think|i guess|i mean|good (?:morning|afternoon|evening)|sorry|excuse me|actually|please|great|thank you|thanks) )+/;

/** A yes before something else: "okay, but how much is it". */
const AGREEING = /^(?:(?:yes|yeah|okay|ok|sure|alright|fine|right|great|perfect) )+/;

/** Whether one of these sentences, as they would be spoken in lower case, does something. */
export function does(sentences: readonly string[], act: Act): boolean {
  const whole = sentences.join(' ');
  if (act === 'no' && CLEAR_YES.test(whole)) return false;
  const forms = [whole, ...sentences].flatMap((form) => {
    const core = form.replace(OPENING, '');
    return [form, core, core.replace(AGREEING, '').replace(OPENING, '')];
  });
  return PATTERNS.get(act)?.some((pattern) => forms.some((form) => pattern.test(form))) ?? false;
}

function patternOf(phrase: string): RegExp {
  const source = phrase
    .trim()
    .replace(/\((?!\?)/g, '(?:')
    .replaceAll(' *', '(?: \\S+){0,4}')
    .replace(/ \[([^\]]+)\]/g, '(?: (?:$1))?')
    .replace(/\[([^\]]+)\] /g, '(?:(?:$1) )?');
  return new RegExp(`(?<!\\S)(?:${source})(?!\\S)`);
}
