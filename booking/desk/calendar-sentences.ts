import { CalendarSetupError, RequestRefusedError } from '../../calendar/calendar-error.ts';
import type { CalendarError, RefusalReason, SetupProblem } from '../../calendar/calendar-error.ts';
import type { Sentences } from '../languages/sentences/sentences.ts';

/** The sentence for a caller of whatever a calendar threw; of what nobody has words for, nothing is claimed. */
export function calendarSentence(error: CalendarError, { calendar }: Sentences): string {
  const name = reasonOf(error) ?? error.name;
  return name in calendar ? calendar[name as keyof typeof calendar] : calendar.unknown;
}

function reasonOf(error: CalendarError): SetupProblem | RefusalReason | null {
  if (error instanceof CalendarSetupError) return error.problem;
  return error instanceof RequestRefusedError ? error.reason : null;
}
