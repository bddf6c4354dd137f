import { wordsOf } from '../dialogue/kind.ts';
import { spokenSentence } from '../dialogue/words.ts';
import { alternatives } from './rules.ts';
import type { Rules } from './rules.ts';

/** What callers say of an appointment that exists. */
export const errandRules: Rules = {
  errand_want:
    "/6/ i need to | /6/ i want to | /5/ i would like to | /3/ i'd like to | /2/ i have to | /2/ can i | /1/ could i | /1/ can you | /1/ could you | /1/ please",
  errand_verb: '/4/ cancel | /4/ reschedule | /4/ move | /2/ change',
  own_appointment: '/8/ my appointment | /0.3/ an appointment | /0.3/ the appointment',
  errand:
    '/6/ <errand_want> <errand_verb> <own_appointment> [<please>] | /2/ <errand_verb> my appointment [<please>] | /5/ <ask_own>',
  ask_own:
    '/4/ do i have an appointment | /4/ when is my appointment | /1/ what time is my appointment | /1/ which day is my appointment | /1/ can you find my appointment | /1/ does <relative> have an appointment | /1/ when is the appointment of <relative>',
  relative: 'my (wife | husband | mother | father | friend | boss | neighbor | son | daughter)',
  unsure:
    "/2/ i don't know | /2/ i do not know | /1/ i don't remember | /1/ i do not remember | /1/ i'm not sure | /1/ i forgot",
  appointment_day:
    "[it is | it's | it was | i think it is | my appointment is | the appointment is] <when>",
  cancel_it: '/3/ [yes] cancel it [<please>] | /1/ yes please cancel it',
  keep_it: "/1/ no keep it | /1/ keep it | /1/ don't cancel it | /1/ no don't cancel it",
  move_it: '/2/ [yes] move it [<please>] | /1/ yes please move it',
  do_it:
    '[i want to | i would like to | please] (cancel | move | reschedule | change) it [<please>]',
};

/** The kinds of appointment by name; none where there is only one. */
export function kindRules(kinds: readonly string[], knowsWord: (word: string) => boolean): Rules {
  const names = kinds
    .flatMap((kind) => [
      spokenSentence(kind).split(' ').filter(knowsWord).join(' '),
      ...wordsOf(kind).filter(knowsWord),
    ])
    .filter((name) => name !== '');
  if (names.length === 0) return {};
  return {
    kind: alternatives(names),
    kind_turn:
      "[it is | it's | this is] [for] [a | an] <kind> [<please>] | <want> [a | an] <kind> [<please>]",
  };
}
