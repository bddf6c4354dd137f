import type { Listening } from '../mind.ts';
import { ordinalWords } from '../number-words.ts';
import type { Course } from './course.ts';
import { tellingWords } from './host.ts';
import { wordsOf } from './kind.ts';
import { MOMENTS } from './moments.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { clockWords, spokenSentence } from './words.ts';

/** What the ears may make use of: what was asked for, and the words it is likely answered with. */
export function listeningFor(course: Course): Listening {
  const { expecting, name } = course;
  const { spelled = null, likely } = MOMENTS[expecting];
  if (spelled !== null) return { spelled, offered: spelled === 'email' ? nameWords(name) : [] };
  const slots = expecting === 'which-appointment' ? course.found : course.offered;
  const offered = [
    ...slots.flatMap(spokenSlot),
    ...course.kinds.flatMap(wordsOf),
    ...course.hosts.flatMap(tellingWords),
    ...(likely ?? []),
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
  return [weekday, `${month} ${ordinalWords(day)}`, clockWords(hour, minute)];
}
