import { afterEach, describe, expect, it } from 'vitest';
import { SlotsCache } from '../../../../rehearsal/simulators/calcom/slots-cache.ts';
import type { AccountSeed, EventTypeSeed } from '../../../../rehearsal/simulators/calcom/seed.ts';
import { API_KEY, request, startCalcom, type ValidatedSimulator } from './start-calcom.ts';

let simulator: ValidatedSimulator;
afterEach(async () => await simulator.close());

describe('slots', () => {
  it('are keyed by their date in the zone asked for, past the range that was asked for', async () => {
    await start({});
    const tokyo = await slots('start=2026-11-24&end=2026-11-24&timeZone=Asia/Tokyo');
    // 9 in the morning in New York is 23:00 in Tokyo.
    expect(Object.keys(tokyo)).toStrictEqual(['2026-11-24', '2026-11-25']);
    expect(tokyo['2026-11-24']).toStrictEqual([
      { start: '2026-11-24T23:00:00.000+09:00' },
      { start: '2026-11-24T23:30:00.000+09:00' },
    ]);
  });

  it('keep the wall clock of the account on both days on which the clocks change', async () => {
    const days = ['Sunday' as const, 'Monday' as const];
    const availability = [{ days, startTime: '09:00', endTime: '10:00' }];
    await start({ availability });
    const zone = 'timeZone=America/New_York';
    simulator.clock.set(Date.parse('2027-03-10T14:00:00Z'));
    expect(await slots(`start=2027-03-14T00:00:00-05:00&end=2027-03-16&${zone}`)).toStrictEqual({
      '2027-03-14': [
        { start: '2027-03-14T09:00:00.000-04:00' },
        { start: '2027-03-14T09:30:00.000-04:00' },
      ],
      '2027-03-15': [
        { start: '2027-03-15T09:00:00.000-04:00' },
        { start: '2027-03-15T09:30:00.000-04:00' },
      ],
    });
    simulator.clock.set(Date.parse('2026-10-28T14:00:00Z'));
    expect(Object.keys(await slots(`start=2026-11-01&end=2026-11-02&${zone}`))).toStrictEqual([
      '2026-11-01',
      '2026-11-02',
    ]);
  });

  it('leave out what is busy, booked or buffered', async () => {
    await start({
      availability: [{ days: ['Tuesday'], startTime: '09:00', endTime: '13:00' }],
      busy: [{ start: '2026-11-24T14:30:00Z', end: '2026-11-24T15:00:00Z' }],
      eventTypes: [{ slug: 'appointment', lengthInMinutes: 30, afterEventBuffer: 30 }],
    });
    expect(await times()).toStrictEqual(['15:00', '15:30', '16:00', '16:30', '17:00', '17:30']);
    await book('2026-11-24T16:00:00Z');
    expect(await times()).toStrictEqual(['15:00', '17:00', '17:30']);
  });

  it('show a booking that is being moved as free', async () => {
    await start({});
    const before = await times();
    const uid = await book('2026-11-24T16:00:00Z');
    expect(await times()).not.toContain('16:00');
    expect(await times(`&bookingUidToReschedule=${uid}`)).toStrictEqual(before);
  });

  it('follow the duration where there is no interval', async () => {
    await start({});
    expect((await times('&duration=90')).slice(0, 3)).toStrictEqual(['14:00', '15:30', '17:00']);
  });

  it('begin after the minimum notice', async () => {
    await start({});
    simulator.clock.set(Date.parse('2026-11-24T15:10:00Z'));
    expect((await times())[0]).toBe('17:30');
  });

  it('are none without availability, and of no one but the account asked for', async () => {
    await start({ availability: [] });
    expect(await slots('start=2026-11-24&end=2026-12-24')).toStrictEqual({});
    const path = '/v2/slots?eventTypeSlug=nope&username=front-desk&start=2026-11-24&end=2026-11-25';
    const { body, status } = await request(simulator, 'GET', path);
    expect([status, body.error?.message]).toStrictEqual([404, 'Event Type not found']);
  });

  it('of a team are those of all its hosts, or of any', async () => {
    const hours = (startTime: string, endTime: string) => ({
      availability: [{ days: ['Tuesday' as const], startTime, endTime }],
    });
    simulator = await startCalcom({
      accounts: [
        { username: 'early', apiKey: API_KEY, ...hours('09:00', '11:00') },
        { username: 'late', apiKey: null, ...hours('10:00', '12:00') },
      ],
      teams: [
        {
          slug: 'sales',
          members: ['early', 'late'],
          eventTypes: [
            { slug: 'all', lengthInMinutes: 60, schedulingType: 'collective' },
            { slug: 'any', lengthInMinutes: 60, schedulingType: 'roundRobin' },
          ],
        },
      ],
    });
    const range = 'start=2026-11-24&end=2026-11-24&teamSlug=sales';
    const [all, any] = [
      await slots(`${range}&eventTypeSlug=all`, null),
      await slots(`${range}&eventTypeSlug=any`, null),
    ];
    expect(all['2026-11-24']).toStrictEqual([{ start: '2026-11-24T15:00:00.000Z' }]);
    expect(any['2026-11-24']).toHaveLength(3);
  });

  it('vanish while they are reserved, and can be booked by anyone all the same', async () => {
    await start({});
    const body = { eventTypeId: 1, slotStart: '2026-11-24T15:00:00Z' };
    const reserved = await request(simulator, 'POST', '/v2/slots/reservations', { body });
    expect(reserved.status).toBe(201);
    expect(await times()).not.toContain('15:00');
    simulator.clock.set(simulator.clock.now() + 6 * 60_000);
    expect(await times()).toContain('15:00');
    const again = await request(simulator, 'POST', '/v2/slots/reservations', { body, key: null });
    expect(again.status).toBe(201);
    await book('2026-11-24T15:00:00Z');
  });

  it('cannot be reserved where they are booked, nor again by who holds them', async () => {
    await start({});
    await book('2026-11-24T15:00:00Z');
    const reserve = async (method: string, path: string, slotStart: string) => {
      const { body, status } = await request(simulator, method, `/v2/slots/reservations${path}`, {
        body: { eventTypeId: 1, slotStart },
      });
      return {
        status,
        message: body.error?.message,
        data: body.data as { reservationUid: string },
      };
    };
    const booked = "Can't reserve a slot if the event is already booked.";
    expect(await reserve('POST', '', '2026-11-24T15:00:00Z')).toMatchObject({
      status: 422,
      message: booked,
    });
    const { data } = await reserve('POST', '', '2026-11-24T16:00:00Z');
    const own = `/${data.reservationUid}`;
    expect(await reserve('PATCH', own, '2026-11-24T16:00:00Z')).toMatchObject({
      status: 422,
      message: expect.stringContaining('already reserved'),
    });
    expect((await reserve('PATCH', own, '2026-11-24T17:00:00Z')).status).toBe(200);
  });

  it('are answered as they were, to the very same query, until they are forgotten', async () => {
    await start({}, { slotsCache: 60_000 });
    expect(await times()).toContain('15:00');
    await book('2026-11-24T15:00:00Z');
    expect(await times()).toContain('15:00');
    expect(await times('&timeZone=UTC')).not.toContain('15:00');
    let now = 0;
    const cache = new SlotsCache(2_000, () => now);
    const answers = [0, 1_999, 2_000].map((at) => {
      now = at;
      return cache.answer('one', () => ({ at }));
    });
    expect(answers).toStrictEqual([{ at: 0 }, { at: 0 }, { at: 2_000 }]);
  });

  it('end where the day has all the bookings, or minutes of them, that it takes', async () => {
    const limits = { bookingLimitsCount: { day: 2 }, bookingLimitsDuration: { week: 90 } };
    await start({ eventTypes: [{ slug: 'appointment', lengthInMinutes: 30, ...limits }] });
    await book('2026-11-24T15:00:00Z');
    expect(await times()).toContain('16:00');
    await book('2026-11-24T16:00:00Z');
    expect(await times()).toStrictEqual([]);
    await book('2026-11-25T16:00:00Z');
    const refused = async (start: string) => {
      const { body, status } = await post(start);
      return [status, body.message];
    };
    expect(await refused('2026-11-24T17:00:00Z')).toStrictEqual([401, 'booking_limit_reached']);
    expect(await refused('2026-11-26T17:00:00Z')).toStrictEqual([401, 'duration_limit_reached']);
  });
});

async function start(
  changes: Partial<AccountSeed>,
  options: { slotsCache?: number } = {},
): Promise<void> {
  const eventTypes: EventTypeSeed[] = [{ slug: 'appointment', lengthInMinutes: 30 }];
  simulator = await startCalcom({
    slotsCache: 0,
    ...options,
    accounts: [{ username: 'front-desk', apiKey: API_KEY, eventTypes, ...changes }],
  });
}

async function slots(
  query: string,
  eventTypeId: number | null = 1,
): Promise<Record<string, { start: string }[]>> {
  const type = eventTypeId === null ? '' : `eventTypeId=${eventTypeId}&`;
  const { body, status } = await request(simulator, 'GET', `/v2/slots?${type}${query}`);
  expect(status).toBe(200);
  return body.data as Record<string, { start: string }[]>;
}

/** The starts of Tuesday, 24 November, in UTC. */
async function times(query = ''): Promise<string[]> {
  const days = await slots(`start=2026-11-24&end=2026-11-24${query}`);
  return (days['2026-11-24'] ?? []).map(({ start }) => start.slice(11, 16));
}

async function post(start: string) {
  const attendee = { name: 'Ada', email: 'ada@example.com', timeZone: 'America/New_York' };
  return await request(simulator, 'POST', '/v2/bookings', {
    body: { eventTypeId: 1, start, attendee },
  });
}

async function book(start: string): Promise<string> {
  const { body, status } = await post(start);
  expect(status).toBe(201);
  return (body.data as { uid: string }).uid;
}
