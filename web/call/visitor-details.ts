export interface VisitorDetails {
  name: string;
  email: string;
}

export type DetailsProblems = Partial<Record<keyof VisitorDetails, string>>;

const LONGEST_NAME = 100;
/** RFC 5321 §4.5.3.1.3: a path is 256 octets with its brackets. */
const LONGEST_EMAIL = 254;

/** One @, no spaces, a dotted domain: the calendar has the last word, this catches slips. */
const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

/** What comes along when text is pasted, and prints nothing; in names, joiners may have a meaning. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Checks what the visitor typed. The details come back with outer and doubled spaces gone, so
 * that they fit into one line of chat.
 */
export function checkDetails(
  input: VisitorDetails,
): { ok: true; details: VisitorDetails } | { ok: false; problems: DetailsProblems } {
  const name = input.name.replace(/\s+/gu, ' ').trim();
  // A keyboard for Chinese or Japanese writes the signs wide.
  const email = input.email
    .replace(INVISIBLE, '')
    .replace(/＠/gu, '@')
    .replace(/[。．｡]/gu, '.')
    .trim();
  const problems: DetailsProblems = {};
  if (name.replace(INVISIBLE, '').trim() === '') problems.name = 'Enter your name.';
  else if (name.length > LONGEST_NAME) problems.name = 'Enter a name of at most 100 characters.';
  if (email === '') problems.email = 'Enter your e-mail address.';
  else if (email.length > LONGEST_EMAIL || !EMAIL.test(email)) {
    problems.email = 'Enter an address like mary@example.com.';
  }
  if (problems.name ?? problems.email) return { ok: false, problems };
  return { ok: true, details: { name, email } };
}
