import type { Reply } from '../mind.ts';
import type { Course } from './course.ts';
import { MOMENTS } from './moments.ts';
import { proceed } from './proceed.ts';
import { say } from './replies.ts';

const MOST_TRIES = 3;

/** Speech was there, and nothing of it was recognised. */
export function misheard(course: Course): Reply {
  return missed(course, 'did not get', 'still did not get');
}

/** The words are known, and fit nothing the rehearsal can do. */
export function notUnderstood(course: Course): Reply {
  return missed(course, 'did not understand', 'still do not understand');
}

function missed(course: Course, once: string, again: string): Reply {
  course.misses++;
  const { phoneLine, expecting, errand, misses, openQuestion } = course;
  // Nobody is asked a fourth time on a line that is narrow for good.
  const isAddress = phoneLine !== null && expecting === 'email' && errand === 'book';
  if (isAddress && misses >= MOST_TRIES) {
    Object.assign(course, { misses: 0, withoutEmail: true });
    return proceed(course, 'I am sorry, I cannot get the address. Let us go on without it.');
  }
  if (misses === 1) return say(`Sorry, I ${once} that. ${openQuestion}`);
  const typing = misses > 2 && phoneLine === null ? 'You can also type.' : '';
  return say(`Sorry, I ${again} that. ${typing} ${hintFor(course)}`);
}

/** There is nothing to type on by phone. */
function hintFor({ expecting, phoneLine }: Course): string {
  const { hint } = MOMENTS[expecting];
  return phoneLine === null ? hint : hint.replace(/ You can also type it\.|, or type it/, '');
}
