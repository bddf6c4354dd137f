import { describe, expect, test } from 'vitest';
import { isDay, startOfDay } from '../../../web/office/components/days.ts';

describe('the first instant of a day', () => {
  test.each([
    ['an ordinary one', '2026-11-24', 'America/New_York', '2026-11-24T05:00:00.000Z'],
    [
      'one on which the clocks change later',
      '2026-03-08',
      'America/New_York',
      '2026-03-08T05:00:00.000Z',
    ],
    [
      'one that begins at one, west of Greenwich',
      '2026-09-06',
      'America/Santiago',
      '2026-09-06T04:00:00.000Z',
    ],
    ['one that begins at one, east of it', '2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['one whose midnight comes twice', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    [
      'the first behind a change at midnight',
      '2026-10-25',
      'Asia/Beirut',
      '2026-10-24T22:00:00.000Z',
    ],
  ])('is right for %s', (_, day, timeZone, instant) => {
    expect(startOfDay(day, timeZone).toISOString()).toBe(instant);
  });
});

test('a day is one that there is', () => {
  expect(['2026-11-24', '2028-02-29'].every(isDay)).toBe(true);
  expect(
    ['2026-11-31', '2026-99-99', '2026-1-1', '9999-12-31', '', undefined].filter(isDay),
  ).toEqual([]);
});
