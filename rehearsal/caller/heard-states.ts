import { asksToRepeat } from './asks-again.ts';

/** What `hear:` may name instead of a pattern, each defined by what a caller could tell from listening. */
export const heardStates = [
  'greeting',
  'listening',
  'offer',
  'question',
  'confirmation',
  'booked',
  'moved',
  'cancelled',
  'goodbye',
] as const;

export type HeardState = (typeof heardStates)[number];

/** "2:30 PM", "10 a.m.", "two thirty p m", "ten o'clock", "noon". */
const timeOfDay =
  /\b\d{1,2}:\d{2}\b|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen|oh five)\s*(?:[ap]\.?\s?m\b|o'?\s?clock)|\bnoon\b/i;
const asksToConfirm =
  /\b(?:shall i|should i|do you want me to|would you like me to|is (?:that|this|it) (?:right|correct|ok|okay)|correct|confirm|go ahead)\b[^?]*\?/i;
const saysBooked = /\b(?:booked|all set|appointment is confirmed|is confirmed)\b/i;
/** "It is not booked yet", and a time that is "already booked" by somebody else. */
const deniesBooking =
  /(?:\b(?:not|never|cannot|no longer|nothing|already|fully)\b|n['’]t\b).*\bbooked\b(?!:)/i;
const takesLeave =
  /\b(?:good ?bye|bye|have a (?:good|nice|great|lovely|wonderful) \w+|talk to you (?:soon|later))\b/i;

const saysMoved = /\b(?:rescheduled|moved)\b/i;
const saysCancelled = /\bcancell?ed\b/i;
/** "It could not be moved", "nothing was cancelled", "once it is cancelled": no change was made. */
const deniesChange =
  /\b(?:not|never|cannot|no longer|nothing|can be|be able|before|once|if|unless|until)\b|n['’]t\b/i;

function claims(said: string, saysSo: RegExp, denies: RegExp): boolean {
  return said
    .split(/(?<=[.?!])\s+/)
    .some((sentence) => saysSo.test(sentence) && !denies.test(sentence) && !sentence.endsWith('?'));
}

/** Whether it was said that an appointment stands. */
export function claimsBooking(said: string): boolean {
  return claims(said, saysBooked, deniesBooking);
}

/** Whether it was said that an appointment has another time now. */
export function claimsMove(said: string): boolean {
  return claims(said, saysMoved, deniesChange);
}

/** Whether it was said that an appointment no longer stands. */
export function claimsCancellation(said: string): boolean {
  return claims(said, saysCancelled, deniesChange);
}

/**
 * Whether what was said since the caller's last turn amounts to a named state.
 *
 * - `greeting`: anything was said (the agent speaks first).
 * - `listening`: the agent is quiet and waits, whatever it said.
 * - `offer`: a time of day was named.
 * - `question`: the last sentence is a question, and not whether the caller could say that again.
 * - `confirmation`: a question that wants a yes or a no before something is written; with the same exception.
 * - `booked`, `moved`, `cancelled`: it was said that the appointment stands, has another time, or no longer stands.
 * - `goodbye`: leave was taken.
 *
 * The caller of this function has already waited for silence and for the agent to listen.
 */
export function isHeardState(state: HeardState, said: string): boolean {
  switch (state) {
    case 'listening':
      return true;
    case 'greeting':
      return said !== '';
    case 'offer':
      return timeOfDay.test(said);
    case 'question':
      return /\?["')\s]*$/.test(said) && !asksToRepeat(said);
    case 'confirmation':
      return asksToConfirm.test(said) && !asksToRepeat(said);
    case 'booked':
      return claimsBooking(said);
    case 'moved':
      return claimsMove(said);
    case 'cancelled':
      return claimsCancellation(said);
    case 'goodbye':
      return takesLeave.test(said);
  }
}
