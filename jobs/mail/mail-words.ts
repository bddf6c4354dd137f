import type { OutboxKind } from '../../db/values.ts';

/** What a message says, around the block that names the appointment. `when` and `wished` are labels. */
export interface MailWords {
  subject: (when: string) => string;
  /** Sentences before the appointment's details. */
  opening: (times: { when: string; wished: string }) => string;
  /** Sentences after them. */
  closing: string;
  /** What the calendar file asks for: an entry, its end, or nothing. */
  calendarFile: 'request' | 'cancel' | null;
}

const CHANGE = 'If you need to change or cancel it, please call us again.';
const CALL_AGAIN = 'Please call us again to find another time.';
const LOST_TOUCH = 'While you were on the phone, our calendar did not answer in time.';

/**
 * Kinds that begin with `settled` were left open in the call and promised to be told: they say how
 * it ended.
 */
export const MAIL_WORDS: Record<OutboxKind, MailWords> = {
  booked: {
    subject: (when) => `Your appointment: ${when}`,
    opening: () => 'Your appointment is booked.',
    closing: CHANGE,
    calendarFile: 'request',
  },
  rescheduled: {
    subject: (when) => `Your appointment has moved: ${when}`,
    opening: () => 'Your appointment has moved. This is its new time.',
    closing: CHANGE,
    calendarFile: 'request',
  },
  cancelled: {
    subject: (when) => `Cancelled: your appointment, ${when}`,
    opening: () => 'Your appointment is cancelled, as you asked.',
    closing: 'If you would like another one, please call us again.',
    calendarFile: 'cancel',
  },
  settled_booked: {
    subject: (when) => `Now booked: your appointment, ${when}`,
    opening: () =>
      `${LOST_TOUCH} We could not tell you whether your appointment was booked. It is booked now.`,
    closing: CHANGE,
    calendarFile: 'request',
  },
  settled_not_booked: {
    subject: (when) => `Not booked: ${when}`,
    opening: () =>
      `${LOST_TOUCH} We could not tell you whether your appointment was booked. We are sorry: it was not booked, and nothing is reserved for you.`,
    closing: CALL_AGAIN,
    calendarFile: null,
  },
  settled_rescheduled: {
    subject: (when) => `Now moved: your appointment, ${when}`,
    opening: () =>
      `${LOST_TOUCH} We could not tell you whether your appointment was moved. It is moved now. This is its new time.`,
    closing: CHANGE,
    calendarFile: 'request',
  },
  settled_not_rescheduled: {
    subject: (when) => `Not moved: your appointment stays ${when}`,
    opening: ({ wished }) =>
      `${LOST_TOUCH} We could not tell you whether your appointment was moved. We are sorry: it was not moved${wished === '' ? '' : ` to ${wished}`}. It stays as it was.`,
    closing: CALL_AGAIN,
    calendarFile: null,
  },
  settled_cancelled: {
    subject: (when) => `Now cancelled: your appointment, ${when}`,
    opening: () =>
      `${LOST_TOUCH} We could not tell you whether your appointment was cancelled. It is cancelled now.`,
    closing: 'If you would like another one, please call us again.',
    calendarFile: 'cancel',
  },
  settled_not_cancelled: {
    subject: (when) => `Not cancelled: your appointment, ${when}`,
    opening: () =>
      `${LOST_TOUCH} We could not tell you whether your appointment was cancelled. We are sorry: it was not cancelled, and still stands.`,
    closing: 'If you cannot come, please call us again to cancel it.',
    calendarFile: null,
  },
};

/** Of an appointment that the business has yet to accept: nothing is booked or moved before. */
export function pendingWords(kind: OutboxKind): MailWords {
  const words = MAIL_WORDS[kind];
  if (words.calendarFile !== 'request') return words;
  return {
    ...words,
    subject: (when) => `Requested: your appointment, ${when}`,
    opening: () => 'Your appointment is requested. We have yet to accept it, and will tell you.',
    calendarFile: null,
  };
}

/** What would be said of an appointment that stands, said of one that does not any more. */
const ENDED: Partial<Record<OutboxKind, MailWords['opening']>> = {
  booked: () => 'Your appointment was booked, and has been cancelled since.',
  rescheduled: () => 'Your appointment was moved, and has been cancelled since.',
  settled_booked: () =>
    `${LOST_TOUCH} We could not tell you whether your appointment was booked. It was, and has been cancelled since.`,
  settled_rescheduled: () =>
    `${LOST_TOUCH} We could not tell you whether your appointment was moved. It was, and has been cancelled since.`,
  settled_not_rescheduled: ({ wished }) =>
    `${LOST_TOUCH} We could not tell you whether your appointment was moved. It was not moved${wished === '' ? '' : ` to ${wished}`}: it has been cancelled meanwhile.`,
  settled_not_cancelled: () =>
    `${LOST_TOUCH} We could not tell you whether your appointment was cancelled. It has been cancelled meanwhile.`,
};

/** Of an appointment that was cancelled or rejected before this could be said. */
export function endedWords(kind: OutboxKind): MailWords {
  const opening = ENDED[kind];
  return opening ? { ...MAIL_WORDS.cancelled, opening } : MAIL_WORDS[kind];
}
