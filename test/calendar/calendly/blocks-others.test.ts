import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import { calendly } from '../../../calendar/calendly/provider.ts';
import type { BusyCalendar } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { startCalendly, TOKEN } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { rejection } from '../contract/contract-world.ts';
import { memoryBookings } from '../microsoft/memory-bookings.ts';
import { calendarOf, freeOf, wish } from './simulated.ts';

const HALF_AN_HOUR = 1_800_000;
/** A Tuesday, two in the afternoon in New York. */
const TWO = Date.parse('2026-11-24T19:00:00Z');
const DAY = { from: new Date(TWO), to: new Date(TWO + 8 * 3_600_000) };
const ANN = { name: 'Ann', email: 'ann@example.com' };

const timed = (half: number) => ({
  start: new Date(TWO + half * HALF_AN_HOUR),
  end: new Date(TWO + (half + 1) * HALF_AN_HOUR),
  allDay: false,
  shows: 'busy',
});

describe('what stands in a Calendly account, for events of another calendar', () => {
  let simulator: ValidatedSimulator;
  beforeEach(async () => {
    simulator = await startCalendly();
  });
  afterEach(() => simulator.close());

  function open(fetch?: typeof globalThis.fetch): BusyCalendar {
    const access = {
      settings: { baseUrl: simulator.url },
      credential: TOKEN,
      environment: {},
      limiter: () => memoryLimiter({ limit: 1_000_000, window: 60_000 }),
      fetch,
    };
    const parts = { now: () => new Date(simulator.clock.now()), bookings: memoryBookings() };
    const opened = calendly.openBusy?.(access, { timeZone: 'America/New_York' }, parts);
    if (!opened) throw new Error('A Calendly account does not tell what stands in it.');
    return opened;
  }

  const byHand = (half: number, eventType = 'appointment') =>
    simulator.hands.book(eventType, TWO + half * HALF_AN_HOUR, ANN);

  it('is every meeting that takes its time, with one or with many', async () => {
    byHand(0);
    byHand(2, 'group');
    simulator.hands.cancel(byHand(4));
    simulator.hands.move(byHand(6), TWO + 8 * HALF_AN_HOUR);
    expect(await open().listBusy(DAY)).toEqual([timed(0), timed(2), timed(8)]);
    // One that has begun is there as well.
    const middle = { from: new Date(TWO + 60_000), to: new Date(TWO + HALF_AN_HOUR) };
    expect(await open().listBusy(middle)).toContainEqual(timed(0));
  });

  it('has what we have booked there, and not what we have cancelled', async () => {
    const calendar = calendarOf(simulator);
    const free = await freeOf(simulator, calendar);
    const { start, end } = await calendar.book(wish(free[0]));
    const { reference } = await calendar.book(wish(free[2]));
    await calendar.cancel(reference, 'Asked.');
    const range = { from: start, to: new Date(start.getTime() + 8 * 3_600_000) };
    expect(await open().listBusy(range)).toEqual([{ start, end, allDay: false, shows: 'busy' }]);
  });

  it.each([
    ['a status that nobody knows', { status: 'perhaps' }],
    ['no beginning', { start_time: null }],
    ['an end before its beginning', { end_time: '2020-01-01T00:00:00.000000Z' }],
  ])('is not told where a meeting has %s', async (_, odd) => {
    byHand(0);
    const refused = await rejection(open(listing(odd)).listBusy(DAY));
    expect(refused).toBeInstanceOf(CalendarUnreachableError);
  });

  it('is not told where the token may not read it', async () => {
    simulator.faults.set({ operation: 'scheduled_events.list', kind: 'forbidden', times: null });
    expect(await rejection(open().listBusy(DAY))).toBeInstanceOf(CalendarSetupError);
  });

  it('is read to its last page, and not told where one is missing', async () => {
    for (let index = 0; index < 150; index += 1) byHand(0);
    expect(await open().listBusy(DAY)).toHaveLength(150);
    const missing = { kind: 'server-error', after: 1, times: null } as const;
    simulator.faults.set({ operation: 'scheduled_events.list', ...missing });
    expect(await rejection(open().listBusy(DAY))).toBeInstanceOf(CalendarUnreachableError);
  });
});

/** Puts something odd into every list of meetings. */
function listing(odd: object): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await transport(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname !== '/scheduled_events') return response;
    const body = (await response.json()) as { collection: object[] };
    const [first = {}] = body.collection;
    return Response.json({ ...body, collection: [...body.collection, { ...first, ...odd }] });
  };
}
