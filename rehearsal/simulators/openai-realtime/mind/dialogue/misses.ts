import type { Reply } from '../mind.ts';
import type { Course } from './course.ts';
import { MOMENTS } from './moments.ts';
import { proceed } from './proceed.ts';
import { say } from './replies.ts';

const MOST_TRIES = 3;

/** Speech was there, and nothing of it was recognised. */
export function misheard(course: Course): Reply {
  course.misses++;
  if (givesUpEmail(course)) return goOnWithoutEmail(course);
  if (course.misses === 1) return say(`Sorry, I did not get that. ${course.openQuestion}`);
  const hint = hintFor(course);
  if (course.misses === 2) return say(`Sorry, I still did not get that. ${hint}`);
  return say(
    `I am sorry, I cannot hear you well. ${course.phoneLine === null ? 'You can also type. ' : ''}${hint}`,
  );
}

/** The words are known, and fit nothing the rehearsal can do. */
export function notUnderstood(course: Course): Reply {
  course.misses++;
  if (givesUpEmail(course)) return goOnWithoutEmail(course);
  if (course.misses === 1) return say(`Sorry, I did not understand that. ${course.openQuestion}`);
  return say(`Sorry, I understand simple booking English only. ${hintFor(course)}`);
}

/** There is nothing to type on by phone. */
function hintFor({ expecting, phoneLine }: Course): string {
  const { hint } = MOMENTS[expecting];
  return phoneLine === null ? hint : hint.replace(/ You can also type it\.|, or type it/, '');
}

/** Nobody is asked a fourth time on a line that is narrow for good. */
function givesUpEmail({ phoneLine, expecting, errand, misses }: Course): boolean {
  return phoneLine !== null && expecting === 'email' && errand === 'book' && misses >= MOST_TRIES;
}

function goOnWithoutEmail(course: Course): Reply {
  course.misses = 0;
  course.withoutEmail = true;
  return proceed(course, 'I am sorry, I cannot get the address. Let us go on without it.');
}
