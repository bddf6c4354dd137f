import type { Listening, Reply } from '../mind.ts';
import type { Act } from './acts.ts';
import {
  askForCode,
  cancel,
  hearCode,
  hearDetail,
  hearWhich,
  offerCode,
} from './appointment-answers.ts';
import { askAnotherTime, changePart, refuseSummary, settle, tryAgain } from './booking-answers.ts';
import type { Course, Expecting } from './course.ts';
import { triesEmailAddress } from './email-address.ts';
import type { Heard } from './heard.ts';
import { readKind } from './kind.ts';
import { beginMessage, conclude, mailCode, proceed } from './proceed.ts';
import { ANYTHING_ELSE, ask, askForNumber, goodbye, lineNumber, offer } from './replies.ts';

type Hear = (course: Course, heard: Heard) => Reply | null;
/** An answer is known by any of these acts, or by a reading of its own. */
type Answer = Hear | readonly [acts: readonly Act[], reply: Hear];

/** What a moment of a call expects, and what each answer leads to: the first that fits. */
interface Moment {
  /** What to say, when it was not understood again. */
  hint: string;
  /** What is spelled in the answer. */
  spelled?: Listening['spelled'];
  /** Whether days and times that are named are wishes and choices. */
  takesTime?: boolean;
  /** Words the answer is likely to have. */
  likely?: readonly string[];
  answers: readonly Answer[];
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const ONE_BY_ONE = 'One after the other, please.';
const MORE = /\b(?:make|change|move|wait|wrong|instead)\b/;
const YES_OR_NO = { hint: 'Please say yes or no.', likely: ['yes', 'no'] };

const end: Hear = (course) => conclude(course, 'All right.');
const begin: Hear = (course) => proceed(course, 'Gladly.');
const beginWithKind: Hear = (course, { sentence }) =>
  readKind(course.kinds, sentence) === null ? null : proceed(course, 'Gladly.');

export const MOMENTS: Record<Expecting, Moment> = {
  wish: {
    hint: 'Please say a day, for example: next Tuesday afternoon.',
    likely: DAYS,
    takesTime: true,
    answers: [[['declines', 'done'], goodbye], [['book', 'another', 'yes'], begin], beginWithKind],
  },
  answer: {
    hint: 'Please say the day you mean, for example: Tuesday.',
    likely: DAYS,
    takesTime: true,
    answers: [
      [['yes', 'no'], (course) => ask(course, 'wish', 'Which day would you like?', 'Sorry.')],
    ],
  },
  choice: {
    hint: 'Please say, for example: the second one.',
    takesTime: true,
    answers: [
      [['no'], (course) => askAnotherTime(course, 'All right.')],
      [['yes', 'done', 'pleased', 'book', 'hello'], agreeToOffer],
    ],
  },
  name: {
    hint: 'Please say your first and last name, or spell it.',
    spelled: 'name',
    takesTime: true,
    answers: [],
  },
  email: {
    hint: 'Please say, for example: mary dot smith at example dot com. You can also type it.',
    spelled: 'email',
    takesTime: true,
    answers: [hearDetail, goOnWithoutEmail, [['unsure', 'without'], offerCode], askForWholeEmail],
  },
  also: { hint: 'Please say it shortly, or type it.', answers: [] },
  confirmation: {
    ...YES_OR_NO,
    takesTime: true,
    answers: [
      [['otherNumber'], (course) => askForNumber(course, 'All right.')],
      changePart,
      [['no'], refuseSummary],
      changeIt,
      [['yes', 'done', 'pleased'], settle],
    ],
  },
  'likely-email': {
    ...YES_OR_NO,
    spelled: 'email',
    answers: [
      [['no'], settle],
      [['yes', 'done'], (course) => proceed(Object.assign(course, { email: course.likelyEmail }))],
    ],
  },
  change: {
    hint: 'Please say: the time, the name, or the e-mail address.',
    likely: ['the time', 'the name', 'the address'],
    takesTime: true,
    answers: [
      [['cancel', 'cancelIt'], goodbye],
      changePart,
      [['nothing', 'yes'], (course) => proceed(course)],
      [['no'], goodbye],
    ],
  },
  retry: {
    ...YES_OR_NO,
    takesTime: true,
    answers: [
      [['no'], goodbye],
      [['yes', 'again'], tryAgain],
    ],
  },
  'appointment-day': {
    hint: 'Please say the day of the appointment, for example: Thursday.',
    likely: DAYS,
    answers: [hearDetail, [['code'], askForCode], [['unsure'], offerCode], [['no'], end]],
  },
  'code-offer': {
    ...YES_OR_NO,
    answers: [
      hearDetail,
      [['no'], (course) => conclude(Object.assign(course, { email: null }), 'All right.')],
      [['yes', 'code'], mailCode],
    ],
  },
  code: {
    hint: 'Please say the six digits of the code, one by one.',
    spelled: 'number',
    answers: [
      hearCode,
      [
        ['unsure', 'no'],
        (course) => conclude(course, 'I am sorry, without the code I cannot look it up.'),
      ],
    ],
  },
  keys: {
    hint: 'Please press the digits of the phone number, and the hash key at the end.',
    spelled: 'number',
    answers: [[['thisNumber'], useThisNumber]],
  },
  'message-offer': {
    ...YES_OR_NO,
    answers: [
      [['no'], (course) => ask(course, 'anything-else', ANYTHING_ELSE, 'All right.')],
      [['yes', 'message'], (course) => beginMessage(course)],
    ],
  },
  message: { hint: 'Please say, for example: please call me back tomorrow.', answers: [] },
  callback: {
    ...YES_OR_NO,
    answers: [
      [['no', 'otherNumber'], (course) => askForNumber(course, 'All right.')],
      [['yes', 'thisNumber'], useThisNumber],
    ],
  },
  'which-appointment': {
    hint: 'Please say, for example: the second one.',
    answers: [
      hearWhich,
      [['both'], (course) => ask(course, course.expecting, course.openQuestion, ONE_BY_ONE)],
      [['no'], end],
    ],
  },
  'appointment-action': {
    hint: 'Please say: move it, cancel it, or no.',
    likely: ['move it', 'cancel it', 'no'],
    answers: [[['no', 'thanks', 'done', 'pleased'], goodbye]],
  },
  'cancel-confirmation': {
    ...YES_OR_NO,
    answers: [
      [['no'], (course) => conclude(course, 'All right, it stays as it is.')],
      [['yes', 'done', 'cancel', 'cancelIt'], cancel],
    ],
  },
  'anything-else': {
    hint: 'Please say no, or which day you would like.',
    likely: ['yes', 'no'],
    takesTime: true,
    answers: [
      changePart,
      // "No, make it the first one" ends nothing.
      [['no', 'done'], (course, { sentence }) => (MORE.test(sentence) ? null : goodbye(course))],
      [['book', 'wantsMore'], begin],
      beginWithKind,
      [['thanks', 'pleased', 'yes'], goodbye],
    ],
  },
};

/** The reply to an answer; null when it fits nothing that the moment expects. */
export function hearAnswer(course: Course, heard: Heard): Reply | null {
  for (const answer of MOMENTS[course.expecting].answers) {
    const [acts, hear] = typeof answer === 'function' ? [null, answer] : answer;
    const reply = acts === null || acts.some(heard.does) ? hear(course, heard) : null;
    if (reply !== null) return reply;
  }
  return null;
}

/** "Move it" agrees to a move; "change it" agrees to no booking. */
function changeIt(course: Course, { does }: Heard): Reply | null {
  if (!does('moveIt')) return null;
  return course.errand === 'reschedule' ? settle(course) : refuseSummary(course);
}

/** A yes chooses the only time, and asks again which of several. */
function agreeToOffer(course: Course, { does }: Heard): Reply {
  const [only, ...others] = course.offered;
  if (only === undefined || others.length > 0 || !(['yes', 'done', 'pleased'] as const).some(does))
    return offer(course, '');
  course.chosen = only;
  return proceed(course);
}

function goOnWithoutEmail(course: Course, { does }: Heard): Reply | null {
  if (course.errand !== 'book' || !(does('without') || does('unsure'))) return null;
  course.withoutEmail = true;
  return proceed(course, 'All right, without it.');
}

function askForWholeEmail(course: Course, { sentence }: Heard): Reply | null {
  if (!triesEmailAddress(sentence)) return null;
  return ask(course, 'email', course.openQuestion, 'Sorry, I did not get the whole address.');
}

function useThisNumber(course: Course): Reply | null {
  if (lineNumber(course) === null) return null;
  Object.assign(course, course.errand === 'message' ? { callback: 'caller' } : { phone: 'caller' });
  return proceed(course);
}
