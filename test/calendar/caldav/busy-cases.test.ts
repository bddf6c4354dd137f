import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseObject, readEvents } from '../../../calendar/caldav/calendar-object.ts';
import { expandEvents } from '../../../calendar/caldav/expand.ts';
import { USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import { isBlocking } from '../../../calendar/slots/free-slots.ts';

interface BusyCases {
  from: string;
  to: string;
  zone: string;
  owner: string[];
  cases: { name: string; ics: string; busy: [string, string][] }[];
}

const file = new URL('../../fixtures/caldav/busy-cases.json', import.meta.url);
const corpus = JSON.parse(readFileSync(file, 'utf8')) as BusyCases;
const range = { from: new Date(corpus.from), to: new Date(corpus.to) };

/** When an object blocks, cut to the range that is asked for. */
function busyTimes(ics: string, context = { timeZone: corpus.zone, addresses: corpus.owner }) {
  const object = parseObject(ics, '/case.ics');
  const events = readEvents(object, '/case.ics', context);
  return expandEvents(events, range, { object, path: '/case.ics', context })
    .filter((time) => isBlocking(time, USUAL_AVAILABILITY))
    .map(({ start, end }) => [
      new Date(Math.max(start.getTime(), range.from.getTime())).toISOString(),
      new Date(Math.min(end.getTime(), range.to.getTime())).toISOString(),
    ])
    .toSorted(byStart);
}

function byStart([one = '']: string[], [other = '']: string[]): number {
  return one.localeCompare(other);
}

const event = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', 'BEGIN:VEVENT', 'UID:x']
    .concat('DTSTAMP:20261101T000000Z', lines, 'END:VEVENT', 'END:VCALENDAR', '')
    .join('\r\n');

describe('what an object blocks', () => {
  it.each(corpus.cases.map((each) => [each.name, each] as const))('%s', (_, { ics, busy }) => {
    expect(busyTimes(ics)).toEqual(busy.toSorted(byStart));
  });

  it('does not hang on the zone of the machine', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Kolkata';
    try {
      for (const { ics, busy } of corpus.cases)
        expect(busyTimes(ics)).toEqual(busy.toSorted(byStart));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('reads floating times and dates on the clock of the calendar', () => {
    const context = { timeZone: 'America/New_York', addresses: [] };
    expect(busyTimes(event('DTSTART:20270316T100000', 'DURATION:PT1H'), context)).toEqual([
      ['2027-03-16T14:00:00.000Z', '2027-03-16T15:00:00.000Z'],
    ]);
    // The day on which the clocks go forward has 23 hours.
    expect(busyTimes(event('DTSTART;VALUE=DATE:20270314'), context)).toEqual([
      ['2027-03-14T05:00:00.000Z', '2027-03-15T04:00:00.000Z'],
    ]);
  });

  it.each([
    ['a path before a name', '/freeassociation.sourceforge.net/America/New_York'],
    ['a name of Windows', 'Eastern Standard Time'],
  ])('knows a zone by %s', (_, tzid) => {
    const ics = event(`DTSTART;TZID=${tzid}:20270316T100000`, 'DURATION:PT1H');
    expect(busyTimes(ics)).toEqual([['2027-03-16T14:00:00.000Z', '2027-03-16T15:00:00.000Z']]);
  });

  it('counts a series from years ago, and one that excepts a whole date', () => {
    const ics = event(
      'DTSTART;TZID=Europe/Berlin:20000103T090000',
      'DURATION:PT30M',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
      'EXDATE;VALUE=DATE:20270322',
    );
    expect(busyTimes(ics)).toEqual([
      ['2027-03-08T08:00:00.000Z', '2027-03-08T08:30:00.000Z'],
      ['2027-04-05T07:00:00.000Z', '2027-04-05T07:30:00.000Z'],
    ]);
  });

  it.each([
    ['no calendar at all', '<html><body>Sign in</body></html>'],
    ['an appointment that is cut off', event('DTSTART:20270302T150000Z').slice(0, 90)],
    ['an appointment without a beginning', event('DTEND:20270302T150000Z')],
    ['a rule that cannot be read', event('DTSTART:20270302T150000Z', 'RRULE:FREQ=SOMETIMES')],
    [
      'a rule without end',
      event('DTSTART:20100302T150000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'),
    ],
    [
      'a rule of days that never come',
      event('DTSTART:20270302T150000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'),
    ],
    [
      'a rule of months that have no such day',
      event('DTSTART:20270201T150000Z', 'RRULE:FREQ=MONTHLY;INTERVAL=48;BYDAY=5MO'),
    ],
  ])('is never nothing for %s', (_, ics) => {
    expect(() => busyTimes(ics)).toThrow('cannot be read');
  });
});
