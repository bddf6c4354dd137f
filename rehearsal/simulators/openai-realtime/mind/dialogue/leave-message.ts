import type { Reply } from '../mind.ts';
import { saysNo, saysYes } from './answers.ts';
import { forgetAppointment } from './course.ts';
import type { Course } from './course.ts';
import { askForKeys, lineNumber } from './phone-line.ts';
import { ANYTHING_ELSE, ask, call } from './replies.ts';

/** "can i speak to a person" */
export function wantsPerson(sentence: string): boolean {
  return (
    /\b(?:speak|talk) (?:to|with) (?:(?:a|the) (?:real )?(?:person|human|receptionist|doctor|manager)|someone|somebody)\b/.test(
      sentence,
    ) || /\bput me through\b|^operator\b/.test(sentence)
  );
}

export function wantsToLeaveMessage(sentence: string): boolean {
  return /\b(?:leave|take) (?:a|you a|them a|my) message\b/.test(sentence);
}

/** Puts the caller through where that can be, after saying so; otherwise offers to take a message. */
export function putThrough(course: Course, reason: string): Reply {
  if (course.tools.has('transfer_call')) {
    return call(
      { name: 'transfer_call', arguments: { reason } },
      'I am putting you through to a person now. One moment please.',
    );
  }
  return offerMessage(course, 'I cannot put you through to a person.');
}

export function offerMessage(course: Course, lead: string): Reply {
  if (!course.tools.has('take_message')) return ask(course, 'anything-else', ANYTHING_ELSE, lead);
  return ask(course, 'message-offer', 'Would you like to leave a message?', lead);
}

export function beginMessage(course: Course): Reply {
  forgetAppointment(course);
  course.errand = 'message';
  course.message = null;
  course.callback = null;
  return proceedMessage(course);
}

/** Goes on with what a message still lacks: the words, a name, a number to call back. */
export function proceedMessage(course: Course, lead = ''): Reply {
  if (course.message === null) return ask(course, 'message', 'What is the message?', lead);
  if (course.name === null) return ask(course, 'name', 'And what is your name?', lead);
  if (course.callback === null) {
    const line = lineNumber(course);
    if (line === null && course.phoneLine !== null) return askForKeys(course, lead);
    if (line !== null) return ask(course, 'callback', `Shall we call you back at ${line}?`, lead);
  }
  return call({
    name: 'take_message',
    arguments: {
      name: course.name,
      callback_number: course.callback,
      message: course.message,
    },
  });
}

/** Takes in an answer about a message; null when the sentence is none. */
export function hearAboutMessage(course: Course, text: string, sentence: string): Reply | null {
  switch (course.expecting) {
    case 'message-offer':
      if (saysNo(sentence)) return ask(course, 'anything-else', ANYTHING_ELSE, 'All right.');
      return saysYes(sentence) || wantsToLeaveMessage(sentence) ? beginMessage(course) : null;
    case 'message':
      course.message = text.trim();
      return proceedMessage(course);
    case 'callback':
      if (saysNo(sentence) || /\bnumber\b/.test(sentence)) return askForKeys(course, 'All right.');
      if (!saysYes(sentence)) return null;
      course.callback = 'caller';
      return proceedMessage(course);
    default:
      return null;
  }
}
