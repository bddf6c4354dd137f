import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { SlotUnavailableError } from '../../../calendar/calendar-error.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { CLOCK, entry, openLedgerCall, pick, stateOf } from './ledger-call.ts';

const CALLERS = 60;

describe('callers of one process who want a slot in the same moment', () => {
  const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });

  it('are decided by one claim: one has it, and every other is on record as refused', async () => {
    let claims = 0;
    const onStep = (step: string): void => void (claims += step === 'claiming' ? 1 : 0);
    const { context, tenant, free } = await openLedgerCall(database.db, { context: { onStep } });
    const outcomes = await Promise.all(
      Array.from({ length: CALLERS }, (_, caller) =>
        bookThroughLedger(context, entry(pick(free, 0), { email: `caller${caller}@example.com` })),
      ),
    );
    const states = Object.groupBy(outcomes, ({ state }) => state);
    expect(states.confirmed).toHaveLength(1);
    expect(states.taken).toHaveLength(CALLERS - 1);
    const { intents, live } = await stateOf(database.db, tenant);
    expect(live).toHaveLength(1);
    const refused = intents.filter(({ state }) => state === 'refused');
    expect(refused).toHaveLength(CALLERS - 1);
    for (const { reason, steps } of refused) {
      // The first one may be confirmed by then.
      expect(reason).toMatch(/^Another (?:caller|booking) has the time\.$/);
      expect(steps.map(({ state }) => state)).toEqual(['requested', 'refused']);
    }
    // Whoever waits for the lock would show as one more.
    expect(claims).toBeLessThan(CALLERS / 4);
  });

  it('are all told the truth where the provider refuses the one who had it', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db, {
      change: () => ({ book: () => Promise.reject(new SlotUnavailableError('Not free.')) }),
    });
    const slot = pick(free, 0);
    const outcomes = await Promise.all(
      Array.from({ length: CALLERS }, (_, caller) =>
        bookThroughLedger(context, entry(slot, { email: `caller${caller}@example.com` })),
      ),
    );
    expect(outcomes.every(({ state }) => state === 'taken')).toBe(true);
    // Nobody holds it: the next one who asks may have it.
    const { intents } = await stateOf(database.db, tenant);
    expect(intents.filter(({ isLive }) => isLive)).toEqual([]);
    const { context: other } = await openLedgerCall(database.db, { tenant });
    expect(await bookThroughLedger(other, entry(slot))).toMatchObject({ state: 'confirmed' });
  });

  it('do not stand in the way of who wants another time of the calendar', async () => {
    const { context, free } = await openLedgerCall(database.db);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => bookThroughLedger(context, entry(pick(free, index)))),
    );
    expect(outcomes.every(({ state }) => state === 'confirmed')).toBe(true);
  });

  it('are answered though one of them asks for what cannot be written', async () => {
    const { context, free } = await openLedgerCall(database.db);
    const { start } = pick(free, 0);
    const slots = Array.from({ length: 20 }, (_, index) => pick(free, index));
    // Not the first: that one goes alone.
    slots.splice(10, 0, { start, end: start });
    const outcomes = await Promise.allSettled(
      slots.map((slot) => bookThroughLedger(context, entry(slot))),
    );
    const [wrong] = outcomes.splice(10, 1);
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: '23514' } });
    for (const one of outcomes) {
      expect(one).toMatchObject({ status: 'fulfilled', value: { state: 'confirmed' } });
    }
  });
});
