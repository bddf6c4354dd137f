import type { SpokenLanguage } from '../languages/spoken-language.ts';
import { saidExactly, toldAs } from './functions/function.ts';
import type { AssistantFunction, FunctionAnswer } from './functions/function.ts';

// What a function answers where it did not come to its end. Each is a result and no error: of an error
// a platform may say a sentence of its own.

export const NO_SUCH_FUNCTION = toldAs(
  'There is no such function here: nothing was done. Use only the functions that you were given.',
);
export const UNREADABLE = toldAs(
  'The arguments could not be read: nothing was done. Call the function again with its arguments as one JSON object.',
);
export const UNKNOWN_CALL = toldAs(
  'It is not known which call this is for: nothing was done. The request must carry the id of the call.',
);
export const OVER = toldAs('This call is over: nothing can be done in it any more.');
export const SWITCHED_OFF = toldAs(
  'This assistant is switched off: nothing was done. Apologise, and ask the caller to call again later.',
);
export const BLOCKED = toldAs(
  'Nothing is done for this caller: the business takes no calls of this number. End the call politely.',
);
export const TOO_MANY = toldAs(
  'Too many function calls: nothing was done by this one. Speak with the caller before the next one.',
);
export const USED_ID = toldAs(
  'The id of this request was used for another one in this call: nothing was done.',
);
export const NOT_BEGUN = toldAs(
  'An earlier request of this call is still being worked on, and this one was not begun: nothing was done by it. Say that it takes a moment longer, then call the function again.',
);
export const FAILED = toldAs(
  'Something went wrong on our side. Nothing was booked or changed by this. Apologise, and ask the caller to try again in a few minutes.',
);

export const NOT_DONE = toldAs(
  'Something went wrong on our side before this was begun: nothing was done by it. Apologise, and call the function again.',
);

const LATE = toldAs(
  'The calendar has not answered yet. Nothing was found so far, and nothing was changed. Say that it takes a moment longer, then call the function again.',
);

/**
 * What is told when the platform waits no longer and the work goes on.
 * @param isWrittenTo whether somebody writes to the attendee of what is under way
 */
export function notConfirmedYet(
  { changes }: Pick<AssistantFunction, 'changes'>,
  language: SpokenLanguage,
  isWrittenTo: boolean,
): FunctionAnswer {
  if (changes === null) return LATE;
  const { bookingOpen, moveOpen, cancellationOpen, youWillHear, callAgain } =
    language.sentences.changes;
  const open = { booking: bookingOpen, move: moveOpen, cancellation: cancellationOpen }[changes];
  return saidExactly(
    `${open} ${isWrittenTo ? youWillHear : callAgain}`,
    'Not confirmed yet: the calendar did not answer in time, and it is not known whether it was done. Do not say that it was, and do not try again.',
  );
}

/** Tools of a call speak to the model of its own tools: what these are called here. */
const NAMES: Record<string, string> = {
  list_available_slots: 'availability_read',
  schedule_appointment: 'appointment_create',
  find_appointments: 'appointment_read',
  reschedule_appointment: 'appointment_update',
  cancel_appointment: 'appointment_cancel',
  slot_id: 'start',
  appointment_id: 'appointmentId',
};
const NAMED = new RegExp(Object.keys(NAMES).join('|'), 'g');

/** Why a tool was not carried out, in the names of the functions. */
export function refusedFor(message: string): FunctionAnswer {
  return toldAs(message.replaceAll(NAMED, (name) => NAMES[name] ?? name));
}
