import type { Reply } from '../mind.ts';
import { hearClearAside, hearFaintAside } from './asides.ts';
import { settle } from './booking-answers.ts';
import type { Course } from './course.ts';
import { takeDetails } from './details.ts';
import { triesEmailAddress } from './email-address.ts';
import { hearErrand } from './errands.ts';
import { hear } from './heard.ts';
import type { Heard } from './heard.ts';
import { hearTime } from './hear-time.ts';
import { misheard, notUnderstood } from './misses.ts';
import { hearAnswer, MOMENTS } from './moments.ts';
import { conclude, proceed, unanswered } from './proceed.ts';
import { say, thankFor } from './replies.ts';
import { tidy } from './words.ts';

const ABOUT =
  /\b(?:(?:it's|it is|this is) (?:for|about)|because|regarding|hurts?|pain|ache|fever|sick|killing me)\b/;
const FEWEST_DIGITS = 7;
/** What asks for times though it is a question about something else as well. */
const ASKS_FOR_TIMES = /\b(?:free|available|opening|anything|something|book|appointment|come in)\b/;

/** Takes in what the caller said or typed; '' is speech of which nothing was recognised. */
export function hearCaller(course: Course, text: string, via: 'audio' | 'text'): Reply {
  const keys = /^\[keys: (\S+)\]$/.exec(text)?.[1];
  if (keys !== undefined) return understood(course, hearKeys(course, keys));
  const onPage = /^\[on the page: (.*?)(?: \(slot_id (\S+)\))?\]$/.exec(text);
  if (onPage) return understood(course, hearPage(course, onPage[1] ?? '', onPage[2]));
  const heard = hear(text, via);
  if (heard.sentence === '') return misheard(course);
  const { unheard } = course;
  course.unheard = false;
  // "Yes" to "are you still there?" must not answer the question before it.
  if (unheard && !heard.does('no') && (['yes', 'hello', 'hail'] as const).some(heard.does)) {
    return understood(course, say(course.openQuestion));
  }
  return understood(
    course,
    hearWords(course, heard, text.trim()) ?? hearSentence(course, tidy(text), via),
  );
}

function understood(course: Course, reply: Reply | null): Reply {
  if (reply === null) return notUnderstood(course);
  course.misses = 0;
  return reply;
}

/** Where any words are the answer, as they were given: those of a message, or to what else the calendar asks. */
function hearWords(course: Course, heard: Heard, words: string): Reply | null {
  const { expecting } = course;
  if (expecting !== 'message' && expecting !== 'also') return null;
  const isShort = heard.sentence.split(' ').length < 6;
  if (isShort && (heard.does('repeat') || heard.does('wait'))) return hearClearAside(course, heard);
  if (expecting === 'message') {
    if (isShort && (heard.does('goodbye') || heard.does('declines'))) {
      return conclude(course, 'All right.');
    }
    course.message = words;
    return proceed(course);
  }
  const question = unanswered(course);
  if (question !== undefined) course.answers.push({ question, answer: words });
  return proceed(course);
}

/** One sentence may say who calls, what they want and when. */
function hearSentence(course: Course, text: string, via: 'audio' | 'text'): Reply | null {
  const details = takeDetails(course, text);
  const { expecting, openQuestion: asked } = course;
  const sumsUp = expecting === 'confirmation' || expecting === 'change';
  const lead = details.name === null ? '' : thankFor(details.name, via);
  const heard = hear(details.rest, via);
  if (course.errand === 'book' && ABOUT.test(heard.sentence)) course.notes ??= heard.text;
  if (!details.isSaid) return hearRest(course, heard) ?? hearFaintAside(course, heard);
  const rest = sumsUp && details.isNew ? hearTimeOf(course, heard) : hearRest(course, heard);
  // What was open was answered: an aside beside it is followed by the next question.
  const isAside = !triesEmailAddress(heard.sentence) && rest?.say?.endsWith(asked) === true;
  if (details.isNew && isAside) return proceed(course, lead);
  return rest ?? proceed(course, lead);
}

function hearRest(course: Course, heard: Heard): Reply | null {
  if (heard.sentence === '') return null;
  const isOther =
    (heard.does('question') || heard.does('repeat')) && !ASKS_FOR_TIMES.test(heard.sentence);
  return (
    hearErrand(course, heard) ??
    (isOther ? null : hearTimeOf(course, heard)) ??
    hearClearAside(course, heard) ??
    hearAnswer(course, heard)
  );
}

function hearTimeOf(course: Course, heard: Heard): Reply | null {
  const isOwn = course.errand === 'book' || course.subject !== null;
  return isOwn && MOMENTS[course.expecting].takesTime === true ? hearTime(course, heard) : null;
}

/** Takes in what was tapped; what was typed into fields is as good as said. */
function hearPage(course: Course, words: string, slotId: string | undefined): Reply | null {
  const tapped = course.offered.find(({ id }) => id === slotId);
  const agrees = words.startsWith('Yes, book it') && unanswered(course) === undefined;
  if (agrees) return settle(course);
  if (tapped === undefined) return hearSentence(course, words, 'text');
  course.chosen = tapped;
  return proceed(course, `You chose ${tapped.label}.`);
}

/** Takes in the keys that were pressed: a phone number, or where a question is open its answer. */
function hearKeys(course: Course, keys: string): Reply | null {
  const digits = keys.replaceAll(/\D/g, '');
  if (digits.length >= FEWEST_DIGITS) {
    Object.assign(course, course.errand === 'message' ? { callback: digits } : { phone: digits });
    return proceed(course);
  }
  const word = ['yes', 'no'][Number(keys) - 1];
  if (word !== undefined && MOMENTS[course.expecting].likely?.includes(word) === true) {
    return hearAnswer(course, hear(word, 'text'));
  }
  const chosen = course.offered[Number(keys) - 1];
  if (course.expecting !== 'choice' || chosen === undefined) return null;
  course.chosen = chosen;
  return proceed(course);
}
