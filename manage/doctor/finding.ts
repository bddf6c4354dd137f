import type { CalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';

/** What the doctor looks at, in its order. */
export type ExaminedPart =
  | 'agent'
  | 'model'
  | 'recording'
  | 'key'
  | 'account'
  | 'API'
  | 'time zone'
  | 'event type'
  | 'slots'
  | 'webhook'
  | 'sync'
  | 'trunk'
  | 'number'
  | 'LiveKit'
  | 'jobs'
  | 'database'
  | 'visitors';

/** What was seen at one step. */
export interface Finding {
  part: ExaminedPart;
  /** The calendar or event that was looked at; null where it is the agent or the whole. */
  of: string | null;
  /**
   * `warning`: bookings work, but something around them does not; `skipped`: an earlier step must be
   * mended first.
   */
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  found: string;
  /** What to do; null where there is nothing to do. */
  remedy: string | null;
  /** Of the command line, which does it; null where there is none that does. */
  command: string | null;
  /** The trouble's title, where this is one of the three of the troubleshooting pages. */
  trouble: CalendarTrouble['title'] | null;
}

type Step = Pick<Finding, 'part' | 'of'>;

const NOTHING = { remedy: null, command: null, trouble: null };

export function ok(step: Step, found: string): Finding {
  return { ...step, state: 'ok', found, ...NOTHING };
}

export function warning(
  step: Step,
  found: string,
  remedy: string,
  command: string | null = null,
): Finding {
  return { ...step, state: 'warning', found, remedy, command, trouble: null };
}

export function failed(
  step: Step,
  found: string,
  remedy: string,
  command: string | null = null,
): Finding {
  return { ...step, state: 'failed', found, remedy, command, trouble: null };
}

/** A failure under its title; what the trouble advises is what to do. */
export function troubled(step: Step, trouble: CalendarTrouble): Finding {
  return {
    ...step,
    state: 'failed',
    found: trouble.title,
    remedy: trouble.advice,
    command: trouble.command,
    trouble: trouble.title,
  };
}

export function skipped(step: Step, because: string): Finding {
  return { ...step, state: 'skipped', found: `not looked at: ${because}`, ...NOTHING };
}
