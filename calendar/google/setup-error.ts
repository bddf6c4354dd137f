import { CalendarSetupError, troubleTitle } from '../calendar-error.ts';
import type { SetupProblem } from '../calendar-error.ts';

/** What a person calls it. */
export const GOOGLE_NAME = 'Google Calendar';

/** What is wrong with a calendar as it is set up, with what its operator can do about it. */
export function setupError(
  problem: SetupProblem,
  advice: string,
  options: ErrorOptions = {},
): CalendarSetupError {
  const title = troubleTitle(problem, GOOGLE_NAME);
  return new CalendarSetupError(`${title}: ${advice}`, { ...options, problem, advice });
}
