import { FAMILY_NAMES, GIVEN_NAMES, LETTER_WORDS } from './common-names.ts';
import { LETTER_A } from '../ears/letter-a.ts';
import { alternatives, commonFirst } from './rules.ts';
import type { Rules } from './rules.ts';

/** Names and spelling. `knowsWord` leaves out what the dictionary cannot hear. */
export function personRules(knowsWord: (word: string) => boolean): Rules {
  return {
    given_name: commonFirst(GIVEN_NAMES.filter(knowsWord)),
    family_name: commonFirst(FAMILY_NAMES.filter(knowsWord)),
    letter: alternatives([LETTER_A, ...'bcdefghijklmnopqrstuvwxyz'.split('')]),
    // Each further letter costs something: noise between spelled letters is not one of them.
    letters: '/1/ <letter> | /0.4/ <letter> <letters>',
    letter_word: alternatives(LETTER_WORDS.filter(knowsWord)),
    clear_letter: '<letter> (as in | for | like) <letter_word>',
    name_lead:
      "/6/ my name is | /2/ the name is | /1/ it is | /2/ it's | /2/ i am | /2/ i'm | /2/ this is",
    spelled_lead:
      "[that is | that's] spelled | i spell it | it is spelled | it's spelled | let me spell it | my (last | first) name is spelled | that is | that's",
    full_name: '/6/ <given_name> <family_name> | /0.1/ <given_name>',
    name: '/12/ [<name_lead>] <full_name> [<please>] | /4/ [<name_lead> | <spelled_lead>] <spelled_name>',
    // A letter that is made clear may stand among others: "c as in charlie, o, o, p, e, r".
    spelled_name: '/3/ <letter> <letter> <letters> | /1/ <clear_letter>+ [<letters>]',
  };
}
