import type { Reply } from '../mind.ts';
import { readRefusal } from './answers.ts';
import { readChoice } from './choice.ts';
import type { Course } from './course.ts';
import { readKind } from './kind.ts';
import { proceed } from './proceed.ts';
import { ask, listSlots, offer } from './replies.ts';
import { combineWishes, readWish, wantsSoonest } from './wish.ts';
import { spokenSentence } from './words.ts';

const ASKS_FOR_MORE = /\b(?:what about|how about|do you have|is there|anything|something)\b/;

/**
 * Takes in a sentence that chooses an offered time or wishes for others: at any moment of the
 * call, because minds change. Null when the sentence is not about time.
 */
export function hearTime(course: Course, text: string): Reply | null {
  const sentence = spokenSentence(text);
  const kind = course.errand === 'book' ? readKind(course.kinds, sentence) : null;
  if (kind !== null && kind !== course.event) {
    course.event = kind;
    const asked = course.expecting === 'answer' || course.offered.length > 0;
    if (asked) return listSlots(course, readWish(text) ?? course.wish);
  }
  if (course.question !== null && course.expecting === 'answer') {
    const option = readOption(course.question, sentence);
    if (option !== null)
      return listSlots(course, {
        day: option,
        time: readWish(text)?.time || (course.wish?.time ?? ''),
      });
  }
  if (wantsSoonest(sentence) && readWish(text) === null) return listSlots(course, null);
  const rejected = /\bnot (?:that|this|the)\b/.test(sentence);
  const choice = readChoice(text, course.offered);
  const asksForMore = ASKS_FOR_MORE.test(sentence) || course.expecting !== 'choice';
  if (choice.kind === 'slot' && !rejected && (choice.exact || !asksForMore)) {
    course.chosen = choice.slot;
    return proceed(course);
  }
  const refusal = course.offered.length === 0 ? null : readRefusal(sentence);
  const wish = readWish(text);
  if (refusal === 'later' || refusal === 'earlier') {
    if (wish === null) return listSlots(course, { day: '', time: beyondOffer(course, refusal) });
  } else if (refusal === 'other' && wish === null) {
    course.chosen = null;
    return ask(course, 'wish', 'Which other day or time would suit you?', 'All right.');
  }
  if (choice.kind === 'several' && !asksForMore) {
    course.offered = choice.slots;
    return offer(course, '');
  }
  return wish === null ? null : listSlots(course, combineWishes(dayContext(course), wish));
}

/** The day that is talked about: that of the offer, when it has one, else that of the last wish. */
function dayContext(course: Course): { day: string; time: string } | null {
  const [first] = course.offered;
  if (first !== undefined && first.timeLabel !== '') {
    const oneDate = course.offered.every((slot) => slot.dateLabel === first.dateLabel);
    return oneDate ? { day: first.dateLabel, time: '' } : course.wish;
  }
  return course.wish;
}

/** "Something later" said of times from one day means later that day; of several days, after the last. */
function beyondOffer(course: Course, direction: 'later' | 'earlier'): string {
  const edge = direction === 'later' ? course.offered.at(-1) : course.offered[0];
  if (edge === undefined) return direction;
  const word = direction === 'later' ? 'after' : 'before';
  const oneDate = course.offered.every((slot) => slot.dateLabel === edge.dateLabel);
  return oneDate && edge.timeLabel !== ''
    ? `${edge.dateLabel} ${word} ${edge.timeLabel}`
    : `${word} ${edge.dateLabel}`;
}

/** Which of the days a question names ("… Tuesday, November 24, or Wednesday, November 25?") is meant. */
function readOption(question: string, sentence: string): string | null {
  const asked = question.slice(question.lastIndexOf('. ') + 1);
  const options = [...new Set(asked.match(/\b[A-Z]\w+day, [A-Z]\w+ \d{1,2}\b/g) ?? [])];
  if (/\b(?:first|former) one\b|^the first$/.test(sentence)) return options[0] ?? null;
  if (/\b(?:second|last|latter) one\b|^the second$/.test(sentence)) return options.at(-1) ?? null;
  const named = options.filter((option) => {
    const [weekday = '', date = ''] = spokenSentence(option).split(/ (.*)/);
    const day = date.replace(/^\w+ /, '');
    return sentence.includes(weekday) || new RegExp(`\\b${day}\\b`).test(sentence);
  });
  return named.length === 1 ? (named[0] ?? null) : null;
}
