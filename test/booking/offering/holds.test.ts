import { describe, expect, it } from 'vitest';
import { promisedTimes, holdSlots, releaseHolds } from '../../../booking/offering/holds.ts';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { purgeHolds } from '../../../db/calendars/slot-holds.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { entry, NOW, openLedgerCall, pick, CLOCK } from '../ledger/ledger-call.ts';

const MINUTE = 60_000;

describe('holds', () => {
  const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });
  const range = { from: NOW, to: new Date(NOW.getTime() + 30 * 24 * 60 * MINUTE) };

  async function twoCalls() {
    const mine = await openLedgerCall(database.db);
    const theirs = await openLedgerCall(database.db, { tenant: mine.tenant });
    return { mine: mine.context, theirs: theirs.context, free: mine.free, tenant: mine.tenant };
  }

  it('keeps a slot that is promised to one caller from another', async () => {
    const { mine, theirs, free } = await twoCalls();
    const slots = free.slice(0, 3);
    expect(await holdSlots(mine, slots)).toEqual(slots);
    expect(await promisedTimes(theirs, range)).toEqual(slots);
    expect(await promisedTimes(mine, range)).toEqual([]);
    expect(await holdSlots(theirs, free.slice(2, 4))).toEqual([pick(free, 3)]);
    expect(await bookThroughLedger(theirs, entry(pick(free, 0)))).toEqual({ state: 'taken' });
    expect(await bookThroughLedger(mine, entry(pick(free, 0)))).toMatchObject({
      state: 'confirmed',
    });
  });

  it('keeps what overlaps a held slot', async () => {
    const { mine, theirs, free } = await twoCalls();
    await holdSlots(mine, [pick(free, 0)]);
    const start = new Date(pick(free, 0).start.getTime() + 10 * MINUTE);
    const slot = { start, end: new Date(start.getTime() + 30 * MINUTE) };
    expect(await holdSlots(theirs, [slot])).toEqual([]);
    expect(await bookThroughLedger(theirs, entry(slot))).toEqual({ state: 'taken' });
  });

  it('replaces what the call held before, and releases all at its end', async () => {
    const { mine, theirs, free } = await twoCalls();
    await holdSlots(mine, free.slice(0, 2));
    await holdSlots(mine, free.slice(1, 3));
    expect(await promisedTimes(theirs, range)).toEqual(free.slice(1, 3));
    await releaseHolds(mine);
    expect(await promisedTimes(theirs, range)).toEqual([]);
  });

  it('promises each slot to one of many calls that ask at once', async () => {
    const { free, tenant } = await twoCalls();
    const held = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const { context } = await openLedgerCall(database.db, { tenant });
        return holdSlots(context, free.slice(0, 4));
      }),
    );
    const starts = held.flat().map(({ start }) => start.getTime());
    expect(starts).toHaveLength(4);
    expect(new Set(starts).size).toBe(4);
  });

  it('forgets a hold that is over', async () => {
    const { mine, theirs, free } = await twoCalls();
    await holdSlots(mine, [pick(free, 0)]);
    await database.db
      .updateTable('slotHolds')
      .set({ expiresAt: CLOCK.ago(1_000) })
      .execute();
    expect(await promisedTimes(theirs, range)).toEqual([]);
    expect(await bookThroughLedger(theirs, entry(pick(free, 0)))).toMatchObject({
      state: 'confirmed',
    });
    expect(await purgeHolds(database.db)).toBeGreaterThan(0);
    expect(await database.db.selectFrom('slotHolds').selectAll().execute()).toEqual([]);
  });

  it('does not offer a time that another call is booking', async () => {
    const { mine, theirs, free } = await twoCalls();
    await bookThroughLedger(theirs, entry(pick(free, 0)));
    const believing = { ...mine, deadlines: USUAL_DEADLINES };
    expect(await holdSlots(believing, free.slice(0, 2))).toEqual([pick(free, 1)]);
  });

  it('offers what is claimed and listed once the claim is not believed any more', async () => {
    const { mine, theirs, free } = await twoCalls();
    await bookThroughLedger(theirs, entry(pick(free, 0)));
    const doubting = { ...mine, deadlines: { ...USUAL_DEADLINES, believeRival: 0 } };
    expect(await holdSlots(doubting, free.slice(0, 2))).toEqual(free.slice(0, 2));
  });

  it('holds nothing where several can come at once', async () => {
    const first = await openLedgerCall(database.db, {
      change: (calendar) => ({
        describe: async () => ({ ...(await calendar.describe()), exclusive: false }),
      }),
    });
    expect(await holdSlots(first.context, first.free.slice(0, 2))).toEqual(first.free.slice(0, 2));
    expect(await database.db.selectFrom('slotHolds').selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ callId: first.context.callId }),
    );
  });
});
