import { describe, expect, it } from 'vitest';
import {
  dayLabel,
  relativeDayLabel,
  slotLabel,
  timeLabel,
  zoneName,
} from '../../../booking/times/labels.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-11-20T15:00:00Z');
const start = new Date('2026-11-24T19:30:00Z');

describe('the label of a slot', () => {
  it('says weekday, date and time in the zone of the caller', () => {
    expect(slotLabel(start, { timeZone, now })).toBe('Tuesday, November 24 at 2:30 PM');
    expect(slotLabel(start, { timeZone: 'Asia/Kolkata', now })).toBe(
      'Wednesday, November 25 at 1:00 AM',
    );
  });

  it('says the year where it is not this year in that zone', () => {
    const label = (at: string, zone: string) =>
      slotLabel(new Date(at), { timeZone: zone, now: new Date('2026-12-31T12:00:00Z') });
    expect(label('2027-01-05T19:30:00Z', timeZone)).toBe('Tuesday, January 5, 2027 at 2:30 PM');
    // It is already 2027 in Auckland.
    expect(label('2027-01-05T01:00:00Z', 'Pacific/Auckland')).toBe('Tuesday, January 5 at 2:00 PM');
  });

  it('names the zone where the calendar shows another clock, and only there', () => {
    const label = (calendarTimeZone: string) =>
      slotLabel(start, { timeZone, now, calendarTimeZone });
    expect(label('Europe/Berlin')).toBe('Tuesday, November 24 at 2:30 PM Eastern time');
    expect(label('America/New_York')).toBe('Tuesday, November 24 at 2:30 PM');
    expect(label('America/Detroit')).toBe('Tuesday, November 24 at 2:30 PM');
  });

  it('names the zone and the distance when told to', () => {
    expect(slotLabel(start, { timeZone, now, withZone: true, withRelative: true })).toBe(
      'Tuesday, November 24 at 2:30 PM Eastern time, in 4 days',
    );
  });

  it('separates the half of the day by a plain space', () => {
    expect(timeLabel(start, timeZone)).toBe('2:30 PM');
    expect(timeLabel(new Date('2026-11-24T17:00:00Z'), timeZone)).toBe('12:00 PM');
    expect(timeLabel(new Date('2026-11-24T05:05:00Z'), timeZone)).toBe('12:05 AM');
  });
});

describe('the distance of a day', () => {
  it('counts days of the calendar and not of 24 hours', () => {
    const late = new Date('2026-11-21T04:50:00Z');
    const at = (time: string) => relativeDayLabel(new Date(time), { timeZone, now: late });
    expect(at('2026-11-21T04:55:00Z')).toBe('today');
    expect(at('2026-11-21T05:05:00Z')).toBe('tomorrow');
    expect(at('2026-11-24T14:00:00Z')).toBe('in 4 days');
    expect(at('2026-11-19T14:00:00Z')).toBe('yesterday');
  });

  it('counts a day of 23 or 25 hours as one', () => {
    const from = (time: string, to: string) =>
      relativeDayLabel(new Date(to), { timeZone, now: new Date(time) });
    expect(from('2027-03-14T04:59:00Z', '2027-03-15T04:01:00Z')).toBe('in 2 days');
    expect(from('2026-11-01T04:30:00Z', '2026-11-02T05:30:00Z')).toBe('tomorrow');
  });
});

describe('the label of a day', () => {
  it('is the date in the zone', () => {
    expect(dayLabel(new Date('2026-11-25T03:00:00Z'), { timeZone, now })).toBe(
      'Tuesday, November 24',
    );
  });
});

describe('the name of a zone', () => {
  it.each([
    ['America/New_York', 'Eastern time'],
    ['Europe/Berlin', 'Central European time'],
    ['Australia/Lord_Howe', 'Lord Howe time'],
    ['Pacific/Auckland', 'New Zealand time'],
    ['Asia/Kolkata', 'India Standard time'],
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Etc/GMT+5', 'UTC-05:00'],
  ])('of %s is %s', (zone, name) => {
    expect(zoneName(zone, start)).toBe(name);
    expect(zoneName(zone, new Date('2027-07-01T00:00:00Z'))).toBe(name);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneName('Mars/Olympus', start)).toThrow(RangeError);
  });
});
