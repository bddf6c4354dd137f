import type { Reply } from '../mind.ts';
import type { Course, ToolCall } from './course.ts';
import { readKinds } from './kind.ts';
import { readOfferedSlot } from './offered-slot.ts';
import { conclude, offerMessage, proceed, putThrough } from './proceed.ts';
import { ask, askAnew, askForNumber, call, offer, offerFor, readBack, say } from './replies.ts';
import { readToolAnswer } from './tool-answer.ts';
import type { ToolAnswer } from './tool-answer.ts';

/** Takes in a tool's output. Only the output's own words say that something is booked, moved or cancelled. */
export function hearTool(course: Course, toolCall: ToolCall | undefined, output: string): Reply {
  if (toolCall?.name === 'end_call') return hearEnding(course, output);
  if (toolCall?.name === 'expect_keys') return say(course.openQuestion);
  if (toolCall?.name === 'escalate_to_human') return hearTransfer(course, toolCall, output);
  const answer = readToolAnswer(output);
  if (toolCall?.name === 'take_message') return hearMessageTaken(course, toolCall, answer);
  if ('time_zone' in answer && answer.time_zone !== '') course.timeZone = answer.time_zone;
  if ('ask_also' in answer) course.alsoAsked = answer.ask_also;
  switch (answer.status) {
    case 'slots':
      course.offered = answer.slots;
      return offerFor(course, answer.asked);
    case 'none': {
      course.offered = answer.slots;
      const nearest = answer.slots.length > 0 ? ' The nearest times:' : '';
      return offer(course, `${answer.message}${nearest}`);
    }
    case 'question':
      return hearQuestion(course, toolCall, answer.question ?? answer.message ?? '');
    case 'read_back': {
      const { name, email, did_you_mean: likelyEmail = null } = answer;
      Object.assign(course, { name, email, readBack: { name, email }, likelyEmail });
      const lead = readBack(name, email);
      if (likelyEmail === null) return ask(course, 'confirmation', `${lead} Is that right?`);
      return ask(course, 'likely-email', `${lead} Did you mean ${likelyEmail}?`);
    }
    case 'booked':
    case 'requested': {
      const { appointment_id: id, label, message } = answer;
      const made = { event: course.event, duration: null };
      if (id !== undefined) course.made.push({ ...readOfferedSlot(id, label ?? message), ...made });
      return conclude(course, `${message} ${answer.preparation}`.trim());
    }
    case 'rescheduled': {
      const moved = course.made.find(({ id }) => id === toolCall?.arguments['appointment_id']);
      if (moved !== undefined && answer.label !== undefined) {
        Object.assign(moved, readOfferedSlot(moved.id, answer.label));
      }
      return conclude(course, answer.message);
    }
    case 'cancelled':
      course.made = course.made.filter(({ id }) => id !== toolCall?.arguments['appointment_id']);
      return conclude(course, answer.message);
    case 'taken':
      course.chosen = null;
      course.offered = answer.slots;
      return offer(course, answer.message);
    case 'unconfirmed':
      return conclude(course, answer.message);
    case 'found':
      if (answer.appointments.length === 0) return conclude(course, answer.message);
      course.found = answer.appointments;
      return proceed(course, course.errand === 'find' ? answer.message : '');
    case 'not_found':
      if (/\bmail a code\b/.test(answer.message)) {
        return ask(course, 'code-offer', 'Shall I mail it?', answer.message);
      }
      course.email = null;
      return conclude(course, answer.message);
    case 'error':
      return tellError(course, toolCall, answer.text);
  }
}

/** Where the transfer worked, nobody is left to speak to. */
function hearTransfer(course: Course, toolCall: ToolCall, output: string): Reply {
  if (output.includes('not_announced'))
    return putThrough(course, String(toolCall.arguments['reason']));
  if (!output.includes('not_transferred')) return { say: null, calls: [] };
  return offerMessage(course, 'I am sorry, I could not put you through.');
}

function hearMessageTaken(course: Course, toolCall: ToolCall, answer: ToolAnswer): Reply {
  if (answer.status === 'taken') return conclude(course, answer.message);
  const told = 'message' in answer ? (answer.message ?? '') : '';
  const text = answer.status === 'error' ? answer.text : told;
  if (/\bnumber\b/i.test(text)) {
    course.callback = null;
    return askForNumber(course, `I am sorry. ${text}`);
  }
  course.failedCall = toolCall;
  const lead = `I am sorry, I could not write that down. ${text}`;
  return ask(course, 'retry', 'Would you like me to try again?', lead);
}

/** Asks the caller what a tool wants to know, and notes what the answer will be about. */
function hearQuestion(course: Course, toolCall: ToolCall | undefined, question: string): Reply {
  if (toolCall?.name === 'find_appointments') {
    if (/e-?mail/i.test(question)) return askAnew(course, 'email', question);
    course.detail = null;
    const isCode = /\bcode\b/.test(question) && !/\bday\b/.test(question);
    return ask(course, isCode ? 'code' : 'appointment-day', question);
  }
  course.question = question;
  const isOfHosts = question.startsWith('With whom');
  if (isOfHosts) course.host = null;
  const kinds = isOfHosts ? [] : readKinds(question);
  if (kinds.length > 0) {
    course.kinds = kinds;
    course.event = null;
  }
  return ask(course, 'answer', question);
}

const NO_CONFIRMATION: Record<string, string> = {
  schedule_appointment: 'I am sorry, I have no confirmation of that appointment.',
  reschedule_appointment: 'I am sorry, I have no confirmation of the new time.',
  cancel_appointment: 'I am sorry, I have no confirmation of that.',
  find_appointments: 'I am sorry, I could not look that up.',
};

/** Says what went wrong without claiming more than is known about the booking. */
function tellError(course: Course, toolCall: ToolCall | undefined, text: string): Reply {
  const lead =
    NO_CONFIRMATION[toolCall?.name ?? ''] ?? 'I am sorry, I could not look at the calendar.';
  if (toolCall?.name === 'schedule_appointment') {
    const told = `${lead} ${text}`;
    if (/phone number/i.test(text)) {
      course.phone = null;
      return askForNumber(course, told);
    }
    const isEmail = /e-?mail/i.test(text);
    if (isEmail && course.withoutEmail) {
      return offerMessage(course, 'I am sorry, without an e-mail address I cannot book it.');
    }
    if (isEmail) return askAnew(course, 'email', 'What is your e-mail address?', told);
    if (/\bname\b/i.test(text)) return askAnew(course, 'name', 'What is your name?', told);
  }
  course.failedCall = toolCall ?? null;
  return ask(course, 'retry', 'Would you like me to try again?', `${lead} ${text}`);
}

function hearEnding(course: Course, output: string): Reply {
  course.endings++;
  if (!output.includes('not_ended') || course.endings > 1) return { say: null, calls: [] };
  return call({ name: 'end_call', arguments: {} }, say('Goodbye.').say);
}
