import type { Reply } from '../mind.ts';
import type { Course, Expecting } from './course.ts';
import { proceedMessage } from './leave-message.ts';
import { proceed } from './proceed.ts';

const FEWEST_DIGITS = 7;
const YES_OR_NO: readonly Expecting[] = [
  'confirmation',
  'retry',
  'cancel-confirmation',
  'anything-else',
  'message-offer',
  'callback',
];

/**
 * Takes in the keys that were pressed: a phone number, or where a question is open its answer.
 *
 * @returns the reply, or the words that the keys stand for; null when they fit nothing.
 */
export function hearKeys(course: Course, keys: string): Reply | { words: string } | null {
  const digits = keys.replaceAll(/\D/g, '');
  if (digits.length >= FEWEST_DIGITS) {
    if (course.errand === 'message') {
      course.callback = digits;
      return proceedMessage(course);
    }
    course.phone = digits;
    return proceed(course);
  }
  if (YES_OR_NO.includes(course.expecting)) {
    if (keys === '1') return { words: 'yes' };
    if (keys === '2') return { words: 'no' };
  }
  const chosen = course.offered[Number(keys) - 1];
  if (course.expecting === 'choice' && chosen !== undefined) {
    course.chosen = chosen;
    return proceed(course);
  }
  return null;
}
