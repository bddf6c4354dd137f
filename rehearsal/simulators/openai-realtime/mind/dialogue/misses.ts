import type { Reply } from '../mind.ts';
import type { Course, Expecting } from './course.ts';
import { proceed } from './proceed.ts';
import { say } from './replies.ts';

const MOST_TRIES = 3;

const HINTS: Record<Expecting, string> = {
  wish: 'Please say a day, for example: next Tuesday afternoon.',
  answer: 'Please say the day you mean, for example: Tuesday.',
  choice: 'Please say, for example: the second one.',
  name: 'Please say your first and last name, or spell it.',
  email: 'Please say, for example: mary dot smith at example dot com. You can also type it.',
  keys: 'Please press the digits of the phone number, and the hash key at the end.',
  'message-offer': 'Please say yes or no.',
  message: 'Please say, for example: please call me back tomorrow.',
  callback: 'Please say yes or no.',
  also: 'Please say it shortly, or type it.',
  confirmation: 'Please say yes or no.',
  change: 'Please say: the time, the name, or the e-mail address.',
  retry: 'Please say yes or no.',
  'appointment-day': 'Please say the day of the appointment, for example: Thursday.',
  'which-appointment': 'Please say, for example: the second one.',
  'appointment-action': 'Please say: move it, cancel it, or no.',
  'cancel-confirmation': 'Please say yes or no.',
  'anything-else': 'Please say no, or which day you would like.',
};

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
  const hint = HINTS[expecting];
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
