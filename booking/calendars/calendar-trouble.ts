import {
  CalendarConfigurationError,
  CalendarError,
  CalendarSetupError,
  troubleTitle,
  withCommand,
} from '../../calendar/calendar-error.ts';
import { providerName } from '../../calendar/providers.ts';
import type { Providers } from '../../calendar/providers.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';

/**
 * Why an agent cannot offer or book, under the title that the troubleshooting pages, the worker's log
 * and the doctor share. For the operator: it names no attendee and no key.
 */
export class CalendarTrouble extends Error {
  override readonly name = 'CalendarTrouble';
  readonly title: string;
  /** What was seen, and what to do. */
  readonly advice: string;
  /** Of the command line, behind the advice; null where there is none that helps. */
  readonly command: string | null;

  constructor(
    title: string,
    advice: string,
    { command = null, ...options }: ErrorOptions & { command?: string | null } = {},
  ) {
    super(`${title}: ${withCommand(advice, command)}`, options);
    this.title = title;
    this.advice = advice;
    this.command = command;
  }
}

/**
 * The trouble behind what a calendar threw; null where it is no matter of the calendar.
 * @param provider the id of the calendar's
 */
export function toCalendarTrouble(
  error: unknown,
  provider: string,
  providers: Providers,
): CalendarTrouble | null {
  if (error instanceof CalendarTrouble) return error;
  if (error instanceof CalendarSetupError) {
    const title = troubleTitle(error.problem, providerName(provider, providers));
    return new CalendarTrouble(title, error.advice, { cause: error });
  }
  if (error instanceof CalendarConfigurationError) {
    return notAvailable(error.advice, { command: error.command, cause: error });
  }
  if (error instanceof SealedCredentialError) return notAvailable(error.message, { cause: error });
  if (error instanceof CalendarError) {
    const advice = `${error.message}${error.isRetryable ? ' Check the network and the address of the instance, and try again.' : ''}`;
    const title = troubleTitle('key-refused', providerName(provider, providers));
    return new CalendarTrouble(title, advice, { cause: error });
  }
  return null;
}

/** The agent has nothing to book, or what it books has no calendar that can be asked. */
export function notAvailable(
  advice: string,
  options: ErrorOptions & { command?: string | null } = {},
): CalendarTrouble {
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
