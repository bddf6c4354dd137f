import { describe, expect, it } from 'vitest';

import { calendarFile } from '../../../web/call/calendar-file.ts';

const entry = {
  title: 'Harbor Street Clinic',
  description: 'Appointment for Mary Smith',
  start: '2026-11-24T19:30:00.000Z',
  end: '2026-11-24T20:00:00Z',
};
const options = { uid: 'uid-1', now: new Date('2026-11-20T08:00:00Z') };

describe('calendarFile', () => {
  it('holds the one event, its instants in UTC', () => {
    expect(calendarFile(entry, options).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Slotline//Slotline//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:uid-1',
      'DTSTAMP:20261120T080000Z',
      'DTSTART:20261124T193000Z',
      'DTEND:20261124T200000Z',
      'SUMMARY:Harbor Street Clinic',
      'DESCRIPTION:Appointment for Mary Smith',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('lets no text break out of its line', () => {
    const file = calendarFile({ ...entry, title: 'Smith; Sons, Ltd\r\nEND:VEVENT\\' }, options);
    expect(file).toContain('SUMMARY:Smith\\; Sons\\, Ltd\\nEND:VEVENT\\\\\r\n');
  });

  it('folds lines at 75 octets and keeps every character whole', () => {
    const title = 'Zahnärztinnen und Zahnärzte am Münsterplatz '.repeat(4).trim();
    const file = calendarFile({ ...entry, title }, options);
    const octets = file.split('\r\n').map((line) => new TextEncoder().encode(line).length);
    expect(Math.max(...octets)).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
  });
});
