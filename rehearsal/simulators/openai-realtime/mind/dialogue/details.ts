import { does } from './acts.ts';
import type { Course, Expecting } from './course.ts';
import { readEmailAddress } from './email-address.ts';
import { lastVersion, sentencesOf } from './heard.ts';
import { readPersonName } from './person-name.ts';
import { readPhoneNumber } from './phone-number.ts';

/** What was said of the caller, and the text without it. */
export interface Details {
  name: string | null;
  /** Whether something of it is new. */
  isNew: boolean;
  /** Whether any of it was said. */
  isSaid: boolean;
  rest: string;
}

/** Moments at which a name alone is none: what is asked for is another word. */
const NAMELESS: readonly Expecting[] = ['answer', 'which-appointment', 'appointment-day', 'code'];

/** Takes a name, an e-mail address and a phone number out of what was said, in whatever order. */
export function takeDetails(course: Course, text: string): Details {
  const before = { name: course.name, email: course.email, phone: course.phone };
  const email = readEmailAddress(text);
  const phone =
    course.expecting === 'appointment-day' ? null : readPhoneNumber(email?.rest ?? text);
  let rest = phone?.rest ?? email?.rest ?? text;
  course.email = email?.value ?? course.email;
  if (email !== null) course.withoutEmail = false;
  if (course.errand === 'message') course.callback = phone?.value ?? course.callback;
  else course.phone = phone?.value ?? course.phone;
  const name = readName(course, rest, email !== null);
  if (name !== null) {
    course.name = name;
    rest = withoutName(rest, name);
  }
  return {
    name,
    isNew:
      course.name !== before.name || course.email !== before.email || course.phone !== before.phone,
    isSaid: name !== null || email !== null || phone !== null,
    rest,
  };
}

function readName(course: Course, text: string, hasEmail: boolean): string | null {
  if (NAMELESS.includes(course.expecting)) return null;
  const sentences = sentencesOf(text);
  const isAside = (['repeat', 'wait', 'hail', 'goodbye', 'question', 'remark'] as const).some(
    (act) => does(sentences, act),
  );
  const asked = course.expecting === 'name' && !hasEmail && !isAside;
  // "No, it's Maria Smith": what was summed up is corrected.
  const corrects =
    ['confirmation', 'change', 'email'].includes(course.expecting) && course.name !== null;
  const said = asked || corrects ? lastVersion(text) : text;
  return readPersonName(said, asked, asked ? null : course.name);
}

/** What was said beside the name: "… and I would like an appointment on Tuesday". */
function withoutName(text: string, name: string): string {
  const index = text.toLowerCase().indexOf(name.toLowerCase());
  // It was spelled or corrected: then nothing else was said.
  if (index < 0) return '';
  const lead = text.slice(0, index).replace(LEAD, '');
  const rest = text.slice(index + name.length).replace(/^,? the (?:second|third|fourth)\W*$/i, '');
  return `${lead} ${rest}`.trim();
}

const LEAD =
  /(?:,? and)?,? ?\b(?:my (?:full )?name(?: is|'s)|the name(?: is|'s)|under the name(?: of)?|this is|i am|i'm|it's|it is|for)\s*$/i;
