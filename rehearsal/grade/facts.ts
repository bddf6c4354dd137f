import type { Evidence } from './evidence.ts';
import type { Step } from '../play.ts';
import type { StandingBooking } from './standing-bookings.ts';

/** One thing that was checked after the call. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

/** Everything a grade rests on: what was audible, what the database holds, and the times the page was shown. */
export interface Facts {
  steps: readonly Step[];
  heard: string;
  evidence: Evidence;
  /** Each offer as the page showed it, oldest first: ISO instants in order. */
  offers: readonly (readonly string[])[];
  /** The calendar's zone, for expectations that name a local date. */
  timeZone: string;
  /** What stood in the calendar before the call. */
  standing: readonly StandingBooking[];
}
