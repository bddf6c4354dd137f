import type { Reply } from '../mind.ts';
import { forgetAppointment } from './course.ts';
import type { Course } from './course.ts';
import type { FoundAppointment } from './offered-slot.ts';
import {
  ANYTHING_ELSE,
  ask,
  askForNumber,
  call,
  cannotBook,
  lineNumber,
  listOf,
  listSlots,
  nameSlot,
} from './replies.ts';
import { combineWishes } from './wish.ts';
import type { Wish } from './wish.ts';

/** Goes on with what is still missing: a day, a time, the name, the e-mail address, a yes. */
export function proceed(course: Course, lead = ''): Reply {
  if (course.errand === 'message') return proceedMessage(course, lead);
  if (course.errand !== 'book') return proceedErrand(course, lead);
  const { chosen, name, email, phone } = course;
  if (chosen === null) return askForTime(course, 'Which day would suit you?', lead);
  if (name === null) return ask(course, 'name', 'What is your name?', lead || `${chosen.label}.`);
  if (email === null && !course.withoutEmail) {
    return ask(course, 'email', 'And what is your e-mail address?', lead);
  }
  if (email === null && phone === null) return askForNumber(course, lead);
  const open = unanswered(course);
  if (open !== undefined) return ask(course, 'also', `One more question: ${open}`, lead);
  const contacts = [email, phoneWords(course)].filter((contact) => contact !== null);
  const summary = `${inZone(course, chosen.label)}, for ${name}, ${contacts.join(', ')}. Shall I book it?`;
  return ask(course, 'confirmation', summary, lead);
}

function phoneWords(course: Course): string | null {
  const { phone, phoneLine } = course;
  if (phone === 'caller') return lineNumber(course);
  if (phone === null) return null;
  return `phone ${phoneLine === null ? phone : phone.split('').join(' ')}`;
}

/** What the calendar asks and the caller has yet to answer. */
export function unanswered({ alsoAsked, answers }: Course): string | undefined {
  return alsoAsked.find((asked) => !answers.some(({ question }) => question === asked));
}

/** Ends what the caller was about, with the words that say how. */
export function conclude(course: Course, lead: string): Reply {
  forgetAppointment(course);
  return ask(course, 'anything-else', ANYTHING_ELSE, lead);
}

/** "Move it to four": on the same day. "An hour later" needs none. */
function onDayOf({ dateLabel }: FoundAppointment, wish: Wish): Wish {
  return /\b(?:later|earlier)$/.test(wish.words) ? wish : combineWishes({ day: dateLabel }, wish);
}

/** Goes on with what a message still lacks: the words, a name, a number to call back. */
function proceedMessage(course: Course, lead: string): Reply {
  const { message, name, callback } = course;
  if (message === null) return ask(course, 'message', 'What is the message?', lead);
  if (name === null) return ask(course, 'name', 'And what is your name?', lead);
  if (callback === null && course.phoneLine !== null) {
    const line = lineNumber(course);
    if (line === null) return askForNumber(course, lead);
    return ask(course, 'callback', `Shall we call you back at ${line}?`, lead);
  }
  return call({ name: 'take_message', arguments: { name, callback_number: callback, message } });
}

/** Whether there is a person at the other end, or the tool leaves a message for one. */
export function canPutThrough({ tools }: Course): boolean {
  return tools.has('escalate_to_human') && tools.get('escalate_to_human')?.has('message') !== true;
}

/** Puts the caller through where that can be, after saying so; otherwise offers to take a message. */
export function putThrough(course: Course, reason: string): Reply {
  if (!canPutThrough(course)) {
    return offerMessage(course, 'I cannot put you through to a person.');
  }
  return call(
    { name: 'escalate_to_human', arguments: { reason } },
    'I am putting you through to a person now. One moment please.',
  );
}

export function offerMessage(course: Course, lead: string): Reply {
  if (!course.tools.has('take_message')) return ask(course, 'anything-else', ANYTHING_ELSE, lead);
  return ask(course, 'message-offer', 'Would you like to leave a message?', lead);
}

/** @param words the message, where the caller has said it already */
export function beginMessage(course: Course, words: string | null = null): Reply {
  forgetAppointment(course);
  Object.assign(course, { errand: 'message', message: words, callback: null });
  return proceed(course);
}

/**
 * Goes on with an appointment that exists: whose it is, when it is, what is to become of it. Who
 * calls from a number we know is asked nothing; of anybody else the e-mail address and the day are
 * asked: whether there is an appointment at all is for the calendar to say.
 */
function proceedErrand(course: Course, lead: string): Reply {
  course.subject ??= course.found.length === 1 ? (course.found[0] ?? null) : null;
  const { subject, found, errand } = course;
  if (subject === null && found.length > 0) {
    const known = `Your appointments are on ${listOf(found.map(nameSlot), 'and')}.`;
    return errand === 'find'
      ? ask(course, 'appointment-action', 'Would you like to move or cancel one of them?', known)
      : ask(course, 'which-appointment', `${known} Which one do you mean?`, lead);
  }
  if (subject === null) return search(course, lead);
  switch (errand) {
    case 'cancel': {
      const question = `Shall I cancel your appointment on ${inZone(course, subject.label)}?`;
      return ask(course, 'cancel-confirmation', question, lead);
    }
    case 'reschedule':
      return proceedMove(course, subject, lead);
    case 'find':
    case 'book':
    case 'message': {
      const known = lead || `Your appointment is on ${inZone(course, subject.label)}.`;
      return ask(course, 'appointment-action', 'Would you like to move it or cancel it?', known);
    }
  }
}

function proceedMove(course: Course, subject: FoundAppointment, lead: string): Reply {
  const { chosen, wish } = course;
  if (chosen !== null) {
    const summary = `From ${subject.label} to ${inZone(course, chosen.label)}. Shall I move it?`;
    return ask(course, 'confirmation', summary, lead);
  }
  // "I need to move my appointment to Friday": the new day was said before the old one was found.
  if (wish !== null && course.offered.length === 0) {
    return listSlots(course, onDayOf(subject, wish));
  }
  const known = `Your appointment is on ${inZone(course, subject.label)}.`;
  return askForTime(course, 'Which day would suit you instead?', lead || known);
}

function search(course: Course, lead: string): Reply {
  const { email, detail } = course;
  if (!course.soughtByNumber && lineNumber(course) !== null) {
    course.soughtByNumber = true;
    return call({ name: 'find_appointments', arguments: { email: null, detail: null } });
  }
  if (email === null) {
    return ask(course, 'email', 'What e-mail address was the appointment made with?', lead);
  }
  if (detail === null) {
    return ask(course, 'appointment-day', 'And on which day is the appointment?', lead);
  }
  return call({ name: 'find_appointments', arguments: { email, detail } });
}

/** Mails a code to the caller's address, with which the appointment can be looked up. */
export function mailCode({ email }: Course): Reply {
  return call({
    name: 'find_appointments',
    arguments: { email, detail: null, mail_code: true },
  });
}

function askForTime(course: Course, question: string, lead: string): Reply {
  if (course.offered.length > 0) return ask(course, 'choice', 'Which time suits you?', lead);
  if (!course.tools.has('list_available_slots')) return cannotBook(course);
  return ask(course, 'wish', question, lead);
}

/** A label that holds the zone already is not given it twice; with whom it is comes after it. */
function inZone({ timeZone }: Course, label: string): string {
  if (timeZone === '' || label.includes(timeZone)) return label;
  return label.replace(/(?: with .+)?$/, (host) => ` ${timeZone}${host}`);
}
