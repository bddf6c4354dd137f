import { describe, expect, it } from 'vitest';

import { calendarLeaf, minuteOfDay, slotParts } from '../../../web/call/slot-parts.ts';

const slot = { label: 'Tuesday, November 24 at 2:30 PM', start: '2026-11-24T19:30:00Z' };

describe('slotParts', () => {
  it('takes a label apart in the zone it was written for', () => {
    expect(slotParts(slot, 'America/New_York')).toEqual({
      day: 'Tuesday, November 24',
      time: '2:30 PM',
    });
  });

  it('leaves a label alone that says something else than the instant', () => {
    expect(slotParts(slot, 'America/Los_Angeles')).toBeNull();
    expect(
      slotParts({ ...slot, label: 'Tuesday at half past two' }, 'America/New_York'),
    ).toBeNull();
  });

  it('leaves a label alone whose zone or instant makes no sense', () => {
    expect(slotParts(slot, 'Mars/Olympus')).toBeNull();
    expect(slotParts({ ...slot, start: 'soon' }, 'America/New_York')).toBeNull();
  });
});

describe('minuteOfDay', () => {
  it('counts from midnight in the zone', () => {
    expect(minuteOfDay('2026-11-24T19:30:00Z', 'America/New_York')).toBe(14 * 60 + 30);
    expect(minuteOfDay('2026-11-24T05:00:00Z', 'America/New_York')).toBe(0);
  });

  it('knows nothing of a zone that does not exist', () => {
    expect(minuteOfDay('2026-11-24T19:30:00Z', 'Mars/Olympus')).toBeNull();
  });
});

describe('calendarLeaf', () => {
  it('shows the day it is in the zone, not in UTC', () => {
    expect(calendarLeaf('2026-11-25T01:30:00Z', 'America/New_York')).toEqual({
      month: 'Nov',
      day: '24',
      weekday: 'Tue',
    });
  });
});
