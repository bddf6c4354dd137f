import type { Reply } from '../mind.ts';
import { askAnotherTime } from './booking-answers.ts';
import { readChoice } from './choice.ts';
import type { Course } from './course.ts';
import { lastVersion } from './heard.ts';
import type { Heard } from './heard.ts';
import { readHost } from './host.ts';
import { readKind } from './kind.ts';
import { readLength } from './length.ts';
import { readOfferedSlot } from './offered-slot.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { proceed } from './proceed.ts';
import { listSlots, offer } from './replies.ts';
import { combineWishes, readWish, wishFor } from './wish.ts';
import type { Wish } from './wish.ts';

const ASKS_FOR_MORE =
  /\b(?:what about|how about|do you have|is there|anything(?! but)|something)\b/;
/** "The second but later": around the one that is named. */
const COMPARED =
  /\b(?:but|or|only|than|bit|little|slightly) (?:\w+ )?(?:later|earlier|sooner)\b|\b(?:later|earlier|sooner) than\b|\btoo (?:early|late)\b/;

/**
 * Takes in a sentence that chooses an offered time or wishes for others: at any moment of the
 * call, because minds change. Null when the sentence is not about time.
 */
export function hearTime(course: Course, heard: Heard): Reply | null {
  if (repeatsChoice(course, heard)) return null;
  const kind = hearKind(course, heard);
  if (kind !== null) return kind;
  const option = hearOption(course, heard);
  if (option !== null) return listSlots(course, option);
  return hearChoice(course, heard) ?? hearWish(course, heard);
}

/** "Yes, two thirty on Tuesday" names the chosen time once more. */
function repeatsChoice({ chosen, offered, expecting }: Course, heard: Heard): boolean {
  if (expecting !== 'confirmation' || chosen === null || !heard.does('yes')) return false;
  const choice = readChoice(heard.text, offered);
  if (choice.kind === 'several') return choice.slots.includes(chosen);
  return choice.kind === 'slot' && choice.slot.id === chosen.id;
}

/** What the appointment is for, with whom, and how long it shall be. */
function hearKind(course: Course, { text, sentence }: Heard): Reply | null {
  if (course.errand !== 'book') return null;
  const kind = readKind(course.kinds, sentence);
  const minutes = readLength(sentence, course.question);
  if (minutes !== null) course.minutes = minutes;
  const host = readHost(course.hosts, sentence);
  const isOther = host !== null && host !== (course.host ?? 'anybody');
  if (host !== null) course.host = host === 'anybody' ? null : host;
  const isNew = isOther || (kind !== null && kind !== course.event);
  if (kind !== null) course.event = kind;
  const asked = course.expecting === 'answer' || course.offered.length > 0;
  if (asked && (isNew || (minutes !== null && course.expecting === 'answer'))) {
    return listSlots(course, readWish(text) ?? course.wish);
  }
  return null;
}

/** Which of the readings that a question names is meant: "Do you mean Tuesday, November 24, or …?" */
function hearOption({ question, expecting, wish }: Course, heard: Heard): Wish | null {
  if (question === null || expecting !== 'answer') return null;
  const asked = question.slice(question.lastIndexOf('. ') + 1).match(OPTION) ?? [];
  const options = [...new Set(asked)].map((option) => readOfferedSlot(option, option));
  const choice = readChoice(lastVersion(heard.text), options);
  const [only, ...others] = options;
  const isAgreed = heard.does('whoever') || (others.length === 0 && heard.does('yes'));
  const chosen = choice.kind === 'slot' ? choice.slot : isAgreed ? only : undefined;
  if (chosen === undefined) return null;
  const time = chosen.timeLabel === '' ? readWish(heard.text)?.time || (wish?.time ?? '') : '';
  return { words: `${chosen.label} ${time}`.trim(), day: chosen.label, time };
}

const OPTION = /\b[A-Z]\w+day, [A-Z]\w+ \d{1,2}(?:, \d{4})?(?: at \d{1,2}(?::\d\d)? [AP]M)?/g;

function hearChoice(course: Course, heard: Heard): Reply | null {
  const { offered, expecting } = course;
  const [first] = offered;
  if (first === undefined) return null;
  const isAsked = expecting === 'choice';
  const asksForMore = ASKS_FOR_MORE.test(heard.sentence) || !isAsked;
  const choice = readChoice(lastVersion(heard.text), offered);
  const isRejected = /\bnot (?:that|this)\b/.test(heard.sentence);
  const compared = COMPARED.test(heard.sentence) ? readDirection(heard) : null;
  if (choice.kind === 'slot' && compared !== null) {
    return listSlots(course, beyond([choice.slot], compared));
  }
  if (choice.kind === 'slot' && !isRejected && (choice.exact || !asksForMore)) {
    return choose(course, choice.slot);
  }
  const refuses = heard.does('other') && !heard.does('goodbye');
  if (isAsked && heard.does('whoever') && !refuses) {
    return choose(course, (choice.kind === 'several' ? choice.slots[0] : first) ?? first);
  }
  if (readWish(heard.text) === null) {
    const more = readDirection(heard) ?? (isAsked && heard.does('more') ? 'later' : null);
    if (more !== null) return listSlots(course, beyond(offered, more));
    if (refuses) return askAnotherTime(course, 'All right.');
  }
  if (choice.kind !== 'several' || asksForMore) return null;
  course.offered = choice.slots;
  return offer(course, '');
}

/** "That is too late" asks for something earlier. */
export function readDirection(heard: Heard): 'later' | 'earlier' | null {
  if (heard.does('earlier')) return 'earlier';
  return heard.does('later') ? 'later' : null;
}

function hearWish(course: Course, heard: Heard): Reply | null {
  const wish = readWish(heard.text);
  if (wish === null) return heard.does('soonest') ? listSlots(course, null) : null;
  // "That is all for today" and "see you on Tuesday" wish for nothing.
  const isOver = /^(?:all )?today$/i.test(wish.words) || course.expecting === 'anything-else';
  if (isOver && (heard.does('goodbye') || heard.does('done'))) return null;
  return listSlots(course, combineWishes(dayContext(course), wish));
}

function choose(course: Course, slot: OfferedSlot): Reply {
  course.chosen = slot;
  return proceed(course);
}

/** The day that is talked about: that of the offer, when it has one, else that of the last wish. */
function dayContext({ offered, wish, subject, errand }: Course): Pick<Wish, 'day'> | null {
  const [first] = offered;
  if (first === undefined && wish === null && errand === 'reschedule' && subject !== null) {
    return { day: subject.dateLabel };
  }
  if (first === undefined || first.timeLabel === '') return wish;
  return isOneDay(offered) ? { day: first.dateLabel } : wish;
}

/** "Something later" said of times from one day means later that day; of several days, after the last. */
export function beyond(slots: readonly OfferedSlot[], direction: 'later' | 'earlier'): Wish {
  const edge = direction === 'later' ? slots.at(-1) : slots[0];
  if (edge === undefined) return wishFor(direction);
  const word = direction === 'later' ? 'after' : 'before';
  const sameDay = isOneDay(slots) && edge.timeLabel !== '';
  return wishFor(
    sameDay ? `${edge.dateLabel} ${word} ${edge.timeLabel}` : `${word} ${edge.dateLabel}`,
  );
}

function isOneDay(slots: readonly OfferedSlot[]): boolean {
  return slots.every(({ dateLabel }) => dateLabel === slots[0]?.dateLabel);
}
