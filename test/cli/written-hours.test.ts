import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { toDurations, toOverrides, toWeeklyHours } from '../../cli/written-hours.ts';

describe('hours as an operator writes them', () => {
  it('are read by weekday, several ranges a day', () => {
    const office = [
      [540, 720],
      [780, 1_020],
    ];
    expect(toWeeklyHours('Mon-wed 9:00-12:00 13-17; sat,sunday 10:30-24:00;')).toEqual({
      '1': office,
      '2': office,
      '3': office,
      '6': [[630, 1_440]],
      '7': [[630, 1_440]],
    });
  });

  it('are read by date', () => {
    expect(toOverrides('2026-12-24 9:00-12:00; 2026-12-25 closed')).toEqual({
      '2026-12-24': [[540, 720]],
      '2026-12-25': [],
    });
    expect(toOverrides('none')).toEqual({});
  });

  it.each([
    ['weekly', 'someday 9-17'],
    ['weekly', 'fri-mon 9-17'],
    ['weekly', 'mon 9 to 17'],
    ['weekly', 'mon 9:75-17'],
    ['weekly', 'mon 9-25'],
    ['weekly', 'mon 9-12; mon 13-17'],
    ['overrides', '2026-12-24'],
    ['overrides', '2026-12-24 9-12; 2026-12-24 closed'],
    ['durations', '15, soon'],
  ])('are refused where %s cannot be read: %s', (kind, text) => {
    const read = { weekly: toWeeklyHours, overrides: toOverrides, durations: toDurations }[kind];
    expect(() => read?.(text)).toThrow(InvalidArgumentError);
  });
});
