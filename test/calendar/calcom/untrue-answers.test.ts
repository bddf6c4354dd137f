import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutcomeUnknownError, RateLimitedError } from '../../../calendar/calendar-error.ts';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { calendarOf, clientOf, FRONT_DESK } from './simulated.ts';

const DAY = 24 * 3_600_000;

type Alter = (answer: Response) => Response | Promise<Response>;
interface Answered {
  data: { status: string; start: string; end: string };
}

/** Cal.com does what it is asked, and what stands between answers otherwise. */
describe('a write at Cal.com that is done and answered untruly', () => {
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK] });
    const now = simulator.clock.now();
    const range = { from: new Date(now), to: new Date(now + 30 * DAY) };
    free.push(...(await calendarOf(simulator).listSlots(range)));
  });
  afterAll(() => simulator.close());

  const freshSlot = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The simulator has too few free slots.');
    return slot;
  };
  const request = (): BookRequest => {
    const key = randomUUID();
    const email = `${key}@example.com`;
    const attendee = { name: 'Mary Smith', email, phone: null, timeZone: 'America/New_York' };
    return { slot: freshSlot(), attendee, key, notes: null, answers: {} };
  };
  const answering = (alter: Alter) => {
    const altered: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      return init?.method === 'POST' ? alter(response) : response;
    };
    return calendarOf(simulator, { client: clientOf(simulator, { fetch: altered }) });
  };

  describe.each<[string, number, string | null, Record<string, string>]>([
    ['303', 303, null, { Location: '/elsewhere' }],
    ['400 without words', 400, '', {}],
    ['401 of a gateway', 401, '{}', {}],
    ['404 of a proxy', 404, '<html>', { 'Content-Type': 'text/html' }],
    ['429 of a gateway', 429, '{}', {}],
  ])('with %s', (_, status, body, headers) => {
    const calendar = () => answering(() => new Response(body, { status, headers }));

    it('is found by the key of a booking', async () => {
      const wanted = request();
      expect(await calendar().book(wanted)).toMatchObject({ ...wanted.slot, key: wanted.key });
    });

    it('is found where a booking was moved to', async () => {
      const { reference } = await calendarOf(simulator).book(request());
      const slot = freshSlot();
      expect(await calendar().reschedule(reference, slot, 'Ill.')).toMatchObject(slot);
    });

    it('is found to be cancelled', async () => {
      const { reference } = await calendarOf(simulator).book(request());
      expect((await calendar().cancel(reference, 'Ill.')).status).toBe('cancelled');
    });
  });

  const changing = (change: (data: Answered['data']) => Partial<Answered['data']>) =>
    answering(async (response) => {
      const body = (await response.json()) as Answered;
      const data = { ...body.data, ...change(body.data) };
      return Response.json({ ...body, data }, { status: response.status });
    });
  const earlier = (at: string) => new Date(Date.parse(at) - 2 * DAY).toISOString();

  it.each<[string, (data: Answered['data']) => Partial<Answered['data']>]>([
    ['an old time', ({ start, end }) => ({ start: earlier(start), end: earlier(end) })],
    ['a cancelled booking', () => ({ status: 'cancelled' })],
  ])('is a move where the booking stands, whatever it says: %s', async (_, change) => {
    const { reference } = await calendarOf(simulator).book(request());
    const slot = freshSlot();
    const moved = await changing(change).reschedule(reference, slot, 'Ill.');
    expect(moved).toMatchObject({ ...slot, reference, status: 'confirmed' });
  });

  it('is a cancellation, though the booking is shown as it was', async () => {
    const { reference } = await calendarOf(simulator).book(request());
    const calendar = changing(() => ({ status: 'accepted' }));
    expect((await calendar.cancel(reference, 'Ill.')).status).toBe('cancelled');
  });

  it('is no cancellation where the booking stands', async () => {
    const { reference, uid } = await calendarOf(simulator).book(request());
    const calendar = changing(() => {
      const stored = simulator.state.bookings.find(uid);
      if (stored) stored.status = 'accepted';
      return { status: 'accepted' };
    });
    await expect(calendar.cancel(reference, 'Ill.')).rejects.toThrow(OutcomeUnknownError);
  });

  it('is not done where Cal.com itself refuses for haste', async () => {
    const wanted = request();
    simulator.faults.set({ operation: 'bookings.create', kind: 'rate-limited' });
    await expect(calendarOf(simulator).book(wanted)).rejects.toThrow(RateLimitedError);
  });
});
