import type { Reply } from '../mind.ts';
import { readChoice } from './choice.ts';
import type { Course } from './course.ts';
import { lastVersion } from './heard.ts';
import type { Heard } from './heard.ts';
import { readPhoneNumber } from './phone-number.ts';
import { conclude, mailCode, proceed } from './proceed.ts';
import { ask, call } from './replies.ts';
import { plainWords, readWish } from './wish.ts';

/** When the appointment is, or the phone number that was left with it. */
export function hearDetail(course: Course, heard: Heard): Reply | null {
  if (course.errand === 'book' || course.errand === 'message') return null;
  const detail =
    readPhoneNumber(heard.text)?.value ?? plainWords(readWish(lastVersion(heard.text)));
  if (detail === null) return null;
  course.detail = detail;
  return proceed(course);
}

/** Which of several appointments is meant. */
export function hearWhich(course: Course, heard: Heard): Reply | null {
  const choice = readChoice(lastVersion(heard.text), course.found);
  if (choice.kind !== 'slot') return null;
  course.subject = course.found.find(({ id }) => id === choice.slot.id) ?? null;
  return proceed(course);
}

/** Whoever cannot say when it is may have a code mailed, where the tool mails one. */
export function offerCode(course: Course): Reply {
  const cannot = 'I am sorry, without that I cannot look it up.';
  if (!mailsCodes(course)) return conclude(course, cannot);
  return ask(course, 'code-offer', 'Shall I mail a code to that address instead?', cannot);
}

/** Looks the appointment up with the code as the caller said it. */
export function hearCode(course: Course, { text, sentence }: Heard): Reply | null {
  if (!/\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/.test(sentence))
    return null;
  return call({ name: 'find_appointments', arguments: { email: course.email, detail: text } });
}

export function askForCode(course: Course): Reply | null {
  return mailsCodes(course) ? mailCode(course) : null;
}

function mailsCodes({ tools, email }: Course): boolean {
  return email !== null && tools.get('find_appointments')?.has('mail_code') === true;
}

export function cancel(course: Course): Reply | null {
  const { subject } = course;
  if (subject === null) return null;
  return call({
    name: 'cancel_appointment',
    arguments: { appointment_id: subject.id, reason: null },
  });
}
