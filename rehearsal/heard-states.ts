/** What `hear:` may name instead of a pattern, each defined by what a caller could tell from listening. */
export const heardStates = [
  'greeting',
  'listening',
  'offer',
  'question',
  'confirmation',
  'booked',
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

/** Whether a sentence says that an appointment stands. */
export function claimsBooking(said: string): boolean {
  return said
    .split(/(?<=[.?!])\s+/)
    .some(
      (sentence) =>
        saysBooked.test(sentence) && !deniesBooking.test(sentence) && !sentence.endsWith('?'),
    );
}

/**
 * Whether what was said since the caller's last turn amounts to a named state.
 *
 * - `greeting`: anything was said (the agent speaks first).
 * - `listening`: the agent is quiet and waits, whatever it said.
 * - `offer`: a time of day was named.
 * - `question`: the last sentence is a question.
 * - `confirmation`: a question that wants a yes or a no before something is written.
 * - `booked`: it was said that the appointment stands.
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
      return /\?["')\s]*$/.test(said);
    case 'confirmation':
      return asksToConfirm.test(said);
    case 'booked':
      return claimsBooking(said);
    case 'goodbye':
      return takesLeave.test(said);
  }
}
