import type { CalendarDay } from './local-instants.ts';

export type QuestionReason =
  | 'weekday-date-mismatch'
  | 'past'
  | 'nonexistent-time'
  | 'ambiguous-time'
  | 'ambiguous-hour'
  | 'not-understood';

/** A time that the caller may have meant. */
export interface Candidate {
  from: Date;
  to: Date;
  /** In words that the agent can say. */
  asked: string;
}

/** Thrown while a phrase is read: only the caller can say what was meant. Never leaves the room. */
export class AskBack extends Error {
  override name = 'AskBack';
  readonly reason: QuestionReason;
  readonly candidates: readonly Candidate[];
  /** Days the caller may have meant; the time that was spoken still applies to them. */
  readonly days: readonly CalendarDay[];

  constructor(details: {
    reason: QuestionReason;
    question: string;
    candidates?: readonly Candidate[];
    days?: readonly CalendarDay[];
  }) {
    super(details.question);
    this.reason = details.reason;
    this.candidates = details.candidates ?? [];
    this.days = details.days ?? [];
  }
}

export const NOT_UNDERSTOOD =
  'I did not catch which day or time you mean. Which day would you like, and at what time?';

export const TOO_MUCH = 'That was a lot at once. Which day would you like, and at what time?';

export function notUnderstood(question: string = NOT_UNDERSTOOD): AskBack {
  return new AskBack({ reason: 'not-understood', question });
}
