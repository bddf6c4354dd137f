import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  changed,
  CLOCK,
  entry,
  openBookedCall,
  openLedgerCall,
  pick,
  stateOf,
} from './ledger-call.ts';

const reason = 'The caller asked for it.';
const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });

describe('a claim that is said to be gone', () => {
  it('is not given up for a move of its booking that is confirmed meanwhile', async () => {
    const { db } = database;
    const call = await openBookedCall(db);
    const { tenant } = call;
    const [from, to] = [pick(call.free, 0), pick(call.free, 9)];
    const isMoved = Promise.withResolvers<void>();
    const mayConfirm = Promise.withResolvers<void>();
    const moving = changed(call.calendar, (real) => ({
      async reschedule(...request) {
        const booking = await real.reschedule(...request);
        isMoved.resolve();
        await mayConfirm.promise;
        return booking;
      },
    }));
    const request = { appointmentId: call.appointmentId, slot: to, reason };
    const move = rescheduleThroughLedger({ ...call.context, calendar: moving }, request);
    await isMoved.promise;
    const rival = await openLedgerCall(db, {
      tenant,
      change: (real) => ({
        async findBookings(query) {
          const found = await real.findBookings(query);
          mayConfirm.resolve();
          await move;
          return found;
        },
      }),
    });
    const theirs = await bookThroughLedger(rival.context, entry(from, { email: 'b@example.com' }));
    expect(await move).toMatchObject({ state: 'confirmed', booking: to });
    expect(theirs).toMatchObject({ state: 'confirmed', booking: from });
    const { intents } = await stateOf(db, tenant);
    const live = intents.filter(({ state }) => state === 'confirmed');
    expect(live.map(({ startAt }) => startAt)).toEqual([to.start, from.start]);
  });
});
