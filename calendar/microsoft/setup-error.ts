import { setupErrorOf } from '../calendar-error.ts';
import type { CalendarSetupError, SetupProblem } from '../calendar-error.ts';

export const MICROSOFT_NAME = 'Microsoft 365';

/** What is wrong with a calendar as it is set up, with what its operator can do about it. */
export function setupError(
  problem: SetupProblem,
  advice: string,
  options?: ErrorOptions,
): CalendarSetupError {
  return setupErrorOf(MICROSOFT_NAME, problem, advice, options);
}
