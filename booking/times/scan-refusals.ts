import { rule, type ScanRule } from './scan-rule.ts';
import { WEEKDAY } from './scan-weekdays.ts';
import type { Item } from './items.ts';

const VERY = '(?:(?:really|very|so|too|quite|actually|just|all|that|a|an|the|be) )*';
const FOR_ME = '(?: (?:for|with) (?:me|us|my \\w+))?';
const WORKS = `(?:work|suit|fit)${FOR_ME}(?: (?:me|us|well|out))?`;
const NO_GOOD =
  '(?:bad|out|no good|terrible|awful|impossible|difficult|hard|tricky|tough|full|off)(?: (?:days?|times?|ones?))?';
const GOOD =
  '(?:good|great|possible|ideal|convenient|suitable|best|happening|option|fine|ok|okay)(?: (?:days?|times?|ones?))?';

type Subject = Extract<Item, { type: 'refused' }>['subject'];

function refused(source: string, subject: Subject): ScanRule {
  return rule(`(?:${source})${FOR_ME}`, () => [{ type: 'refused', subject }]);
}

/** "Tuesday doesn't work", "mornings are bad": what was said before is refused. */
const LOOKING_BACK: readonly ScanRule[] = [
  refused(
    `(?:doesnt|does not|isnt going|is not going) (?:to )?${VERY}${WORKS}|(?:isnt|is not|wasnt)(?: going to be)? ${VERY}${GOOD}|(?:is|looks|was) ${VERY}${NO_GOOD}`,
    'one',
  ),
  refused(
    `(?:dont|do not|arent going|are not going) (?:to )?${VERY}${WORKS}|(?:arent|are not)(?: going to be)? ${VERY}${GOOD}|(?:are|look) ${VERY}${NO_GOOD}`,
    'several',
  ),
  refused(
    `(?:wont|will not|wouldnt|would not|not going|cant|cannot|didnt) (?:to )?${VERY}${WORKS}|(?:wont|will not|would not|wouldnt|not going to) be ${VERY}${GOOD}|not ${VERY}(?:good|great|ideal|convenient)(?! on)|no good`,
    'any',
  ),
];

const NO_APPOINTMENTS =
  'no (?:appointments?|slots?|times?|meetings?|openings?)|no(?= (?:mornings|afternoons|evenings|nights|weekends|\\w+days|(?:morning|afternoon|evening|weekend) (?:appointments?|slots?|times?))\\b)';
const EXCEPT =
  'instead of|rather than|except(?:ing)?(?: for)?|with the exception of|excluding|other than|apart from|aside from|outside(?: of)?|besides|(?<=(?:day|time|week|morning|afternoon) )bar|anything but|not (?:so |too |really )?(?:sure|certain) about';
const ANY_DAY_BUT = '(?:any|every|all|whichever|whatever) ?(?:days?|time) (?:but|bar)';
const DO = '(?: (?:do|make)(?: it)?)?';
const CANNOT = `(?:cant|cannot|can not|couldnt|could not|wont|will not|wouldnt|dont|do not|doesnt|didnt|havent|hasnt|isnt|arent|wasnt|aint|not|never)${DO}`;
const BUSY =
  '(?:im |i am |were |we are )?(?:busy|unavailable|booked|tied up|away|out of town|on vacation|on holiday|travell?ing)';
/** Who is "off on fridays" has time then. */
const OUT = `(?:im|i am|were|we are) out(?= (?:(?:on|all|this|next|every) )*(?:${WEEKDAY}|today|tomorrow|week)\\b)`;

const EXCEPTION: Item = { type: 'not', ahead: true };

/** What takes something away, and the words that end what can be taken away. */
export const REFUSAL_RULES: readonly ScanRule[] = [
  ...LOOKING_BACK,
  rule('too (?:early|late|soon|far)|unless|cant wait', (match) => [
    { type: 'odd', word: match[0] },
  ]),
  // "None of those" takes back what was offered, and asks for something else.
  rule('(?:none|neither|not any|nothing) of (?:those|them|these|(?:the|1st|last) \\d)', () => [
    { type: 'correction' },
  ]),
  rule(
    `(?<=\\b(?:any|every) (?:morning|afternoon|evening|night) )but(?= (?:${WEEKDAY}|today|tomorrow)\\b)`,
    () => [EXCEPTION],
  ),
  // "Same time but on thursday" wants Thursday.
  rule('but(?= on\\b)', () => [{ type: 'comma' }]),
  rule(ANY_DAY_BUT, () => [{ type: 'any time' }, EXCEPTION]),
  rule(EXCEPT, () => [EXCEPTION]),
  rule(
    `${NO_APPOINTMENTS}|nothing|none|neither|nor|without|avoid(?:ing)?|skip|hate|(?:dont|do not|wont) have (?:any )?time|dont want|unable|${BUSY}|${OUT}|${CANNOT}`,
    () => [{ type: 'not' }],
  ),
  rule(
    '(?:is|are|would be|sounds?|looks?) (?:(?:really|very|also|just|a) )*(?:fine|good|great|ok|okay|perfect|best|better)|works|(?:would|will|does|could) work',
    () => [{ type: 'accepted' }],
  ),
  // A new question: "that doesn't work do you have anything on friday".
  rule(
    '(?:do|would|could|can) (?:you|we|i) (?:have|do|try|get|come|make)|have you got|(?:is|are) there|lets (?:do|try)',
    () => [{ type: 'accepted' }],
  ),
  rule('if', () => [{ type: 'if' }]),
];

/** Words that leave a "not" standing for what follows: "i can't get there before ten". */
const WAITS =
  /^(?:get|getting|think|believe|keen|happy|love|fan|finish|start|begin|leave|off|out|see|arrive|reach|manage|attend|very|terribly|especially|particularly|looking|hoping|planning|here|home|back|done|until|mean|either|ever|be|all|both|every|meet|visit|now)$/;

/** Words whose "not" says nothing about a time: "not feeling well", "not sure, maybe thursday". */
const HARMLESS =
  /^(?:feeling|feel|hurt|sure|certain|fussy|picky|bothered|urgent|hurry|rush|know|remember|fair)$/;

/** What becomes of a "not" before a word that no rule knows: it waits, is dropped, or is asked about. */
export function notBefore(word: string): 'waits' | 'dropped' | 'odd' {
  if (WAITS.test(word)) return 'waits';
  return HARMLESS.test(word) ? 'dropped' : 'odd';
}
