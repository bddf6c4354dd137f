import { afterAll, beforeAll } from 'vitest';
import { createCalcomSimulator } from '../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import type {
  CalcomSimulator,
  CalcomSimulatorOptions,
} from '../../rehearsal/simulators/calcom/create-calcom-simulator.ts';

/** Planted: no output may show them. */
export const KEY = 'cal_live_c4n4ry0123456789abcdef';
export const OTHER_KEY = 'cal_live_0th3rc4n4ry456789abcdef';
/** An account is connected once: tests that connect another calendar beside the first use these. */
export const SECOND_KEY = 'cal_live_s3c0ndc4n4ry6789abcdef';
export const THIRD_KEY = 'cal_live_th1rdc4n4ry456789abcdef';

/** A Cal.com of the test file's own: an account with office hours, one without, one of somebody else. */
export function useCalcom(options: Partial<CalcomSimulatorOptions> = {}): {
  readonly simulator: CalcomSimulator;
} {
  let simulator: CalcomSimulator | undefined;
  beforeAll(async () => {
    simulator = await createCalcomSimulator({
      rateLimit: null,
      accounts: [
        {
          username: 'front-desk',
          apiKey: KEY,
          timeZone: 'America/Chicago',
          eventTypes: [{ slug: 'consultation', title: 'Consultation', lengthInMinutes: 45 }],
        },
        { username: 'second-desk', apiKey: SECOND_KEY, timeZone: 'America/Chicago' },
        {
          username: 'third-desk',
          apiKey: THIRD_KEY,
          timeZone: 'America/Chicago',
          eventTypes: [{ slug: 'consultation', title: 'Consultation', lengthInMinutes: 45 }],
        },
        { username: 'never-open', apiKey: OTHER_KEY, availability: [] },
      ],
      ...options,
    });
  });
  afterAll(async () => simulator?.close());
  return {
    get simulator() {
      if (!simulator) throw new Error('The simulator starts in beforeAll: use it inside tests.');
      return simulator;
    },
  };
}
