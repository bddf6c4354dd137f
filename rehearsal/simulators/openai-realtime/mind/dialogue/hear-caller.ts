import type { Reply } from '../mind.ts';
import {
  asksSomethingElse,
  asksToRepeat,
  asksToWait,
  declines,
  greetsOnly,
  saysGoodbye,
  saysNo,
  saysYes,
  thanksOnly,
  wantsAppointment,
} from './answers.ts';
import { forgetAppointment } from './course.ts';
import type { Course } from './course.ts';
import { hearDetails } from './hear-details.ts';
import { hearErrand, hearErrandAnswer, move, wantsNewAppointment } from './hear-errand.ts';
import { hearKeys } from './hear-keys.ts';
import { hearTime } from './hear-time.ts';
import { readKind } from './kind.ts';
import {
  beginMessage,
  hearAboutMessage,
  putThrough,
  wantsPerson,
  wantsToLeaveMessage,
} from './leave-message.ts';
import { misheard, notUnderstood } from './misses.ts';
import { askForKeys, readKeys } from './phone-line.ts';
import { readPhoneNumber } from './phone-number.ts';
import { openQuestion, proceed } from './proceed.ts';
import { ANYTHING_ELSE, ask, call, goodbye, listSlots, offer, say } from './replies.ts';
import { spokenSentence } from './words.ts';

/** Takes in what the caller said or typed; '' is speech of which nothing was recognised. */
export function hearCaller(course: Course, text: string, via: 'audio' | 'text'): Reply {
  const keys = readKeys(text);
  if (keys !== null) {
    const pressed = hearKeys(course, keys);
    if (pressed === null) return notUnderstood(course);
    return 'words' in pressed ? hearCaller(course, pressed.words, 'text') : pressed;
  }
  const sentence = spokenSentence(text);
  if (sentence === '') return misheard(course);
  const hailed = course.hailed;
  course.hailed = false;
  if (course.errand !== 'book' && wantsNewAppointment(text)) {
    forgetAppointment(course);
    course.expecting = 'wish';
  }
  // "Yes" to "are you still there?" must not answer the question before it.
  const reply =
    hailed && (saysYes(sentence) || greetsOnly(sentence))
      ? say(course.openQuestion)
      : (hearMessage(course, text, sentence) ??
        hearErrand(course, text, sentence) ??
        hearDetails(course, text, via) ??
        hearAside(course, sentence) ??
        hearAnswer(course, text, sentence));
  if (reply === null) return notUnderstood(course);
  course.misses = 0;
  return reply;
}

/** A message, and the wish to leave one or to speak with a person; null when the sentence is none of them. */
function hearMessage(course: Course, text: string, sentence: string): Reply | null {
  // Whatever is said then is the message.
  if (course.expecting === 'message') return hearAboutMessage(course, text, sentence);
  if (course.tools.has('take_message') && wantsToLeaveMessage(sentence))
    return beginMessage(course);
  return course.phoneLine !== null && wantsPerson(sentence) ? putThrough(course, sentence) : null;
}

/** Things that can be said at any moment; null when the sentence is none of them. */
function hearAside(course: Course, sentence: string): Reply | null {
  if (asksToRepeat(sentence)) return say(course.openQuestion);
  if (asksToWait(sentence)) return say('Take your time.');
  if (saysGoodbye(sentence)) return goodbye(course);
  if (asksSomethingElse(sentence)) {
    return ask(
      course,
      course.expecting,
      course.openQuestion,
      `${answerQuestion(course, sentence)} I can find a free time and book it.`,
    );
  }
  return null;
}

function answerQuestion(course: Course, sentence: string): string {
  if (/\b(?:robot|computer|real person|who are you|what can you do|help)\b/.test(sentence)) {
    const place = course.business === null ? '' : ` of ${course.business}`;
    return `I am the rehearsal of the receptionist${place}, not a person.`;
  }
  return 'I am sorry, I cannot answer that.';
}

function hearAnswer(course: Course, text: string, sentence: string): Reply | null {
  switch (course.expecting) {
    case 'appointment-day':
    case 'which-appointment':
    case 'appointment-action':
    case 'cancel-confirmation':
      return hearErrandAnswer(course, text, sentence);
    case 'wish':
    case 'answer':
    case 'choice':
      return hearTime(course, text) ?? hearAboutTimes(course, sentence);
    case 'name':
    case 'email':
      if (course.errand !== 'book') return hearErrandAnswer(course, text, sentence);
      return (
        hearTime(course, text) ??
        (saysYes(sentence) || greetsOnly(sentence) || thanksOnly(sentence)
          ? say(course.openQuestion)
          : null)
      );
    case 'also':
      return hearAlso(course, text);
    case 'message-offer':
    case 'message':
    case 'callback':
      return hearAboutMessage(course, text, sentence);
    case 'keys':
      return hearNumber(course, sentence);
    case 'confirmation':
      return hearConfirmation(course, text, sentence);
    case 'change':
      return hearChange(course, text, sentence);
    case 'retry':
      return hearRetry(course, text, sentence);
    case 'anything-else':
      if (saysNo(sentence) || thanksOnly(sentence)) return goodbye(course);
      return (
        hearTime(course, text) ??
        (saysYes(sentence) || asksForAppointment(course, sentence)
          ? proceed(course, 'Gladly.')
          : null)
      );
  }
}

/** Whatever is said or typed is the answer: the calendar knows what fits. */
function hearAlso(course: Course, text: string): Reply {
  const question = openQuestion(course);
  if (question !== undefined) course.answers.push({ question, answer: text.trim() });
  return proceed(course);
}

/** A number that is said where keys were asked for. */
function hearNumber(course: Course, sentence: string): Reply | null {
  const number = readPhoneNumber(`my number is ${sentence}`);
  if (number === null) return saysYes(sentence) ? say(course.openQuestion) : null;
  const pressed = hearKeys(course, number);
  return pressed === null || 'words' in pressed ? null : pressed;
}

function hearAboutTimes(course: Course, sentence: string): Reply | null {
  const [only, ...others] = course.offered;
  if (course.expecting === 'choice' && only !== undefined) {
    if (others.length === 0 && saysYes(sentence)) {
      course.chosen = only;
      return proceed(course);
    }
    if (saysNo(sentence)) {
      return ask(course, 'wish', 'Which other day or time would suit you?', 'All right.');
    }
    return saysYes(sentence) || wantsAppointment(sentence) || greetsOnly(sentence)
      ? offer(course, '')
      : null;
  }
  if (course.expecting === 'answer' && course.question !== null) {
    return saysYes(sentence) || saysNo(sentence)
      ? ask(course, 'wish', 'Please say the day you would like.', 'Sorry.')
      : null;
  }
  if (declines(sentence)) return goodbye(course);
  if (greetsOnly(sentence)) return ask(course, 'wish', 'How can I help you?', 'Hello.');
  if (thanksOnly(sentence)) return say(course.openQuestion);
  return asksForAppointment(course, sentence) || saysYes(sentence)
    ? proceed(course, 'Gladly.')
    : null;
}

function asksForAppointment(course: Course, sentence: string): boolean {
  return wantsAppointment(sentence) || readKind(course.kinds, sentence) !== null;
}

function hearConfirmation(course: Course, text: string, sentence: string): Reply | null {
  const { chosen } = course;
  if (/\b(?:another|different|not (?:this|that|my)|other) number\b/.test(sentence)) {
    return askForKeys(course, 'All right.');
  }
  const time = hearTime(course, text);
  // "Yes, the two thirty" names the chosen time once more.
  const sameTime = time !== null && course.chosen?.id === chosen?.id && time.calls.length === 0;
  if (time !== null && !(sameTime && saysYes(sentence))) return time;
  if (
    /\b(?:wrong|change|not (?:right|correct))\b/.test(sentence) &&
    /\b(?:name|e-?mail|address|time|day|date)\b/.test(sentence)
  ) {
    return hearChange(course, text, sentence);
  }
  if (course.errand === 'reschedule') return hearMoveConfirmation(course, sentence);
  if (saysYes(sentence)) return book(course);
  if (saysNo(sentence))
    return ask(
      course,
      'change',
      'What would you like to change?',
      'All right, nothing is settled yet.',
    );
  return null;
}

function hearMoveConfirmation(course: Course, sentence: string): Reply | null {
  if (saysNo(sentence)) {
    course.chosen = null;
    return ask(
      course,
      'wish',
      'Which other day or time would suit you?',
      'All right, it stays where it is.',
    );
  }
  return saysYes(sentence) || /\bmove it\b/.test(sentence) ? move(course) : null;
}

function book(course: Course): Reply {
  const { chosen, name, email, phone, answers, readBack } = course;
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
      notes: null,
      ...(isReadBack ? { read_back_confirmed: true } : {}),
    },
  });
}

function hearChange(course: Course, text: string, sentence: string): Reply | null {
  const time = hearTime(course, text);
  if (time !== null) return time;
  if (/\bname\b/.test(sentence)) {
    course.name = null;
    return ask(course, 'name', 'What is the right name?');
  }
  if (/\be-?mail\b|\baddress\b/.test(sentence)) {
    course.email = null;
    return ask(course, 'email', 'What is the right e-mail address?');
  }
  if (/\b(?:time|day|date|appointment)\b/.test(sentence)) {
    course.chosen = null;
    return course.offered.length > 0 && /\btime\b/.test(sentence)
      ? offer(course, '')
      : ask(course, 'wish', 'Which day and time would suit you?');
  }
  if (/\bnothing\b/.test(sentence) || saysYes(sentence)) return proceed(course);
  return saysNo(sentence) ? goodbye(course) : null;
}

function hearRetry(course: Course, text: string, sentence: string): Reply | null {
  const { failedCall } = course;
  if (failedCall !== null && saysYes(sentence)) {
    return failedCall.name === 'list_available_slots'
      ? listSlots(course, course.wish)
      : call(failedCall);
  }
  if (saysNo(sentence)) return goodbye(course);
  return course.errand === 'book' || course.subject !== null ? hearTime(course, text) : null;
}
