import { expect, test } from 'vitest';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { openTestDesk, SOON } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });

test('tells what callers wish for, whether or not it is free, and nothing that they said', async () => {
  const wishes: unknown[] = [];
  const { desk, tenant } = await openTestDesk(database.db, {
    clock: CLOCK,
    onWish: (wish) => wishes.push(wish),
  });
  const event = tenant.bookingEventId;
  await desk.findTimes({ ...SOON, when: null });
  expect(wishes.pop()).toEqual({ weekday: 0, part: 'any', isFree: true, event });
  await desk.findTimes({ ...SOON, when: 'tuesday afternoon' });
  expect(wishes.pop()).toMatchObject({ weekday: 2, part: 'afternoon', event });
  // The calendar has no weekends.
  await desk.findTimes({ ...SOON, when: 'saturday morning' });
  expect(wishes.pop()).toEqual({ weekday: 6, part: 'morning', isFree: false, event });
  await desk.findTimes({ ...SOON, when: 'the second one' });
  await desk.findTimes({ ...SOON, when: 'tomorrow or so at a quarter past whenever' });
  expect(wishes).toEqual([]);
});
