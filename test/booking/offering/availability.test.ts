import { describe, expect, it } from 'vitest';
import {
  CalendarUnreachableError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import { changed } from '../ledger/ledger-call.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, SOON, openTestDesk } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

describe('what is free, as one call knows it', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  /** A desk that counts what its calendar is asked, and whose calendar fails so often at first. */
  async function countingDesk({ failures = 0 } = {}) {
    const asked = { slots: 0 };
    const { desk } = await openTestDesk(database.db, {
      clock: CLOCK,
      change: (calendar) =>
        changed(calendar, () => ({
          listSlots(range, minutes) {
            asked.slots += 1;
            if (asked.slots > failures) return calendar.listSlots(range, minutes);
            return Promise.reject(new CalendarUnreachableError('Not now.'));
          },
          book: () => Promise.reject(new SlotUnavailableError('Taken.')),
        })),
    });
    const ask = (when: string) => desk.findTimes({ ...SOON, when });
    return { desk, asked, ask };
  }

  it('is asked for once, ahead of the first question', async () => {
    const { desk, asked, ask } = await countingDesk();
    desk.prefetch();
    await ask('tomorrow');
    await ask('on Thursday');
    expect(asked.slots).toBe(1);
  });

  it('is remembered again after a prefetch that failed', async () => {
    const { desk, asked, ask } = await countingDesk({ failures: 1 });
    desk.prefetch();
    await expect.poll(() => asked.slots).toBe(1);
    await ask('tomorrow').catch(() => ask('tomorrow'));
    await ask('on Thursday');
    await ask('on Friday');
    expect(asked.slots).toBe(2);
  });

  it('is remembered again after a time turned out to be taken', async () => {
    const { desk, asked, ask } = await countingDesk();
    desk.prefetch();
    await ask('tomorrow');
    const taken = await desk.changes.schedule({ slotId: desk.offer?.slots[0]?.id ?? '', ...MARY });
    expect(taken.status).toBe('taken');
    expect(asked.slots).toBe(2);
    await ask('tomorrow');
    await ask('on Thursday');
    await ask('on Friday');
    expect(asked.slots).toBe(2);
  });

  it('is remembered of a far week too', async () => {
    const { desk, asked, ask } = await countingDesk();
    desk.prefetch();
    await ask('on February 8');
    const before = asked.slots;
    await ask('on February 8');
    expect(asked.slots).toBe(before);
  });
});
