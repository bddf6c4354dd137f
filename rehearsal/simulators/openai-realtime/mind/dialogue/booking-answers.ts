import type { Reply } from '../mind.ts';
import type { Course } from './course.ts';
import type { Heard } from './heard.ts';
import { proceed } from './proceed.ts';
import { ANYTHING_ELSE, ask, askAnew, askForNumber, call, listSlots, offer } from './replies.ts';

export const OTHER_TIME = 'Which other day or time would suit you?';

/** The caller wants none of the offered times, or not the one that was chosen. */
export function askAnotherTime(course: Course, lead: string): Reply {
  course.chosen = null;
  return ask(course, 'wish', OTHER_TIME, lead);
}

/** Books, or moves what is to be moved, once the caller has agreed to the summary. */
export function settle(course: Course): Reply {
  const { chosen, name, email, phone, notes, answers, readBack, subject } = course;
  if (course.errand === 'reschedule' && subject !== null && chosen !== null) {
    return call({
      name: 'reschedule_appointment',
      arguments: { appointment_id: subject.id, slot_id: chosen.id },
    });
  }
  const isReadBack = readBack !== null && readBack.name === name && readBack.email === email;
  if (chosen === null || name === null || (email === null && phone === null)) {
    return proceed(course);
  }
  if (!course.tools.has('schedule_appointment')) {
    return ask(course, 'anything-else', ANYTHING_ELSE, 'I am sorry, I cannot book in this call.');
  }
  return call({
    name: 'schedule_appointment',
    arguments: {
      slot_id: chosen.id,
      attendee_name: name,
      attendee_email: email,
      attendee_phone: phone,
      ...(answers.length === 0 ? {} : { answers }),
      notes,
      ...(isReadBack ? { read_back_confirmed: true } : {}),
    },
  });
}

/** The caller does not agree to the summary. */
export function refuseSummary(course: Course): Reply {
  if (course.errand === 'reschedule') {
    return askAnotherTime(course, 'All right, it stays where it is.');
  }
  return ask(
    course,
    'change',
    'What would you like to change?',
    'All right, nothing is settled yet.',
  );
}

export const WRONG = /\b(?:wrong|change|not (?:right|correct)|different|another|other)\b/;
const PARTS = /\b(?:number|name|e-?mail|address|time|day|date|appointment)\b/;

/** "The name", "the e-mail is wrong", "can I change the time": asks for that part of the summary anew. */
export function changePart(course: Course, heard: Heard): Reply | null {
  const part = PARTS.exec(heard.sentence)?.[0];
  if (part === undefined || (course.expecting !== 'change' && !WRONG.test(heard.sentence))) {
    return null;
  }
  if (course.expecting === 'anything-else') {
    const lead = 'I cannot change that of an appointment. I can cancel it and book it anew.';
    return course.made.length === 0 ? null : ask(course, 'anything-else', ANYTHING_ELSE, lead);
  }
  switch (part) {
    case 'number':
      return askForNumber(course, 'All right.');
    case 'name':
      return askAnew(course, 'name', 'What is the right name?');
    case 'time':
      if (course.offered.length > 0) return offer(course, '');
      return askAnotherTime(course, 'All right.');
    case 'day':
    case 'date':
    case 'appointment':
      course.chosen = null;
      return ask(course, 'wish', 'Which day and time would suit you?');
    default:
      return askAnew(course, 'email', 'What is the right e-mail address?');
  }
}

/** Calls the tool that failed once more. */
export function tryAgain(course: Course): Reply | null {
  const { failedCall } = course;
  if (failedCall === null) return null;
  return failedCall.name === 'list_available_slots'
    ? listSlots(course, course.wish)
    : call(failedCall);
}
