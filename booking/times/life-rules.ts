import { days, type Item } from './items.ts';
import { isTimeWord } from './lexicon.ts';
import { rules, type TimeMatch } from './symbols.ts';
import { sign } from './word-rules.ts';

const TAKEN: readonly Item[] = [{ type: 'taken' }];
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const WHO_RULES = rules({
  'i|we|he|she|they|ill|well|it|who': () => 'caller',
  'my|our|the|his|her wife|husband|son|daughter|kid|kids|children|mom|mother|dad|father|boss|partner|boyfriend|girlfriend|sister|brother|family|friend|girls|boys|baby|parents|dog|cat|twins|team':
    () => 'theirs',
});

/** What callers have that takes no time of theirs. */
const HARMLESS = words(
  'question questions problem time preference toothache pain cold fever headache slot request issue idea feeling chance referral emergency cavity rash cough opening free',
);
/** What callers "have to" do with us, and what they do while they call. */
const ERRANDS = words(
  'move change reschedule cancel book make see get find come schedule ask check say speak talk switch push have be bring',
);
const DOING = words(
  'calling looking hoping trying wondering thinking planning needing wanting interested asking going having seeking inquiring booking aiming leaning feeling experiencing phoning ringing writing texting checking getting considering requesting scheduling rescheduling told interested just not meaning',
);
/** What an appointment is asked for with. */
const ASKED = words(
  'book make schedule want like have need move change reschedule cancel switch push bring swap shift moving changing take get postpone instead of set with',
);
/** Subjects that tell of a wish. */
const WISHED = words(
  'can could may might will would must should preference choice best ideal preferred schedule calendar time day first earliest only thing number phone email address wish availability that this what there it everything anything one slot doctor dentist office and or to on at is are was name names for appointment booking visit',
);
const BE =
  'is|are|was|were|will_be|begins|starts|ends|finishes|lands|leaves|arrives|departs|closes|opens|runs|expire|expires|run|start|end|begin|close|land|arrive|depart|leave|come|comes|visit|visits|hurt|hurts|started|began|broke|fell|lasts|goes|gets';
const STATES = 'im|i_am|were|we_are|ill_be|hes|shes|theyre|well_be|i_will_be';

function has(match: TimeMatch): readonly Item[] | null {
  const [next, then] = [match.word(0), match.word(1)];
  if (match.said('to'))
    return ERRANDS.has(next) && !/^(?:at|in|home|there|out|gone|done)$/.test(then) ? null : TAKEN;
  if (next === 'appointment' || then === 'appointment') return TAKEN;
  if (/^\d/.test(next) && match.said('a', 'an')) return TAKEN;
  return HARMLESS.has(next) || HARMLESS.has(then) || isTimeWord(next) ? null : TAKEN;
}

/** "My flight lands at three": the subject is something of the caller's. */
function ofTheirs(match: TimeMatch): readonly Item[] | null {
  const free =
    /^(?:free|open|available|clear|flexible|off|better|best|fine|good|possible|ok|okay)$/;
  const wished = match.all('word').some((noun) => WISHED.has(noun));
  return wished || free.test(match.word(0)) || free.test(match.word(1)) ? null : TAKEN;
}

/** The caller's own life: what follows such words is no wish, up to the end of the clause. */
export const LIFE_RULES = rules<readonly Item[]>({
  '{who} {adverb}? have|has|had|got a|an|another|some|my|to|the|our|this / ive|weve|hes|shes|theyve got a|an|another|some|my|to|the|our|this / ive|weve a|an|another|some|my|to|the|our':
    has,
  '{who} {adverb}? have|has|had|got school|class|classes|work|meetings|practice|lessons|training|soccer|football|church|surgery|therapy|rehearsal|court|guests|visitors|company|plans|dinner|lunch|swimming|ballet|piano|calls|exams|finals|kids|something|stuff / ive|weve got school|class|classes|work|meetings|plans|something|stuff':
    () => TAKEN,
  '{who} {adverb}? {deed}': ({ get }) =>
    /^(?:desperately|kinda|sorta)$/.test(get('deed')) ? null : TAKEN,
  '{who} {adverb}? get|gets|got|getting off|out|home|back|done|married|up|paid / {who} {adverb}? need|needs|have|has|got to leave|pick|drop|catch|head|get_to|get_home|get_back|work|travel|be_at|be_out|be_gone|be_home|be_back|be_done / you told|asked|called|texted / {who} needs|need me|us / {who} needs the / is|was my|our appointment|booking|visit|reservation / i|we|ive booked / booked for|in|with / im|i_am|were|we_are booked for|in|with / have me down / the? last|first time i|we|it|was|he|she / do|does|when|what_time you|they|it close|open|start|begin|finish / does|when|what_time the|your {word} close|open|start|begin|finish|closes|opens / {who} be back|home|away|gone|in_town / {who} {adverb}? work|works|working|worked / {who} go|goes|went back|to_work|away|home / {who} {adverb}? pick|picks|drop|drops up|off|my|the / {who} {adverb}? take|takes my|our|him|her / {who} {adverb}? take|takes the {deed} / im|i_am|were|we_are back|home / call|phone|ring|text|email me|us / ill|well|id be back|home|away|gone|in_town|late|done / something|things came|comes|come up':
    () => TAKEN,
  [`${STATES}|ive_been|weve_been|i_was {adverb}? {deed}`]: ({ get }) =>
    get('deed').endsWith('ing') && !DOING.has(get('deed')) ? TAKEN : null,
  [`${STATES} {adverb}? in|at|on a|an|the|my? {word} / in|at meetings|class|work|school|surgery|court / in|at a|the meeting|class|conference|hospital`]:
    (match) => {
      const calm =
        /^(?:hurry|rush|need|pain|luck|area|town|phone|line|insurance|least|all|first|your|no)$/;
      return calm.test(match.find('word') ?? '') || calm.test(match.word(0)) ? null : TAKEN;
    },
  'i|we|he|she {adverb}? was|were / ive|weve been': ({ word }) =>
    DOING.has(word(0)) ? null : TAKEN,
  [`my|our|the|his|her {word} {word}? ${BE} / school|class|dinner|lunch|work|practice|church|daycare|breakfast|training ${BE}`]:
    ofTheirs,
  [`${STATES} getting married|divorced|paid / ${STATES} {adverb}? working / my|our last|next|first|previous|current appointment|visit|cleaning|checkup|session|booking is|was|on|at|for / there_is|theres|there_was a|an|some {deed} / is|was my|our|his|her|a|an {deed}`]:
    (match) =>
      /^(?:preference|choice|favorite|favourite|chance|way|possibility|must|go|no)$/.test(
        match.find('deed') ?? '',
      )
        ? null
        : TAKEN,
  'since {group}': ({ get }) => [
    { type: 'taken' },
    { type: 'days', days: { atoms: get('group') } },
  ],
  'my|our birthday|wedding|anniversary|vacation|holiday|shift|lunch|class|exam|meeting|flight|interview':
    () => TAKEN,
  'my|our|the appointment|booking|visit|slot|reservation is|was|on|at|for|got|has|had': ({
    word,
  }) => (ASKED.has(word(-1)) ? null : TAKEN),
  // What is free is no event: "i've got nothing on thursday".
  'i|we have|got nothing|no_plans|no_meetings on|for? / ive|weve got? nothing|no_plans on|for?':
    sign('clause'),
});

function old(match: TimeMatch): readonly Item[] {
  const [day, clock, hour] = [match.find('day'), match.find('clock'), match.find('n')];
  const at = clock ?? (hour === undefined ? undefined : { hour, minute: 0, sure: null });
  const time: Item[] =
    at === undefined ? [] : [{ type: 'time', time: { sort: 'at', clock: at, around: false } }];
  return [{ type: 'old', items: [...(day === undefined ? [] : [days(day)]), ...time] }];
}

const VISIT = 'appointment|slot|visit|booking|session|meeting|one';

/** The appointment there is already, and where a clause begins. */
export const CLAUSE_RULES = rules<readonly Item[]>({
  'move|change|reschedule|switch|push|shift|swap|postpone|cancel|transfer|moving|changing|rescheduling|cancelling|canceling|moved|bring':
    sign('move'),
  [`my|our {day} at? {clock} ${VISIT}? / my|our {day} {part}? ${VISIT}? / my|our {clock} ${VISIT}?`]:
    old,
  'my|our {n}': (match) =>
    /^(?:appointment|slot|to)$/.test(match.word(0)) && match.get('n') < 13 ? old(match) : null,
  'so|because|since_i|since_my|therefore|cause|cuz|though|although|while|however|then / id|i_would like|love|prefer|rather|want / i|we want|need|prefer / can|could|would|may|will you|i|we|it|that / please|do_you|would_you|are_you|is_it|lets|say / im|i_am free|available|open|good|flexible':
    sign('clause'),
});
