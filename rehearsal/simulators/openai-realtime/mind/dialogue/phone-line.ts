import type { Conversation, Reply } from '../mind.ts';
import type { Course } from './course.ts';
import { call, say } from './replies.ts';

/** What is special to a call by phone; null on the web. */
export interface PhoneLine {
  /** The last digits of the number that the caller calls from, as they are read out; null where it is withheld. */
  ending: string | null;
}

const KEY_IN = 'Please key in the phone number, and the hash key at the end.';

/** Only a phone has keys; what is known of the number stands in the instructions. */
export function readPhoneLine({ tools, instructions }: Conversation): PhoneLine | null {
  if (!tools.some(({ name }) => name === 'expect_keys')) return null;
  const ending = /\bcall from is known and ends in (\d(?: \d)*)/.exec(instructions)?.[1];
  return { ending: ending ?? null };
}

/** "the number you are calling from, ending in 0 1 2 3"; null where it is withheld, and on the web. */
export function lineNumber({ phoneLine }: Course): string | null {
  const ending = phoneLine?.ending ?? null;
  return ending === null ? null : `the number you are calling from, ending in ${ending}`;
}

/** Asks for a phone number by keys, once the line was told what they will be. */
export function askForKeys(course: Course, lead = ''): Reply {
  course.expecting = 'keys';
  course.openQuestion = KEY_IN;
  return call(
    { name: 'expect_keys', arguments: { purpose: 'phone_number', digits: null } },
    lead === '' ? null : say(lead).say,
  );
}

/** What was pressed; null when the message is something else. */
export function readKeys(text: string): string | null {
  return /^\[keys: (\S+)\]$/.exec(text)?.[1] ?? null;
}
