import { clockOf } from './clock-rules.ts';
import { at, days, limit, type Item } from './items.ts';
import { isTimeWord } from './lexicon.ts';
import {
  ACTS,
  ASKED,
  BE,
  CALM,
  COMES_OUT,
  DOING,
  ENDS,
  ERRANDS,
  HARMLESS,
  LEAVES,
  NOT_HAD,
  OWN,
  STATES,
  VISIT,
  WISHED,
} from './life-words.ts';
import { rules, type TimeMatch } from './symbols.ts';
import { sign } from './word-rules.ts';

const TAKEN = sign('taken');

export const WHO_RULES = rules({
  [`i|we|he|she|they|ill|well|it|who|everyone|everybody|nobody|people
    my|our|the|his|her wife|husband|son|daughter|kid|kids|children|mom|mother|dad|father|boss|
      partner|boyfriend|girlfriend|sister|brother|family|friend|girls|boys|baby|parents|dog|cat|
      twins|team|sitter|babysitter|ride|work|job`]: 'caller',
});

function has(match: TimeMatch): readonly Item[] | null {
  const [next, then] = [match.word(0), match.word(1)];
  if (match.said('it')) return null;
  if (match.said('to'))
    return ERRANDS.has(next) && !/^(?:at|in|home|there|out|gone|done)$/.test(then) ? null : TAKEN;
  if (next === 'appointment' || then === 'appointment') return TAKEN;
  if (/^\d/.test(next) && match.said('a', 'an')) return TAKEN;
  const calm = next === '' || NOT_HAD.has(next) || HARMLESS.has(next) || HARMLESS.has(then);
  return calm || isTimeWord(next) ? null : TAKEN;
}

/** "My flight lands at three": the subject is something of the caller's. */
function ofTheirs(match: TimeMatch): readonly Item[] | null {
  const free =
    /^(?:free|open|available|clear|flexible|off|better|best|fine|good|possible|ok|okay)$/;
  const wished = match.all('word').some((noun) => WISHED.has(noun));
  const calm =
    match.said('is', 'are', 'was', 'were') && [0, 1].some((at) => free.test(match.word(at)));
  return wished || calm ? null : TAKEN;
}

/** The caller's own life: what follows such words is no wish, up to the end of the clause. */
export const LIFE_RULES = rules<readonly Item[]>({
  [`{who} {adverb}? have|has|had|got ${OWN}? / ive|weve|hes|shes|theyve got? ${OWN}?
    <=.|, got ${OWN}? / ${STATES} having ${OWN}?`]: has,
  [`{who} {adverb}? have|has|had {moment} =on|and|,|.|*day|tomorrow|today|this|next
    {who} {adverb}? need|needs|have|has|got to ${LEAVES}
    {who} {adverb}? can|could|will|must|might ${LEAVES}
    {who} be back|home|away|gone|in_town|late|done / im|i_am|were|we_are back|home
    im|i_am up|awake at|by|from|until / ${STATES} on nights|days|call|duty|shift|leave
    ${STATES} {adverb}? working|done|finished|getting_married / im|i_am due on|in|at
    a? morning|night|afternoon|evening person|people / {deed} all =next|this|week|day|*day|morning|
      afternoon`]: TAKEN,
  // What others do, and things.
  [`they|he|she moved|changed|switched|pushed / everyones|nobodys|everybodys home|off|away|out
    {who} wants|want|needs|need|expects me|us / {who} needs the
    something|things came|comes|come up
    my|our|his|her {deed} has|have|had|needs|uses|borrows|takes a|an|the|my|our|me|us|to
    is|are|was|were due / do|does|when|what_time you|they|it close|open|start|begin|finish
    does|when|what_time the|your {word} close|open|start|begin|finish|closes|opens
    my|our birthday|wedding|anniversary|vacation|holiday|shift|lunch|class|exam|meeting|flight|
      interview`]: TAKEN,
  // What was agreed on, and what they call about.
  [`you told|asked|called|texted|said|offered|mentioned / your {word} booked|says|said|told|gave|put
    i|ive booked / booked me / booked for|in|with / have me down / im|i_am|were|we_are down_for
    im|i_am|were|we_are on_the_schedule / im|i_am|were|we_are booked for|in|with
    am i still? on|down|booked|scheduled / is|was my|our ${VISIT} / was it|that / and keep
    its|it_has been / its|it_is on|at|currently / keep the|my / wont|will_not need
    my|our last|next|first|previous|current appointment|visit|cleaning|checkup|session|booking is|
      was|on|at|for
    the? last|first time i|we|it|was|he|she
    call|phone|ring|text|email|send|remind me|us back? / let me|you know|get_back
    get back to you / {who} {adverb}? know|know_more / im|i_am|were|we_are off to
    question|questions|calling|called|asking|text|email|message about
    there_is|theres|there_was a|an|some {deed}`]: TAKEN,
  '<!can|could|may|might|shall|should|would|will|do|did|if|when {who} {adverb}? {word}': (
    match,
  ) => {
    const verb = match.all('word').at(-1) ?? '';
    const wished =
      match.said('ill', 'well', 'will', 'would', 'might', 'it') ||
      /^(?:you|ok|okay|well|then|so|)$/.test(match.word(0));
    // "I take wednesdays off".
    const daysOff = verb.startsWith('take') && isTimeWord(match.word(0));
    return ACTS.has(verb) && !wished && !daysOff ? TAKEN : null;
  },
  '{who} {adverb}? {deed}': ({ get }) =>
    /^(?:desperately|kinda|sorta)$/.test(get('deed')) ? null : TAKEN,
  [`${STATES}|ive_been|weve_been|i_was {adverb}? {deed}`]: ({ get }) =>
    /(?:ing|ed|stuck|gone|abroad)$/.test(get('deed')) && !DOING.has(get('deed')) ? TAKEN : null,
  'i|we|he|she|it {adverb}? was|were / ive|weve been': ({ word }) =>
    DOING.has(word(0)) ? null : TAKEN,
  [`${STATES} {adverb}? in|at|on a|an|the|my? {word}
    in|at meetings|class|work|school|surgery|court
    in|at a|the meeting|class|conference|hospital`]: ({ find, word }) => {
    const calm =
      /^(?:hurry|rush|need|pain|luck|area|town|phone|line|insurance|least|all|first|your|no)$/;
    return calm.test(find('word') ?? '') || calm.test(word(0)) ? null : TAKEN;
  },
  // A break is when they can come as well as when they are taken.
  'my|our|his|her lunch break|hour is|begins|starts|ends|goes': sign('odd'),
  [`my|our|the|his|her|their|every {word} {word}? {word}? ${BE} / <=.|,|because|since {word} ${BE}
    school|class|dinner|lunch|work|practice|church|daycare|breakfast|training ${BE}`]: ofTheirs,
  'my|our|the|his|her {word} {deed} me|us|him|them': ofTheirs,
  'my|our|the|his|her|their {word} {adverb}? {word}? {deed}': (match) =>
    /(?:[^s]s|[^e]ed)$/.test(match.get('deed')) ? ofTheirs(match) : null,
  [`is|was|are my|our|his|her|a|an|the {deed} / <=*day|*days is|are {deed}`]: ({ get }) =>
    CALM.has(get('deed')) ? null : TAKEN,
  'since {group}': ({ get }) => [...TAKEN, days(get('group'))],
  [`${ASKED} my|our|the ${VISIT}|slot is|was|on|at|for|got|has|had`]: TAKEN,
  // "After my shift ends at four" says when they can, whatever it is that ends.
  [`after|once|when my|our|his|her|the {word} {word}? ${ENDS} at|around? {moment}
    after|once|when {who} {adverb}? ${COMES_OUT} {word}? at|around? {moment}`]: ({ get }) => [
    limit(get('moment'), null),
  ],
  [`before my|our|his|her|the {word} {word}? starts|begins|leaves|departs at|around? {moment}
    before {who} {adverb}? start|starts|leave|begin|go {word}? at|around? {moment}`]: ({ get }) => [
    limit(null, get('moment')),
  ],
  'after that|then|it =.|,|on|at|would|is|works|please|*day|tomorrow|next': [
    { type: 'that', bound: 'after' },
  ],
  'before that|then|it =.|,|on|at|would|is|works|please|*day|tomorrow|next': [
    { type: 'that', bound: 'before' },
  ],
  // What is free is no event: "i've got nothing on thursday".
  'i|we have|got nothing|no_plans|no_meetings on|for? / ive|weve got? nothing|no_plans on|for?':
    sign('clause'),
});

/** An appointment there is already, with its day and time. */
function old({ find, all }: TimeMatch): readonly Item[] {
  const [hour] = all('n');
  const clock = find('clock') ?? find('moment') ?? (hour === undefined ? null : clockOf(hour, 0));
  const items = [...all('day').map((day) => days(day)), ...(clock === null ? [] : [at(clock)])];
  return [{ type: 'old', items }];
}

const BOOKED = 'appointment|slot|visit|booking|session|meeting|one';

/** The appointment there is already, and where a clause begins. */
export const CLAUSE_RULES = rules<readonly Item[]>({
  [`move|change|reschedule|switch|push|shift|swap|postpone|cancel|transfer|moving|changing|
      rescheduling|cancelling|canceling|moved|bring|bump`]: sign('move'),
  [`my|our {day} at? {clock} ${BOOKED}? / my|our {day} {part}? ${BOOKED}?
    my|our {clock} ${BOOKED}?
    i|we had {day} / i|we have|had {day} at {moment}`]: old,
  '<!to|and drop the|my / take|took me|us|him|her off': sign('move'),
  'trade|swap|exchange my|our|the {group} for': ({ get }) => [
    { type: 'move' },
    days(get('group')),
    { type: 'to' },
  ],
  'my|our {n} =appointment|slot|to': (match) => (match.get('n') < 13 ? old(match) : null),
  [`so|because|since_i|since_my|therefore|cause|cuz|though|although|while|however|then
    id|i_would like|love|prefer|rather|want / i|we want|need|prefer
    and|but need|needs|want|hope|would_like|would_love
    can|could|would|may|will you|i|we|it|that / please|do_you|would_you|are_you|is_it|lets|say
    im|i_am free|available|open|good|flexible|after`]: sign('clause'),
  // "The two o'clock, can that be a three o'clock".
  '<!or can|could that|it|this be|become': sign('correction'),
});
