import type { Reply } from '../mind.ts';
import type { Course, ToolCall } from './course.ts';
import { ask, call, offer, offerFor, say } from './replies.ts';
import { readToolAnswer } from './tool-answer.ts';

const ANYTHING_ELSE = 'Is there anything else I can do for you?';

/** Takes in a tool's output. Only the output's own words say that something is booked. */
export function hearTool(course: Course, toolCall: ToolCall | undefined, output: string): Reply {
  if (toolCall?.name === 'end_call') return hearEnding(course, output);
  const answer = readToolAnswer(output);
  if ('time_zone' in answer && answer.time_zone !== '') course.timeZone = answer.time_zone;
  switch (answer.status) {
    case 'slots':
      course.offered = answer.slots;
      return offerFor(course, answer.asked);
    case 'none':
      course.offered = answer.slots;
      return offer(
        course,
        answer.slots.length === 0 ? answer.message : `${answer.message} The nearest times:`,
      );
    case 'question':
      course.question = answer.question;
      return ask(course, 'answer', answer.question);
    case 'booked':
      forgetAppointment(course);
      return ask(course, 'anything-else', ANYTHING_ELSE, answer.message);
    case 'taken':
      course.chosen = null;
      course.offered = answer.slots;
      return offer(course, answer.message);
    case 'unconfirmed':
      forgetAppointment(course);
      return ask(course, 'anything-else', ANYTHING_ELSE, answer.message);
    case 'error':
      return tellError(course, toolCall, answer.text);
  }
}

/** Says what went wrong without claiming more than is known about the booking. */
function tellError(course: Course, toolCall: ToolCall | undefined, text: string): Reply {
  const lead =
    toolCall?.name === 'schedule_appointment'
      ? 'I am sorry, I have no confirmation of that appointment.'
      : 'I am sorry, I could not look at the calendar.';
  if (toolCall?.name === 'schedule_appointment' && /e-?mail/i.test(text)) {
    course.email = null;
    return ask(course, 'email', 'What is your e-mail address?', `${lead} ${text}`);
  }
  if (toolCall?.name === 'schedule_appointment' && /\bname\b/i.test(text)) {
    course.name = null;
    return ask(course, 'name', 'What is your name?', `${lead} ${text}`);
  }
  course.failedCall = toolCall ?? null;
  return ask(course, 'retry', 'Would you like me to try again?', `${lead} ${text}`);
}

/** The next wish in this call starts a new appointment for the same person. */
function forgetAppointment(course: Course): void {
  course.chosen = null;
  course.offered = [];
  course.wish = null;
  course.question = null;
}

function hearEnding(course: Course, output: string): Reply {
  course.endings++;
  if (!output.includes('not_ended') || course.endings > 1) return { say: null, calls: [] };
  return call({ name: 'end_call', arguments: {} }, say('Goodbye.').say);
}
