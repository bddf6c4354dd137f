import { describe } from 'vitest';
import type { FaultKind } from '../../../rehearsal/simulators/google/faults.ts';
import type { Operation } from '../../../rehearsal/simulators/google/model.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import type { ContractWrite } from '../contract/contract-world.ts';
import { openGoogle, tokenSource, useGoogle } from './simulated.ts';

const WRITES: Record<ContractWrite, Operation> = {
  book: 'events.insert',
  reschedule: 'events.patch',
  cancel: 'events.delete',
};

const EVERYTHING: Operation[] = [
  'calendarList.list',
  'events.delete',
  'events.get',
  'events.insert',
  'events.list',
  'events.patch',
  'freebusy.query',
];

describe.each([
  ['the main calendar alone', {}],
  ['another calendar, and all that block', { calendar: 'Appointments', busyCalendars: 'all' }],
])('with %s', (_name, settings) => {
  const google = useGoogle();

  describeCalendarContract(
    'GoogleCalendar',
    async () => {
      const { simulator } = google;
      const tokens = await tokenSource(simulator);
      const open = (more = {}) => openGoogle(simulator, tokens, { ...settings, ...more });
      const calendar = await open();
      const other = await open();
      const fault = (operation: Operation, kind: FaultKind, times: number | null) =>
        simulator.faults.set({ ...kind, operation, times });
      return {
        calendar,
        now: () => new Date(),
        reopen: () => other,
        phoneOnly: await open({ email: 'optional' }),
        loseAnswer: (write) => fault(WRITES[write], { kind: 'lost-answer' }, 1),
        fallSilent: () => {
          for (const operation of EVERYTHING) fault(operation, { kind: 'hang' }, null);
        },
        wakeUp: () => simulator.faults.clear(),
      };
    },
    { lacks: ['hold', 'pending', 'questions'] },
  );
});
