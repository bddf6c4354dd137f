import { expect, test } from 'vitest';
import { isWithin, readWeeklyHours, writeWeeklyHours } from '../../calls/weekly-hours.ts';

test.each([
  ['Mon-Fri 09:00-18:00, Sat 09:00-12:00', 'Mon-Fri 09:00-18:00, Sat 09:00-12:00'],
  ['monday - friday 9-18; saturday 9-12', 'Mon-Fri 09:00-18:00, Sat 09:00-12:00'],
  ['Sun 0:00-24:00', 'Sun 00:00-24:00'],
])('reads %j', (text, written) => {
  expect(writeWeeklyHours(readWeeklyHours(text) ?? [])).toBe(written);
});

test.each([
  '',
  'always',
  'Mon',
  'Mon 18-9',
  'Mon 9-25',
  'Mon 9:60-10',
  'Mon-Fri 9-18, ',
  'Mon 9-9',
])('does not guess what %j means', (text) => {
  expect(readWeeklyHours(text)).toBe(null);
});

test.each([
  // A Friday, in summer and in winter time.
  ['2026-07-24T13:00:00Z', 'America/New_York', true],
  ['2026-07-24T12:59:59Z', 'America/New_York', false],
  ['2026-01-23T13:30:00Z', 'America/New_York', false],
  ['2026-07-24T22:00:00Z', 'America/New_York', false],
  ['2026-07-25T01:00:00Z', 'Asia/Tokyo', true],
  ['2026-07-24T00:00:00Z', 'UTC', false],
])('knows whether somebody is there at %s in %s', (at, timeZone, is) => {
  const spans = readWeeklyHours('Mon-Fri 09:00-18:00, Sat 10:00-12:00') ?? [];
  expect(isWithin(spans, { at: new Date(at), timeZone })).toBe(is);
});

test('goes over the end of the week', () => {
  const spans = readWeeklyHours('Sat-Mon 00:00-24:00') ?? [];
  const days = ['20', '21', '22', '23', '24', '25', '26'].map((day) =>
    isWithin(spans, { at: new Date(`2026-07-${day}T00:00:00Z`), timeZone: 'UTC' }),
  );
  expect(days).toEqual([true, false, false, false, false, true, true]);
});
