import type { Reply } from '../mind.ts';
import type { Course, Expecting } from './course.ts';
import { say } from './replies.ts';

const HINTS: Record<Expecting, string> = {
  wish: 'Please say a day, for example: next Tuesday afternoon.',
  answer: 'Please say the day you mean, for example: Tuesday.',
  choice: 'Please say, for example: the second one.',
  name: 'Please say your first and last name, or spell it.',
  email: 'Please say, for example: mary dot smith at example dot com. You can also type it.',
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
  if (course.misses === 1) return say(`Sorry, I did not get that. ${course.openQuestion}`);
  const hint = HINTS[course.expecting];
  if (course.misses === 2) return say(`Sorry, I still did not get that. ${hint}`);
  return say(`I am sorry, I cannot hear you well. You can also type. ${hint}`);
}

/** The words are known, and fit nothing the rehearsal can do. */
export function notUnderstood(course: Course): Reply {
  course.misses++;
  if (course.misses === 1) return say(`Sorry, I did not understand that. ${course.openQuestion}`);
  return say(`Sorry, I understand simple booking English only. ${HINTS[course.expecting]}`);
}
