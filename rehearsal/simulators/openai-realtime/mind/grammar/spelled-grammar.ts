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
    ...addressRules(offered.join(' '), knowsWord),
  });
}
