import type { Course } from '../dialogue/course.ts';
import { addressRules } from './address-rules.ts';
import { bookingRules } from './booking-rules.ts';
import { choiceRules } from './choice-rules.ts';
import { dayRules } from './day-rules.ts';
import { errandRules, kindRules } from './errand-rules.ts';
import { personRules } from './person-rules.ts';
import { weighted, writeGrammar } from './rules.ts';
import { phoneRules } from './phone-rules.ts';
import { smallTalkRules } from './small-talk-rules.ts';

const CHANGE =
  '[change | i want to change | i would like to change] the (time | day | date | name | e-mail | e-mail address) [is wrong] | nothing | the name is wrong';

/**
 * What to listen for now. What was asked weighs most; a change of mind and asides weigh little,
 * because each further sentence is one more to be mistaken for.
 */
export function stateGrammar(course: Course, knowsWord: (word: string) => boolean): string {
  const spokenOf = course.expecting === 'which-appointment' ? course.found : course.offered;
  const choosable = spokenOf.filter((slot) => slot.timeLabel !== '');
  const kinds = kindRules(course.kinds, knowsWord);
  const rules = {
    ...dayRules,
    ...bookingRules('kind' in kinds),
    ...errandRules,
    ...kinds,
    ...smallTalkRules,
    ...phoneRules,
    ...personRules(knowsWord),
    ...addressRules(course.name, knowsWord),
    ...(choosable.length > 0 ? choiceRules(choosable) : {}),
    change: CHANGE,
    correction: '[no] [actually | rather] <wish> [instead]',
  };
  const choice = choosable.length > 0 ? '<choice>' : null;
  const refuse = choosable.length > 0 ? '<refuse>' : null;
  const kind = 'kind' in kinds ? '<kind_turn>' : null;
  const sentences = [
    ...turn(course, { choice, refuse, kind }),
    ...(course.expecting === 'message' ? [] : byPhone(course)),
  ];
  return writeGrammar(weighted(sentences), rules);
}

/** What is said at any moment, where it can be done. */
function byPhone({ phoneLine, tools, expecting }: Course): [weight: number, phrase: string][] {
  if (phoneLine === null) return [];
  const isOpen = expecting === 'wish' || expecting === 'anything-else';
  const message: [number, string] = [isOpen ? 2 : 0.3, '<leave_message>'];
  return [[isOpen ? 3 : 0.5, '<person_wish>'], ...(tools.has('take_message') ? [message] : [])];
}

function turn(
  course: Course,
  { choice, refuse, kind }: Record<'choice' | 'refuse' | 'kind', string | null>,
): [weight: number, phrase: string | null][] {
  switch (course.expecting) {
    case 'wish':
    case 'answer':
      return [
        [12, '<wish>'],
        [6, '<open_wish>'],
        [4, '<errand>'],
        [course.expecting === 'answer' ? 12 : 1, kind],
        [0.5, choice],
        [1, '<aside>'],
        [0.3, '<yes>'],
        [0.3, '<no>'],
      ];
    case 'choice':
      return [
        [16, choice],
        [3, refuse],
        [1.5, '<correction>'],
        [0.5, '<soonest>'],
        [0.3, '<errand>'],
        [0.5, '<aside>'],
        [1, '<yes>'],
        [1, '<no>'],
      ];
    case 'name':
      return [
        [20, '<name>'],
        [0.5, choice],
        [0.5, '<errand>'],
        [1, '<aside>'],
        [0.3, '<yes>'],
      ];
    case 'email':
      return [
        [20, '<address_turn>'],
        [1, course.errand === 'book' ? null : '<unsure>'],
        [0.5, '<errand>'],
        [1, '<aside>'],
        [0.3, '<yes>'],
        [0.3, '<no>'],
      ];
    case 'also':
      return [
        [6, '<yes>'],
        [6, '<no>'],
        [4, '<when>'],
        [2, '<full_name>'],
        [2, '<number>'],
        [0.5, '<aside>'],
      ];
    case 'confirmation':
      return [
        [10, '<yes>'],
        [10, '<no>'],
        [4, course.errand === 'reschedule' ? '<move_it>' : null],
        [0.2, '<errand>'],
        [1.5, choice],
        [1, '[no] [actually] ' + (choice ?? '<wish>')],
        [0.5, refuse],
        [0.5, '<correction>'],
        [0.3, '<aside>'],
        [0.3, '<change>'],
        [1, course.phoneLine === null ? null : '<other_number>'],
      ];
    case 'keys':
      return [
        [10, '<digits>'],
        [1, '<yes>'],
        [0.5, '<aside>'],
      ];
    case 'message-offer':
      return [
        [10, '<yes>'],
        [10, '<no>'],
        [1, '<aside>'],
      ];
    case 'message':
      return [[10, '<message_text>']];
    case 'callback':
      return [
        [10, '<yes>'],
        [10, '<no>'],
        [3, '<other_number>'],
        [0.5, '<aside>'],
      ];
    case 'change':
      return [
        [6, '<change>'],
        [6, '<correction>'],
        [2, choice],
        [1, refuse],
        [1, '<yes>'],
        [1, '<no>'],
        [0.5, '<aside>'],
      ];
    case 'retry':
      return [
        [10, '<yes>'],
        [10, '<no>'],
        [1, '<wish>'],
        [0.5, '<aside>'],
      ];
    case 'anything-else':
      return [
        [10, '<no>'],
        [6, '<goodbye>'],
        [4, '<yes>'],
        [2, '<wish>'],
        [2, '<open_wish>'],
        [3, '<errand>'],
        [1, '<aside>'],
      ];
    case 'appointment-day':
      return [
        [20, '<appointment_day>'],
        [2, '<unsure>'],
        [0.5, '<errand>'],
        [1, '<aside>'],
        [0.3, '<no>'],
      ];
    case 'which-appointment':
      return [
        [16, choice],
        [1, '<no>'],
        [0.5, '<errand>'],
        [1, '<aside>'],
      ];
    case 'appointment-action':
      return [
        [10, '<do_it>'],
        [6, '<errand>'],
        [8, '<no>'],
        [2, '<yes>'],
        [2, '<aside>'],
      ];
    case 'cancel-confirmation':
      return [
        [10, '<yes>'],
        [10, '<no>'],
        [6, '<cancel_it>'],
        [3, '<keep_it>'],
        [2, '<do_it>'],
        [0.3, '<errand>'],
        [0.3, '<aside>'],
      ];
  }
}
