import type { Reply } from '../mind.ts';
import { forgetAppointment } from './course.ts';
import type { Course, Errand } from './course.ts';
import type { Heard } from './heard.ts';
import { WRONG } from './booking-answers.ts';
import { beyond, readDirection } from './hear-time.ts';
import { beginMessage, canPutThrough, conclude, proceed, putThrough } from './proceed.ts';
import { ask } from './replies.ts';
import { plainWords, readWish } from './wish.ts';

const TOOL_OF = {
  cancel: 'cancel_appointment',
  reschedule: 'reschedule_appointment',
  find: 'find_appointments',
};
const BOOKS_ONLY = 'I cannot change or cancel appointments in this call, only book new ones.';
const NOT_MEANT = /\b(?:not|don't|didn't) (?:\w+ to )?(?:cancel|move|change|reschedule)\b/;
/**
 * Takes in what can be asked for at any moment of a call: a person, a message, something about an
 * appointment that exists. Null when the sentence is about something else.
 */
export function hearErrand(course: Course, heard: Heard): Reply | null {
  const isWaited = course.expecting === 'message-offer' || course.expecting === 'callback';
  if (heard.does('message') && course.tools.has('take_message') && !isWaited) {
    const hasWords = !/\bmessage\b/.test(heard.sentence);
    return beginMessage(course, hasWords ? heard.text : null);
  }
  const hasPeople = canPutThrough(course) || course.tools.has('take_message');
  if (heard.does('person') && hasPeople) return putThrough(course, heard.text);
  if (heard.does('another') && course.errand !== 'message') {
    if (course.errand === 'book' && course.expecting !== 'anything-else') return null;
    forgetAppointment(course);
    course.expecting = 'wish';
    return null;
  }
  if (NOT_MEANT.test(heard.sentence)) return null;
  const errand = readErrand(course, heard);
  if (errand !== null) return begin(course, errand, heard);
  // Who makes an appointment and cancels wants none.
  const isMaking = course.errand === 'book' && course.wish !== null;
  const stops = isMaking && !heard.does('question') && course.expecting !== 'change';
  if (!stops || !(heard.does('cancel') || heard.does('cancelIt'))) return null;
  return conclude(course, 'All right, that is not booked.');
}

function readErrand(course: Course, heard: Heard): 'cancel' | 'reschedule' | 'find' | null {
  const { sentence } = heard;
  if (heard.does('question')) return null;
  const { errand, chosen, offered, made, subject, expecting } = course;
  const isOwn = /\b(?:my|our) (?:\S+ ){0,4}?(?:appointment|booking|visit|meeting)\b/.test(sentence);
  // While one is being made, "it" and "the appointment" are that one.
  const isMaking = errand === 'book' && (chosen !== null || offered.length > 0);
  if (isMaking && !isOwn) return null;
  if (subject !== null && (expecting === 'confirmation' || expecting === 'cancel-confirmation')) {
    const moves = heard.does('move') || heard.does('moveIt');
    return moves && errand === 'cancel' ? 'reschedule' : null;
  }
  const isKnown = subject !== null || made.length > 0 || errand !== 'book';
  if (heard.does('cancel') || (isKnown && heard.does('cancelIt'))) return 'cancel';
  if (heard.does('move') || (isKnown && heard.does('moveIt'))) return 'reschedule';
  const isAboutMade = errand === 'book' && expecting === 'anything-else' && made.length > 0;
  const asksWhen = isAboutMade && heard.does('repeat') && /\b(?:time|day|date)\b/.test(sentence);
  if (heard.does('find') || asksWhen) return 'find';
  const namesTime = readWish(heard.text) !== null || readDirection(heard) !== null;
  // Who booked and names another time does not want a second appointment.
  const isWrong = /\b(?:time|day|date)\b/.test(sentence) && WRONG.test(sentence);
  const isOther = (namesTime || isWrong) && !heard.does('another');
  const changes = isAboutMade && isOther && !heard.does('book') && !heard.does('goodbye');
  return changes ? 'reschedule' : null;
}

function begin(course: Course, errand: keyof typeof TOOL_OF & Errand, heard: Heard): Reply {
  if (!course.tools.has('find_appointments') || !course.tools.has(TOOL_OF[errand])) {
    return ask(course, course.expecting, course.openQuestion, BOOKS_ONLY);
  }
  const subject = course.subject ?? course.made.at(-1) ?? null;
  // Whoever calls again about what was not found may have another address in mind.
  if (course.expecting === 'code-offer') course.email = null;
  forgetAppointment(course);
  course.errand = errand;
  course.subject = subject;
  // "Cancel my appointment and book a new one on Friday": one after the other.
  const [own = ''] = heard.text.split(/,? and (?:then )?(?:book|make|schedule|get)\b/i);
  const { which = own, when } = errand === 'reschedule' ? partsOf(heard.text) : {};
  const wish = when === undefined ? null : readWish(when);
  if (subject === null) {
    course.detail = plainWords(readWish(which));
    course.wish = wish;
  } else if (errand === 'reschedule') {
    const direction = readDirection(heard);
    const compared = direction === null ? null : beyond([subject], direction);
    course.wish = wish ?? readWish(heard.text) ?? compared;
  }
  return proceed(course);
}

/** "… my appointment on Thursday to Friday": which it is, and its new time. */
function partsOf(text: string): { which?: string; when?: string } {
  for (const { index } of text.matchAll(/\bto\b/gi)) {
    const when = text.slice(index + 2).trimStart();
    const wish = readWish(when);
    // "I need to move it" and "quarter to four" have no time behind "to" or no end before it.
    if (wish === null || when.indexOf(wish.words) > 8 || /quarter $/i.test(text.slice(0, index)))
      continue;
    return { which: text.slice(0, index), when };
  }
  return {};
}
