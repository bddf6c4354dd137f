import { afterAll, beforeAll, describe } from 'vitest';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import type { ContractSetup } from '../contract/contract-world.ts';
import { calendarOf, FRONT_DESK } from './simulated.ts';

describe('on the Cal.com simulator', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK] });
  });
  afterAll(() => simulator.close());

  const setup = (eventType: string): ContractSetup => {
    const { faults, clock } = simulator;
    return {
      calendar: calendarOf(simulator, { eventType }),
      now: () => new Date(clock.now()),
      loseAnswer: (write) => {
        const operation = write === 'book' ? 'create' : write;
        faults.set({ operation: `bookings.${operation}`, kind: 'commit-then-reset' });
      },
      fallSilent: () => faults.set({ kind: 'hang', times: null }),
      wakeUp: () => faults.clear(),
      reopen: () => calendarOf(simulator, { eventType }),
      asking: {
        calendar: calendarOf(simulator, { eventType: 'asking' }),
        answers: { reason: 'toothache' },
      },
      awaiting: calendarOf(simulator, { eventType: 'awaiting' }),
      phoneOnly: calendarOf(simulator, { eventType: 'phone-only' }),
    };
  };

  describeCalendarContract('CalcomCalendar', () => Promise.resolve(setup('appointment')));
});
