import { afterAll, beforeAll, describe } from 'vitest';
import { startCalendly } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import type { ContractWrite } from '../contract/contract-world.ts';
import { calendarOf } from './simulated.ts';

/** Of a move the first of its two writes. */
const OPERATIONS = {
  book: 'invitees.create',
  reschedule: 'invitees.create',
  cancel: 'cancellations.create',
} as const satisfies Record<ContractWrite, string>;

describe('on the Calendly simulator', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalendly();
  });
  afterAll(() => simulator.close());

  describeCalendarContract(
    'CalendlyCalendar',
    () =>
      Promise.resolve({
        calendar: calendarOf(simulator),
        now: () => new Date(simulator.clock.now()),
        loseAnswer: (write) =>
          simulator.faults.set({ operation: OPERATIONS[write], kind: 'commit-then-reset' }),
        fallSilent: () => simulator.faults.set({ kind: 'hang', times: null }),
        wakeUp: () => simulator.faults.clear(),
        asking: {
          calendar: calendarOf(simulator, { eventType: 'asking' }),
          answers: { 'what-brings-you-here': 'toothache' },
        },
      }),
    // It holds no time, its owner accepts nothing, and nobody is booked without an address.
    { lacks: ['hold', 'pending', 'phone-only'] },
  );
});
