import type { Listening } from '../mind.ts';
import { addressRules } from './address-rules.ts';
import { personRules } from './person-rules.ts';
import { writeGrammar } from './rules.ts';
import type { Rules } from './rules.ts';

type Spelled = NonNullable<Listening['spelled']>;

const TURNS: Record<Spelled, string> = {
  name: '<name>',
  email: '<address_turn>',
  number: '[<number_lead>] <digits>',
};

const COMMON: Rules = {
  please: 'please',
  number_lead: "it is | it's | my number is | the number is | you can reach me at",
  digits: '/1/ <said_digit> | /0.8/ <said_digit> <digits>',
  said_digit: '/10/ <digit> | /1/ double <digit> | /0.3/ triple <digit>',
};

const NO_NAMES =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|yes|no)$/;

/** The name is what was offered last; times that were offered before it are none. */
function nameAmong(offered: readonly string[]): string {
  const words = offered.filter((each) => !each.includes(' ') && !NO_NAMES.test(each));
  return words.slice(-2).join(' ');
}

/**
 * What to listen for where something is spelled. `offered`: words of the caller's name lie among
 * them when an address is asked for, and most addresses are made of the name.
 */
export function spelledGrammar(
  spelled: Spelled,
  offered: readonly string[],
  knowsWord: (word: string) => boolean,
): string {
  return writeGrammar(TURNS[spelled], {
    ...COMMON,
    ...personRules(knowsWord),
    ...addressRules(nameAmong(offered), knowsWord),
  });
}
