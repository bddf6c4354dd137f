import type { SettlingTimes } from '../../db/intents/unsettled-intents.ts';
import { USUAL_DEADLINES } from './deadlines.ts';

/** Milliseconds. */
export interface ReconcilerTimes extends SettlingTimes {
  /**
   * How long after an intent's claim its booking's absence at the provider proves that the write
   * was never made: longer than a call may wait before it sends (3 s), an adapter's deadline for a
   * write and what a slow provider may still take for a request that has reached it.
   */
  absenceProves: number;
  /** After that long without an answer an operator is asked. */
  giveUp: number;
}

/**
 * An outcome is known within about ten seconds of the provider's return, or, where the write was
 * sent just before, thirty seconds after that.
 */
export const USUAL_TIMES: ReconcilerTimes = {
  // Longer than a call's own deadlines for a write and a look-up together.
  grace: 25_000,
  // Who is still on the phone hears it there: else the mail says that we could not tell them.
  firstLook: USUAL_DEADLINES.lookUp + 2_000,
  firstPause: 1_000,
  longestPause: 10_000,
  attentionPause: 600_000,
  absenceProves: 25_000,
  giveUp: 24 * 3_600_000,
};
