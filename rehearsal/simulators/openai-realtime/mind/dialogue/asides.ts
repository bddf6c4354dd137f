import type { Reply } from '../mind.ts';
import type { Act } from './acts.ts';
import type { Course } from './course.ts';
import type { Heard } from './heard.ts';
import { ask, goodbye, say } from './replies.ts';

type Aside = readonly [act: Act, reply: (course: Course) => Reply];

const askAgain = (course: Course): Reply => say(course.openQuestion);
const withLead =
  (lead: (course: Course) => string) =>
  (course: Course): Reply =>
    ask(course, course.expecting, course.openQuestion, lead(course));

/** What can be said at any moment, and wins over a yes or a no beside it. */
const CLEAR: readonly Aside[] = [
  ['goodbye', goodbye],
  ['repeat', askAgain],
  ['wait', () => say('Take your time.')],
  ['hail', withLead(() => 'Yes, I am here.')],
  ['who', withLead(whoSpeaks)],
  ['person', withLead(whoSpeaks)],
  [
    'question',
    withLead(() => 'I am sorry, I cannot answer that. I can find a free time and book it.'),
  ],
];

/** What can be said at any moment, and is only that where nothing else was understood. */
const FAINT: readonly Aside[] = [
  ['hello', withLead(() => 'Hello.')],
  ['thanks', askAgain],
  ['remark', withLead(() => 'All right.')],
  ['yes', askAgain],
];

export function hearClearAside(course: Course, heard: Heard): Reply | null {
  return hearAside(CLEAR, course, heard);
}

export function hearFaintAside(course: Course, heard: Heard): Reply | null {
  return hearAside(FAINT, course, heard);
}

function hearAside(asides: readonly Aside[], course: Course, heard: Heard): Reply | null {
  const aside = asides.find(([act]) => heard.does(act) && !(act === 'wait' && heard.does('no')));
  return aside?.[1](course) ?? null;
}

function whoSpeaks({ business }: Course): string {
  const place = business === null ? '' : ` of ${business}`;
  return `I am the rehearsal of the receptionist${place}, not a person. I can find a free time and book it.`;
}
