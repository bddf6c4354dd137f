import type { Reply } from '../mind.ts';
import type { Course } from './course.ts';
import { call, say } from './replies.ts';

const KEY_IN = 'Please key in the phone number, and the hash key at the end.';

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
