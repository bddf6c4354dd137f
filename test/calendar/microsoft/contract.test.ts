import { afterAll, beforeAll, describe } from 'vitest';
import { storedBookings } from '../../../booking/calendars/stored-bookings.ts';
import { MailboxGate } from '../../../calendar/microsoft/mailbox-gate.ts';
import { startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import { calendarOf } from './simulated.ts';

const WRITES = {
  book: 'events.create',
  reschedule: 'events.update',
  cancel: 'events.cancel',
} as const;

describe('on the simulator of Microsoft Graph', () => {
  const database = useTestDatabase();
  let simulator: ValidatedMicrosoft;
  beforeAll(async () => {
    simulator = await startMicrosoft();
  });
  afterAll(() => simulator.close());

  describeCalendarContract(
    'MicrosoftCalendar',
    async () => {
      const tenant = await insertTenant(database.db);
      const bookings = storedBookings(database.db, { ...tenant, eventType: 'visit' });
      const gate = new MailboxGate();
      const open = () => calendarOf(simulator, { bookings, gate });
      return {
        calendar: open(),
        now: () => new Date(),
        reopen: open,
        phoneOnly: calendarOf(simulator, { bookings, gate, settings: { email: 'optional' } }),
        loseAnswer: (write) =>
          simulator.faults.set({ operation: WRITES[write], kind: 'commit-then-reset' }),
        fallSilent: () => simulator.faults.set({ kind: 'hang', times: null }),
        wakeUp: () => simulator.faults.clear(),
      };
    },
    { lacks: ['hold', 'pending', 'questions'] },
  );
});
