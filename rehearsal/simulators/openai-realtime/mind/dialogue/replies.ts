import type { Reply } from '../mind.ts';
import type { Course, Expecting, ToolCall } from './course.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { spellOut } from './spelling.ts';
import type { Wish } from './wish.ts';

/** Times a caller can keep in mind when they are read out. */
const SPOKEN_TIMES = 5;

/** Says something and asks a question; `expecting` is how the answer will be understood. */
export function ask(course: Course, expecting: Expecting, question: string, lead = ''): Reply {
  course.expecting = expecting;
  course.openQuestion = question;
  return say(`${lead} ${question}`);
}

/** Asks for the name or the address, and forgets the one that there was. */
export function askAnew(
  course: Course,
  part: 'name' | 'email',
  question: string,
  lead = '',
): Reply {
  course[part] = null;
  return ask(course, part, question, lead);
}

export function say(text: string): Reply {
  return { say: text.replace(/\s+/g, ' ').trim(), calls: [] };
}

export function call(toolCall: ToolCall, text: string | null = null): Reply {
  return { say: text, calls: [toolCall] };
}

/** Asks the calendar for times; a null wish is for the soonest. */
export function listSlots(course: Course, wish: Wish | null): Reply {
  if (!course.tools.has('list_available_slots')) return cannotBook(course);
  course.wish = wish;
  course.question = null;
  course.chosen = null;
  course.offered = [];
  course.expecting = 'wish';
  const takes = course.tools.get('list_available_slots');
  const event = course.event ?? course.subject?.event ?? null;
  return call({
    name: 'list_available_slots',
    arguments: {
      when: wish?.words ?? null,
      range_days: null,
      ...(takes?.has('event') === true ? { event } : {}),
      ...(takes?.has('with') === true ? { with: course.host ?? course.subject?.host ?? null } : {}),
      // What is moved stays as long as it is.
      ...(takes?.has('duration_minutes') === true
        ? { duration_minutes: course.minutes ?? course.subject?.duration ?? null }
        : {}),
    },
  });
}

/** "the number you are calling from, ending in 0 1 2 3"; null where it is withheld, and on the web. */
export function lineNumber({ phoneLine }: Course): string | null {
  const ending = phoneLine?.ending ?? null;
  return ending === null ? null : `the number you are calling from, ending in ${ending}`;
}

/** Asks for a phone number: by keys where the line has some, once it was told what they will be. */
export function askForNumber(course: Course, lead = ''): Reply {
  if (!course.tools.has('expect_keys')) {
    return ask(course, 'keys', 'What is your phone number, with the country code?', lead);
  }
  course.expecting = 'keys';
  course.openQuestion = 'Please key in the phone number, and the hash key at the end.';
  return call(
    { name: 'expect_keys', arguments: { purpose: 'phone_number', digits: null } },
    lead === '' ? null : say(lead).say,
  );
}

export const ANYTHING_ELSE = 'Is there anything else I can do for you?';

export function cannotBook(course: Course): Reply {
  const lead = 'I am sorry, I cannot see the calendar in this call, so I cannot book anything.';
  return ask(course, 'anything-else', ANYTHING_ELSE, lead);
}

/** Reads the offered times out, each date once. */
export function offer(course: Course, lead: string): Reply {
  const [only, ...others] = course.offered;
  if (only === undefined)
    return ask(course, 'wish', 'Which other day or time would suit you?', lead);
  const question = others.length === 0 ? 'Would that suit you?' : 'Which one suits you?';
  const times = `${listOf(course.offered.slice(0, SPOKEN_TIMES).map(nameSlot))}${saidZone(course)}`;
  course.expecting = 'choice';
  course.openQuestion = `I have ${times}. ${question}`;
  return say(`${lead} I have ${times}. ${question}`);
}

/** The same for the answer to a wish: "For Tuesday, November 24 I have 1:00 PM or 4:00 PM." */
export function offerFor(course: Course, asked: string): Reply {
  const [first] = course.offered;
  if (first === undefined)
    return offer(course, asked === '' ? '' : `I found nothing for ${asked}.`);
  const oneDate = course.offered.every((slot) => slot.dateLabel === first.dateLabel);
  if (!oneDate || first.timeLabel === '') {
    return offer(course, course.wish === null || asked === '' ? '' : `For ${asked}:`);
  }
  const exact = asked.includes(':');
  const day = asked.startsWith(first.dateLabel) && !exact ? asked : first.dateLabel;
  const reply = offer(course, '');
  const times = course.openQuestion.replaceAll(`${first.dateLabel} at `, '');
  course.openQuestion = `For ${day}${day.includes(', in ') || day.split(',').length > 2 ? ',' : ''} ${times}`;
  return { ...reply, say: course.openQuestion };
}

/** Reads a spoken name back with its spelling; a typed one is right as it stands. */
export function thankFor(name: string, via: 'audio' | 'text'): string {
  if (via === 'text') return `Thank you, ${name}.`;
  return `Thank you, ${name}, spelled ${name.split(' ').map(spellOut).join(' ')}.`;
}

/** Reads back what a booking was told to be read back, before anything is booked. */
export function readBack(name: string, email: string | null): string {
  const address = email === null ? '' : `, and the address ${email}`;
  return `I have ${name}, spelled ${name.split(' ').map(spellOut).join(' ')}${address}.`;
}

export function goodbye(course: Course): Reply {
  const farewell = 'Thank you for calling. Goodbye.';
  course.expecting = 'anything-else';
  course.openQuestion = ANYTHING_ELSE;
  if (!course.tools.has('end_call')) return say(farewell);
  return call({ name: 'end_call', arguments: {} }, farewell);
}

/** The calendar's labels name the zone where it is not the caller's own: then it is said, once. */
function saidZone({ offered, timeZone }: Course): string {
  const named = offered.every(
    ({ label, timeLabel }) => timeLabel !== '' && label.includes(timeZone),
  );
  return timeZone !== '' && named ? ` ${timeZone}` : '';
}

/**
 * A date is said where it changes: "Tuesday, November 24 at 1:00 PM, 2:30 PM, or Friday, …", and with whom
 * it is behind the last time with them.
 */
export function nameSlot(slot: OfferedSlot, index: number, slots: readonly OfferedSlot[]): string {
  if (slot.timeLabel === '') return slot.label;
  const isLastWith = slot.host !== null && slots[index + 1]?.host !== slot.host;
  const time = `${slot.timeLabel}${isLastWith ? ` with ${slot.host}` : ''}`;
  const repeats = slots[index - 1]?.dateLabel === slot.dateLabel;
  return repeats ? time : `${slot.dateLabel} at ${time}`;
}

/** "one, two, or three" */
export function listOf(names: readonly string[], joint: 'or' | 'and' = 'or'): string {
  if (names.length <= 2) return names.join(` ${joint} `);
  return `${names.slice(0, -1).join(', ')}, ${joint} ${names.at(-1)}`;
}
