import { TROUBLE_OF } from '../../calendar/calcom/setup-error.ts';
import type { CalendarTrouble as TroubleTitle } from '../../calendar/calcom/setup-error.ts';
import { CalendarError, CalendarSetupError } from '../../calendar/calendar-error.ts';
import { CalendarConfigurationError } from '../../calendar/open-calendar.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';

/**
 * Why an agent cannot offer or book, under the title that the troubleshooting pages, the worker's log
 * and the doctor share. For the operator: it names no attendee and no key.
 */
export class CalendarTrouble extends Error {
  override readonly name = 'CalendarTrouble';
  readonly title: TroubleTitle;
  /** What was seen, and what to do. */
  readonly advice: string;

  constructor(title: TroubleTitle, advice: string, options: ErrorOptions = {}) {
    super(`${title}: ${advice}`, options);
    this.title = title;
    this.advice = advice;
  }
}

/** The trouble behind what a calendar threw; null where it is no matter of the calendar. */
export function toCalendarTrouble(error: unknown): CalendarTrouble | null {
  if (error instanceof CalendarTrouble) return error;
  if (error instanceof CalendarSetupError) {
    const title = TROUBLE_OF[error.problem];
    const advice = error.message.startsWith(`${title}: `)
      ? error.message.slice(title.length + 2)
      : error.message;
    return new CalendarTrouble(title, advice, { cause: error });
  }
  if (error instanceof CalendarConfigurationError || error instanceof SealedCredentialError) {
    return notAvailable(error.message, { cause: error });
  }
  if (error instanceof CalendarError) {
    const advice = `${error.message}${error.isRetryable ? ' Check the network and the address of the instance, and try again.' : ''}`;
    return new CalendarTrouble('Failed to initialize Cal.com calendar', advice, { cause: error });
  }
  return null;
}

/** The agent has nothing to book, or what it books has no calendar that can be asked. */
export function notAvailable(advice: string, options: ErrorOptions = {}): CalendarTrouble {
  return new CalendarTrouble('Calendar integration is not available', advice, options);
}

/** A calendar that answers, and has nothing free. */
export function noSlots(seen: { days: number; timeZone: string }): CalendarTrouble {
  return new CalendarTrouble(
    'No appointment slots available',
    `Nothing is free in the next ${seen.days} days. Check the working hours and busy times at the provider, ` +
      `the time zone (${seen.timeZone}), and the minimum notice and date range of the event type.`,
  );
}
