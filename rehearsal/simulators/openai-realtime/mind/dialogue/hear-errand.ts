import type { Reply } from '../mind.ts';
import { greetsOnly, isUnsure, readErrand, saysNo, saysYes, thanksOnly } from './answers.ts';
import { readChoice } from './choice.ts';
import { forgetAppointment } from './course.ts';
import type { Course } from './course.ts';
import { readEmailAddress } from './email-address.ts';
import { conclude, proceed } from './proceed.ts';
import { ask, call, goodbye, say } from './replies.ts';
import { readWish, wishWords } from './wish.ts';
import { spokenSentence } from './words.ts';

/** "cancel my appointment on Thursday", "move my appointment to Friday": what follows tells which, and where to. */
const AFTER_APPOINTMENT = /\bappointments?\b(?<which>.*?)(?:\bto\b(?<to>.*))?$/i;
const TOOL_OF = {
  cancel: 'cancel_appointment',
  reschedule: 'reschedule_appointment',
  find: 'find_appointments',
};

/**
 * Takes in that the caller wants to know of an appointment that exists, or wants it moved or
 * cancelled: at any moment of the call. Null when the sentence is about something else.
 */
export function hearErrand(course: Course, text: string, sentence: string): Reply | null {
  const making = course.errand === 'book' && course.chosen !== null;
  const errand = readErrand(sentence, making);
  if (errand === null) return null;
  if (!course.tools.has('find_appointments') || !course.tools.has(TOOL_OF[errand])) {
    return ask(
      course,
      course.expecting,
      course.openQuestion,
      'I cannot change or cancel appointments in this call, I can only book new ones.',
    );
  }
  const known = course.subject;
  forgetAppointment(course);
  course.errand = errand;
  course.subject = known ?? course.made.at(-1) ?? null;
  course.email = readEmailAddress(text) ?? course.email;
  const { which, to } = AFTER_APPOINTMENT.exec(text)?.groups ?? {};
  const day = readWish(which ?? '');
  if (day !== null) course.detail = wishWords(day);
  if (errand === 'reschedule' && to !== undefined) course.wish = readWish(to);
  return proceed(course);
}

/** Takes in an answer about an appointment that exists; null when the sentence is none. */
export function hearErrandAnswer(course: Course, text: string, sentence: string): Reply | null {
  if (isUnsure(sentence) && course.subject === null) {
    return conclude(course, 'I am sorry, without that I cannot look it up.');
  }
  switch (course.expecting) {
    case 'email':
    case 'appointment-day':
      return hearDay(course, text, sentence);
    case 'which-appointment':
      return hearWhich(course, text, sentence);
    case 'appointment-action':
      return hearAction(course, sentence);
    case 'cancel-confirmation':
      return hearCancellation(course, sentence);
    default:
      return null;
  }
}

function hearDay(course: Course, text: string, sentence: string): Reply | null {
  const day = readWish(text);
  if (day !== null) {
    course.detail = wishWords(day);
    return proceed(course);
  }
  if (saysNo(sentence)) return conclude(course, 'All right.');
  return saysYes(sentence) || greetsOnly(sentence) || thanksOnly(sentence)
    ? say(course.openQuestion)
    : null;
}

function hearWhich(course: Course, text: string, sentence: string): Reply | null {
  const choice = readChoice(text, course.found);
  if (choice.kind === 'slot') {
    course.subject = course.found.find(({ id }) => id === choice.slot.id) ?? null;
    return proceed(course);
  }
  if (saysNo(sentence)) return conclude(course, 'All right.');
  return choice.kind === 'unrelated' && !saysYes(sentence) ? null : say(course.openQuestion);
}

function hearAction(course: Course, sentence: string): Reply | null {
  if (/\bcancel\b/.test(sentence) && !saysNo(sentence)) return turnTo(course, 'cancel');
  if (/\b(?:move|reschedule|change)\b/.test(sentence) && !saysNo(sentence)) {
    return turnTo(course, 'reschedule');
  }
  if (saysNo(sentence) || thanksOnly(sentence)) return goodbye(course);
  return saysYes(sentence) ? say(course.openQuestion) : null;
}

function hearCancellation(course: Course, sentence: string): Reply | null {
  const { subject } = course;
  if (/\b(?:move|reschedule)\b/.test(sentence)) return turnTo(course, 'reschedule');
  if (saysNo(sentence) || /\bkeep\b/.test(sentence)) {
    return conclude(course, 'All right, it stays as it is.');
  }
  if (subject === null || !(saysYes(sentence) || /\bcancel (?:it|that)\b/.test(sentence))) {
    return null;
  }
  return call({
    name: 'cancel_appointment',
    arguments: { appointment_id: subject.id, reason: null },
  });
}

function turnTo(course: Course, errand: 'cancel' | 'reschedule'): Reply {
  course.errand = errand;
  return proceed(course);
}

/** Moves the appointment once the caller has agreed to the new time. */
export function move(course: Course): Reply {
  const { subject, chosen } = course;
  if (subject === null || chosen === null) return proceed(course);
  return call({
    name: 'reschedule_appointment',
    arguments: { appointment_id: subject.id, slot_id: chosen.id },
  });
}

/** Whether a sentence in the middle of an errand asks for a new appointment instead. */
export function wantsNewAppointment(text: string): boolean {
  return /\b(?:new|another) appointment\b|\b(?:book|make|schedule) (?:an|a) (?:\w+ )?appointment\b/.test(
    spokenSentence(text),
  );
}
