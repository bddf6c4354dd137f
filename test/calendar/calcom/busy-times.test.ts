import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBusyTimes } from '../../../calendar/calcom/busy-times.ts';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { calendarOf, clientOf, FRONT_DESK } from './simulated.ts';

const HOUR = 3_600_000;

describe('what stands in a Cal.com account', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK] });
  });
  afterAll(() => simulator.close());

  const book = async (eventType: string): Promise<Slot & { reference: string }> => {
    const calendar = calendarOf(simulator, { eventType });
    const from = new Date(simulator.clock.now());
    const [slot] = await calendar.listSlots({ from, to: new Date(from.getTime() + 96 * HOUR) });
    if (!slot) throw new Error('Nothing is free.');
    const attendee = {
      name: 'Mary Smith',
      email: 'mary.smith@example.com',
      phone: null,
      timeZone: 'UTC',
    };
    return calendar.book({ slot, attendee, key: randomUUID(), notes: null, answers: {} });
  };

  it('is every booking that takes its time, of whatever event type', async () => {
    const made = [await book('appointment'), await book('awaiting')];
    const cancelled = await book('lengths');
    await calendarOf(simulator).cancel(cancelled.reference, 'Not needed.');
    const range = { from: new Date(simulator.clock.now()), to: cancelled.end };
    const busy = await listBusyTimes(clientOf(simulator), range);
    expect(busy).toEqual(
      made.map(({ start, end }) => ({ start, end, allDay: false, shows: 'busy' })),
    );
    // One that has begun is there as well.
    const [first] = made;
    if (!first) throw new Error('Nothing was booked.');
    const middle = new Date(first.start.getTime() + 60_000);
    const within = await listBusyTimes(clientOf(simulator), { from: middle, to: first.end });
    expect(within).toContainEqual(expect.objectContaining({ start: first.start }));
  });

  it('is not told where one of them cannot be read', async () => {
    const odd: typeof fetch = async (input, init) => {
      const response = await transport(input, init);
      const body = (await response.json()) as { data: object[] };
      return Response.json({ ...body, data: [...body.data, { uid: 'odd' }] });
    };
    const from = new Date(simulator.clock.now());
    const reading = listBusyTimes(clientOf(simulator, { fetch: odd }), {
      from,
      to: new Date(from.getTime() + HOUR),
    });
    await expect(reading).rejects.toThrow(CalendarUnreachableError);
  });
});
