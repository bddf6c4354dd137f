import { describe, expect, it } from 'vitest';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import type { BusyCalendar } from '../../../calendar/provider.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { ALICE, APPOINTMENTS, BOBS, openGoogleBusy, SURGERY, useGoogle } from './simulated.ts';

const google = useGoogle();

const MINUTE = 60_000;
/** Nine in New York. */
const NINE = new Date('2027-03-09T14:00:00Z');
const DAY = { from: NINE, to: new Date(NINE.getTime() + 8 * 60 * MINUTE) };
const ALL = { calendar: 'Appointments', busyCalendars: 'Surgery, Bob' };

const at = (minutes: number): Slot => ({
  start: new Date(NINE.getTime() + minutes * MINUTE),
  end: new Date(NINE.getTime() + (minutes + 30) * MINUTE),
});
const times = ({ start, end }: Slot) => ({
  start: { dateTime: start.toISOString() },
  end: { dateTime: end.toISOString() },
});
const timed = (minutes: number, shows: string) => ({ ...at(minutes), allDay: false, shows });

async function read(busy: BusyCalendar) {
  const all = await busy.listBusy(DAY);
  return all.toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

/** Changes what Google answers to requests for some path. */
function answering(path: string, answer: (body: object) => Response): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await transport(input, init);
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    if (!pathname.endsWith(path)) return response;
    if (path === '/events' && !searchParams.has('pageToken')) return response;
    return answer((await response.json()) as object);
  };
}

describe('what stands in a Google calendar, for events of another one', () => {
  it('is what each calendar that blocks has, as it is marked', async () => {
    const { simulator } = google;
    const own = simulator.owner(APPOINTMENTS);
    const busy = await openGoogleBusy(simulator, ALL);
    own.add(times(at(0)));
    own.add({ ...times(at(30)), status: 'tentative' });
    own.add({ ...times(at(60)), transparency: 'transparent' });
    own.remove(own.add(times(at(90))).id);
    own.add({ start: { date: '2027-03-09' }, end: { date: '2027-03-10' } });
    simulator.owner(SURGERY).add(times(at(120)));
    simulator.owner(SURGERY).add({ ...times(at(150)), transparency: 'transparent' });
    simulator.owner(BOBS).add(times(at(180)));
    // Nobody named it.
    simulator.owner(ALICE).add(times(at(210)));
    const wholeDay = {
      start: new Date('2027-03-09T05:00:00Z'),
      end: new Date('2027-03-10T05:00:00Z'),
    };
    expect(await read(busy)).toEqual([
      { ...wholeDay, allDay: true, shows: 'busy' },
      timed(0, 'busy'),
      timed(30, 'tentative'),
      timed(60, 'free'),
      timed(120, 'busy'),
      timed(180, 'busy'),
    ]);
    // One that has begun is there as well.
    const { start, end } = at(0);
    const middle = { from: new Date(start.getTime() + MINUTE), to: end };
    expect(await busy.listBusy(middle)).toContainEqual(timed(0, 'busy'));
  });

  it('is not told while one of them cannot be read', async () => {
    const { simulator } = google;
    const busy = await openGoogleBusy(simulator, ALL);
    simulator.state.unreadable.add(SURGERY);
    await expect(read(busy)).rejects.toBeInstanceOf(CalendarUnreachableError);
    simulator.state.unreadable.clear();
    const calendar = simulator.state.calendars.get(APPOINTMENTS);
    simulator.state.calendars.delete(APPOINTMENTS);
    await expect(read(busy)).rejects.toBeInstanceOf(CalendarSetupError);
    if (calendar) simulator.state.calendars.set(APPOINTMENTS, calendar);
    expect((await read(busy)).length).toBeGreaterThan(0);
  });

  it.each([
    ['leaves a calendar out', { kind: 'calendar#freeBusy', calendars: {} }],
    ['has no list of a calendar', { calendars: { [SURGERY]: { errors: [] } } }],
    [
      'has a time that ends before it begins',
      {
        calendars: {
          [SURGERY]: { busy: [{ start: '2027-03-09T15:00:00Z', end: '2027-03-09T14:00:00Z' }] },
        },
      },
    ],
  ])('is not told where an answer %s', async (_, body) => {
    const odd = answering('/freeBusy', () => Response.json(body));
    const settings = { calendar: 'Appointments', busyCalendars: 'Surgery' };
    const busy = await openGoogleBusy(google.simulator, settings, odd);
    await expect(read(busy)).rejects.toBeInstanceOf(CalendarUnreachableError);
  });

  it('is read to its last page, and not told where one is missing', async () => {
    const { simulator } = google;
    const owner = simulator.owner(ALICE);
    for (let index = 0; index < 2_600; index += 1) owner.add(times(at(240)));
    const whole = await read(await openGoogleBusy(simulator));
    expect(whole.length).toBeGreaterThan(2_600);
    const missing = answering('/events', () => Response.json({}, { status: 503 }));
    const busy = await openGoogleBusy(simulator, {}, missing);
    await expect(read(busy)).rejects.toBeInstanceOf(CalendarUnreachableError);
  });
});
