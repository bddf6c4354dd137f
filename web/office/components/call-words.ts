import type { AnswerOf } from '../api/route-types.ts';

export type Call = AnswerOf<'listCalls'>['items'][number];

type Line = Call['line'];
type Outcome = NonNullable<Call['outcome']>;

export const LINE_WORDS: Record<Line, string> = {
  web: 'Web',
  phone: 'Phone',
  console: 'Console',
  assistant: 'Assistant elsewhere',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  booked: 'Booked',
  rescheduled: 'Moved',
  cancelled: 'Cancelled',
  transferred: 'Put through',
  message_taken: 'Message taken',
  no_booking: 'Nothing booked',
  unknown: 'Not confirmed yet',
  failed: 'Failed',
};

export const OUTCOME_COLORS: Record<Outcome, string> = {
  booked: 'green',
  rescheduled: 'green',
  cancelled: 'gray',
  transferred: 'blue',
  message_taken: 'blue',
  no_booking: 'gray',
  unknown: 'orange',
  failed: 'red',
};

export const ENDED_BY_WORDS: Record<NonNullable<Call['endedBy']>, string> = {
  caller: 'The caller hung up',
  agent: 'The agent ended it',
  transfer: 'It was put through',
  limit: 'It reached a limit',
  fault: 'Something failed',
};

/** Who called, as far as it is known. */
export function whoCalled(call: Pick<Call, 'attendeeName' | 'callerNumber' | 'line'>): string {
  const { attendeeName, callerNumber, line } = call;
  if (attendeeName) return attendeeName;
  if (callerNumber) return callerNumber;
  return line === 'phone' ? 'Withheld number' : 'Visitor of the page';
}

/** "1:05", in minutes and seconds; hours where there are any. */
export function writeClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** "640 ms", "1.4 s". */
export function writeWait(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** US dollars: an amount that a provider bills later. */
export function writeCost(cost: number | null): string {
  if (cost === null) return 'not known';
  return `$${cost.toFixed(cost < 1 ? 3 : 2)}`;
}

/** "$3.20". */
export function writeDollars(dollars: number): string {
  return dollars.toLocaleString('en', { style: 'currency', currency: 'USD' });
}
