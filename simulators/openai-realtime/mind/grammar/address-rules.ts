import { alternatives, weighted } from './rules.ts';
import type { Rules } from './rules.ts';

const DOMAINS = [
  'gmail',
  'example',
  'yahoo',
  'hotmail',
  'outlook',
  'icloud',
  'aol',
  'proton',
  'live',
];
const LOCAL_WORDS = 'info contact office mail hello sales support me home work'.split(' ');

/**
 * Spoken e-mail addresses. A caller who gave a name mostly has it in the address, so the ears
 * expect the usual ways to join its words first; others are spelled or put together.
 */
export function addressRules(name: string | null, knowsWord: (word: string) => boolean): Rules {
  const words = (name ?? '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && knowsWord(word));
  const [first] = words;
  const last = words.length > 1 ? words.at(-1) : undefined;
  const own =
    first === undefined
      ? null
      : last === undefined
        ? first
        : `/6/ ${first} [<joint>] ${last} | /2/ ${first} | /1/ ${last} | /2/ ${first.charAt(0)} [<joint>] ${last} | /1/ ${last} [<joint>] ${first}`;
  return {
    ...(own === null ? {} : { own_local: own }),
    joint: '/6/ dot | /2/ underscore | /2/ dash | /1/ hyphen | /0.5/ period | /0.5/ point',
    digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine',
    tens: 'twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety',
    number: '/5/ <digit>+ | /1/ <tens> [<digit>] | /0.5/ nineteen <tens> [<digit>]',
    local_word: alternatives(LOCAL_WORDS.filter(knowsWord)),
    local: '<local_name> [[<joint>] <number>]',
    local_name: weighted([
      [20, own === null ? null : '<own_local>'],
      [own === null ? 8 : 0.5, '<given_name> [[<joint>] <family_name>]'],
      [1, '<local_word>'],
      [4, '<letter>+ [<joint> (<letter>+ | <family_name>)]'],
    ]),
    domain_name: `/10/ (${alternatives(DOMAINS.filter(knowsWord))}) | /0.3/ <letter> <letter>+`,
    domain: '<domain_name> (dot | point) (/10/ com | /2/ org | /2/ net | /0.5/ me | /0.5/ edu)',
    address_lead:
      "/6/ my (e-mail | email) [address] is | /2/ it is | /2/ it's | /1/ the (e-mail | email) [address] is | /1/ you can reach me at",
    address: '<local> at <domain>',
    address_turn: '[<address_lead>] <address> [<please>]',
  };
}
