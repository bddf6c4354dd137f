import type { Listening } from '../mind.ts';
import { numberWords, ordinalWords } from '../number-words.ts';
import type { Course, Expecting } from './course.ts';
import { wordsOf } from './kind.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { spokenSentence } from './words.ts';

const SPELLED: Partial<Record<Expecting, Listening['spelled']>> = {
  name: 'name',
  email: 'email',
  keys: 'number',
};

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const YES_OR_NO = ['yes', 'no'];
const ASKED_FOR: Partial<Record<Expecting, readonly string[]>> = {
  wish: DAYS,
  answer: DAYS,
  'appointment-day': DAYS,
  confirmation: YES_OR_NO,
  retry: YES_OR_NO,
  'message-offer': YES_OR_NO,
  callback: YES_OR_NO,
  'cancel-confirmation': YES_OR_NO,
  'anything-else': YES_OR_NO,
  change: ['the time', 'the name', 'the address'],
  'appointment-action': ['move it', 'cancel it', 'no'],
};

/** What the ears may make use of: what was asked for, and the words it is likely answered with. */
export function listeningFor(course: Course): Listening {
  const { expecting, name } = course;
  const spelled = SPELLED[expecting] ?? null;
  if (spelled !== null) return { spelled, offered: spelled === 'email' ? nameWords(name) : [] };
  const slots = expecting === 'which-appointment' ? course.found : course.offered;
  const offered = [
    ...slots.flatMap(spokenSlot),
    ...course.kinds.flatMap(wordsOf),
    ...(ASKED_FOR[expecting] ?? []),
  ];
  return { spelled, offered: [...new Set(offered)] };
}

/** Most addresses have the name in them. */
function nameWords(name: string | null): string[] {
  return name === null ? [] : spokenSentence(name).split(' ');
}

/** "tuesday", "november twenty fourth", "two thirty"; nothing of a label in another form. */
function spokenSlot({ timeLabel, weekday, month, day, hour, minute }: OfferedSlot): string[] {
  if (timeLabel === '') return [];
  const minutes =
    minute === 0 ? '' : minute < 10 ? ` oh ${numberWords(minute)}` : ` ${numberWords(minute)}`;
  return [weekday, `${month} ${ordinalWords(day)}`, `${numberWords(hour)}${minutes}`];
}
