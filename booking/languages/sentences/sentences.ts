import type { RefusalReason, SetupProblem } from '../../../calendar/calendar-error.ts';

/** The names of the errors that a calendar throws for other reasons than its set-up. */
export type CalendarErrorName =
  | 'SlotUnavailableError'
  | 'BookingNotFoundError'
  | 'RequestRefusedError'
  | 'RateLimitedError'
  | 'CalendarUnreachableError'
  | 'OutcomeUnknownError';

/**
 * What is said word for word, in one language: a model would translate it, and must not. Labels, names
 * and lists come written in the same language.
 */
export interface Sentences {
  call: {
    greeting: (businessName: string) => string;
    /** That a caller speaks with an AI: a clause behind the greeting. */
    isAi: string;
    /** That the call is recorded, likewise. */
    isRecorded: string;
    /** Short: an answer may wait for the end of it. */
    oneMoment: string;
    minuteLeft: string;
    lessThanMinuteLeft: string;
    /** A goodbye. */
    timeIsOver: string;
    /** After a call was taken over from a process that died. */
    backAgain: string;
  };
  offers: {
    /** What was asked for, where no time was named. */
    soonest: string;
    nothingSoon: string;
    /** @param asked a time, or a stretch of time */
    nothingFor: (asked: string) => string;
    taken: (label: string) => string;
    onlyOne: (day: string, time: string) => string;
    several: (day: string, count: number, hours: string) => string;
    /** To one whose choice is not among what was offered. */
    whichTime: string;
    whichKind: (list: string) => string;
    /** @param list of those who take it */
    withWhom: (list: string) => string;
    /** @param label a time */
    withHost: (label: string, host: string) => string;
    howLong: (list: string) => string;
  };
  /** Questions about a wish. */
  wishes: {
    unclear: string;
    past: string;
    /** The clocks leave it out. */
    noSuchTime: string;
    isIt: (label: string) => string;
    whichOf: (list: string) => string;
  };
  changes: {
    booked: (label: string, name: string) => string;
    requested: (label: string, name: string) => string;
    alreadyBooked: (label: string, name: string) => string;
    alreadyRequested: (label: string, name: string) => string;
    moved: (before: string, label: string) => string;
    moveRequested: (before: string, label: string) => string;
    cancelled: (label: string) => string;
    bookingOpen: string;
    moveOpen: string;
    cancellationOpen: string;
    /** How they hear of what is open. */
    youWillHear: string;
    callAgain: string;
    beingChanged: string;
    noMore: string;
  };
  appointments: {
    found: (list: string) => string;
    notFound: string;
    /** Follows it. */
    offerCode: string;
    codeMailed: string;
    codeNotMailed: string;
    whichAddress: string;
    whichDay: string;
    whichDayExactly: string;
    whichTime: string;
    noMoreLookUps: string;
  };
  messages: {
    taken: string;
    takenAsUrgent: string;
    summarySent: string;
  };
  /** What was made of a spelling. */
  heard: {
    details: (list: string) => string;
    email: (address: string) => string;
    number: (number: string) => string;
    isThatRight: string;
    didYouMean: (likely: string, given: string) => string;
  };
  /** What stands, whatever a model said. */
  truth: {
    booked: (label: string) => string;
    moved: (label: string) => string;
    cancelled: (label: string) => string;
    requested: (label: string) => string;
    unconfirmed: string;
    nothing: string;
    offer: (list: string) => string;
  };
  /** True, without the operator's words, and with what a caller can do. */
  calendar: Record<SetupProblem | RefusalReason | CalendarErrorName | 'unknown', string>;
}
