import { expect, test } from 'vitest';
import { wishedTimes } from '../../../booking/offering/wished-times.ts';

const ZONE = 'America/New_York';
const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

test.each([
  // A Tuesday in New York, which is Wednesday in UTC by its end.
  ['2026-11-24T17:00:00Z', '2026-11-24T23:00:00Z', 2, 'afternoon'],
  ['2026-11-24T05:00:00Z', '2026-11-25T05:00:00Z', 2, 'any'],
  ['2026-11-24T14:00:00Z', '2026-11-24T14:01:00Z', 2, 'morning'],
  ['2026-11-24T22:00:00Z', '2026-11-25T03:00:00Z', 2, 'evening'],
  ['2026-11-24T05:00:00Z', '2026-11-27T05:00:00Z', 0, 'any'],
])('knows %s to %s by weekday and part of the day', (from, to, weekday, part) => {
  expect(wishedTimes(range(from, to), true, ZONE)).toEqual({ weekday, part, isFree: true });
});

test('knows the mornings of several days', () => {
  const wish = {
    ...range('2026-11-24T13:00:00Z', '2026-11-25T17:00:00Z'),
    exclude: [range('2026-11-24T17:00:00Z', '2026-11-25T13:00:00Z')],
  };
  expect(wishedTimes(wish, false, ZONE)).toEqual({ weekday: 0, part: 'morning', isFree: false });
});
