import { LETTER_A } from '../ears/letter-a.ts';
import { alternatives, weighted } from './rules.ts';
import type { Rules } from './rules.ts';

const DOMAINS = 'gmail example yahoo hotmail outlook icloud aol proton live'.split(' ');
const LOCAL_WORDS = 'info contact office mail hello sales support me home work'.split(' ');

/**
 * Spoken e-mail addresses. A caller who gave a name mostly has it in the address, so the ears
 * expect the usual ways to join its words first; others are spelled or put together.
 */
export function addressRules(name: string | null, knowsWord: (word: string) => boolean): Rules {
  const own = ownLocals(name, knowsWord);
  const spelled = ownSpelled(name);
  return {
    ...(own === null ? {} : { own_local: own }),
    ...(spelled === null ? {} : { own_spelled: spelled }),
    joint: '/6/ dot | /2/ underscore | /2/ dash | /1/ hyphen | /0.5/ period | /0.5/ point',
    digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine',
    tens: 'twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety',
    number: '/5/ <digit>+ | /1/ <tens> [<digit>] | /0.5/ nineteen <tens> [<digit>]',
    local_word: alternatives(LOCAL_WORDS.filter(knowsWord)),
    local: '<local_name> [[<joint>] <number>]',
    local_name: weighted([
      [20, own === null ? null : '<own_local>'],
      [6, spelled === null ? null : '<own_spelled>'],
      [own === null ? 8 : 0.5, '<given_name> [[<joint>] <family_name>]'],
      [1, '<local_word>'],
      [4, '<letters> [<joint> (<letters> | <family_name>)]'],
    ]),
    domain_name: `/10/ (${alternatives(DOMAINS.filter(knowsWord))}) | /0.3/ <letter> <letter>+`,
    domain: '<domain_name> (dot | point) (/10/ com | /2/ org | /2/ net | /0.5/ me | /0.5/ edu)',
    address_lead:
      "/6/ my (e-mail | email) [address] is | /2/ it is | /2/ it's | /1/ the (e-mail | email) [address] is | /1/ you can reach me at",
    address: '<local> at <domain>',
    address_turn: '[<address_lead>] <address> [<please>]',
  };
}

function namesOf(name: string | null): [first: string | undefined, last: string | undefined] {
  const words = (name ?? '').toLowerCase().match(/[a-z]+/g) ?? [];
  return [words[0], words.length > 1 ? words.at(-1) : undefined];
}

/** mary.smith, mary, smith, m.smith, smith.mary */
function ownLocals(name: string | null, knowsWord: (word: string) => boolean): string | null {
  const [first, last] = namesOf(name).map((word) =>
    word !== undefined && knowsWord(word) ? word : undefined,
  );
  if (first === undefined || last === undefined) return first ?? last ?? null;
  const initial = letterWord(first.charAt(0));
  return weighted([
    [6, `${first} [<joint>] ${last}`],
    [2, first],
    [1, last],
    [2, `${initial} [<joint>] ${last}`],
    [1, `${last} [<joint>] ${first}`],
  ]);
}

/** The name letter by letter: m s m i t h, m a r y, each whole or its beginning. */
function ownSpelled(name: string | null): string | null {
  const [first, last] = namesOf(name);
  if (first === undefined) return null;
  const spelled = [first, ...(last === undefined ? [] : [`${first.charAt(0)}${last}`, last])];
  const whole = last === undefined ? [] : [`${lettersOf(first)} [<joint>] ${lettersOf(last)}`];
  const parts = spelled.filter((word) => word.length > 2).map(beginnings);
  return alternatives([...whole, ...parts]) || null;
}

function lettersOf(word: string): string {
  return word.split('').map(letterWord).join(' ');
}

function beginnings(word: string): string {
  const letters = word.split('').map(letterWord);
  const tail = letters.slice(3).reduceRight((rest, letter) => `[${letter} ${rest}]`, '');
  return `${letters.slice(0, 3).join(' ')} ${tail}`.trim();
}

function letterWord(letter: string): string {
  return letter === 'a' ? LETTER_A : letter;
}
