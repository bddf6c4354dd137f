import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import { recorded } from './recorded.ts';
import { calendarOf, clientOf, FRONT_DESK } from './simulated.ts';

const DAY = 24 * 3_600_000;

describe('changing bookings at Cal.com', () => {
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  const requests: string[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({
      accounts: [FRONT_DESK],
      onAnswer: ({ method, operation }) => {
        if (method !== 'GET') requests.push(operation);
      },
    });
    const now = simulator.clock.now();
    const range = { from: new Date(now), to: new Date(now + 30 * DAY) };
    free.push(...(await calendarOf(simulator).listSlots(range)));
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.faults.clear());

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

  it('moves to a new uid, and keeps reference, key and person', async () => {
    const calendar = calendarOf(simulator);
    const wanted = request();
    const booking = await calendar.book(wanted);
    const slot = freshSlot();
    const after = await calendar.reschedule(booking.reference, slot, 'Ill.');
    expect(after.uid).not.toBe(booking.uid);
    expect(after).toMatchObject({ ...slot, reference: booking.reference, key: wanted.key });
    expect(simulator.state.bookings.find(after.uid)?.reschedulingReason).toBe('Ill.');
    const listed = await calendar.findBookings({ email: wanted.attendee.email ?? '' });
    expect(listed).toEqual([after]);
  });

  it('sends nothing to move a booking to where it is: its uid would change', async () => {
    const calendar = calendarOf(simulator);
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    requests.length = 0;
    await calendar.reschedule(reference, wanted.slot, 'No change.');
    expect(requests).toEqual([]);
  });

  it('sends nothing to move a booking off the grid, which Cal.com would do', async () => {
    const calendar = calendarOf(simulator);
    const { reference, start, end } = await calendar.book(request());
    requests.length = 0;
    const by = 3 * DAY + 7 * 60_000;
    const slot = { start: new Date(start.getTime() + by), end: new Date(end.getTime() + by) };
    await expect(calendar.reschedule(reference, slot, 'Odd.')).rejects.toThrow(
      SlotUnavailableError,
    );
    expect(requests).toEqual([]);
  });

  it('refuses another length: Cal.com would keep the old one', async () => {
    const calendar = calendarOf(simulator, { eventType: 'lengths' });
    const { reference } = await calendar.book(request());
    const { start } = freshSlot();
    const slot = { start, end: new Date(start.getTime() + 15 * 60_000) };
    await expect(calendar.reschedule(reference, slot, 'Shorter.')).rejects.toMatchObject({
      name: 'RequestRefusedError',
      field: 'duration',
    });
  });

  it.each(['commit-then-500', 'commit-then-reset'] as const)(
    'finds the booking where it was moved to although the answer was lost: %s',
    async (kind) => {
      const calendar = calendarOf(simulator);
      const { reference } = await calendar.book(request());
      const slot = freshSlot();
      simulator.faults.set({ operation: 'bookings.reschedule', kind });
      expect(await calendar.reschedule(reference, slot, 'Ill.')).toMatchObject({
        ...slot,
        reference,
        status: 'confirmed',
      });
    },
  );

  it('needs no answer after the one that says that it moved, or is cancelled', async () => {
    let isDeaf = false;
    const deaf: typeof fetch = async (input, init) => {
      if (isDeaf) throw new TypeError('fetch failed');
      const response = await fetch(input, init);
      if (init?.method === 'POST') isDeaf = true;
      return response;
    };
    const { reference } = await calendarOf(simulator).book(request());
    for (const _ of [1, 2]) {
      const slot = freshSlot();
      isDeaf = false;
      const calendar = calendarOf(simulator, { client: clientOf(simulator, { fetch: deaf }) });
      expect(await calendar.reschedule(reference, slot, 'Ill.')).toMatchObject({
        ...slot,
        reference,
      });
    }
    isDeaf = false;
    const calendar = calendarOf(simulator, { client: clientOf(simulator, { fetch: deaf }) });
    expect(await calendar.cancel(reference, 'Ill.')).toMatchObject({
      reference,
      status: 'cancelled',
    });
  });

  it('does not know whether it moved when nothing can be seen of it', async () => {
    const calendar = calendarOf(simulator);
    const { reference, start } = await calendar.book(request());
    simulator.faults.set({ operation: 'bookings.reschedule', kind: 'server-error' });
    await expect(calendar.reschedule(reference, freshSlot(), 'Ill.')).rejects.toThrow(
      OutcomeUnknownError,
    );
    const after = await calendar.cancel(reference, 'Test.');
    expect(after.start).toEqual(start);
  });

  it('leaves a booking alone that somebody else moved at the same time', async () => {
    const { server, calendar, slot } = await onMovedMeanwhile('2026-12-07T18:00:00.000Z');
    await expect(calendar.reschedule(ROOT, slot, 'Ill.')).rejects.toThrow(RequestRefusedError);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is content when somebody else moved the booking to the very time', async () => {
    const { calendar, slot } = await onMovedMeanwhile('2026-12-07T17:00:00.000Z');
    expect(await calendar.reschedule(ROOT, slot, 'Ill.')).toMatchObject({
      ...slot,
      reference: ROOT,
      uid: 'mGwdMBWx9UU5tvAdycwfbT',
    });
  });

  it('cancels with a reason, whatever is given as one', async () => {
    const calendar = calendarOf(simulator);
    for (const [reason, sent] of [
      ['Ill.', 'Ill.'],
      ['  ', 'No reason was given.'],
    ] as const) {
      const { uid, reference } = await calendar.book(request());
      expect((await calendar.cancel(reference, reason)).status).toBe('cancelled');
      expect(simulator.state.bookings.find(uid)?.cancellationReason).toBe(sent);
    }
  });

  it('takes a booking that was cancelled in between for cancelled', async () => {
    const present = recorded('booking.get.ok');
    const cancelled = recorded('booking.get.cancelled');
    const server = await startScripted([present, recorded('booking.cancel.again'), cancelled]);
    const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
    const calendar = calendarOf({ ...server, clock }, { eventType: 'consultation' });
    expect(await calendar.cancel('x8buMDyvfK7TRzbtdraFHS', 'Ill.')).toMatchObject({
      status: 'cancelled',
    });
  });

  it.each(['commit-then-500', 'commit-then-reset'] as const)(
    'sees that it was cancelled although the answer was lost: %s',
    async (kind) => {
      const calendar = calendarOf(simulator);
      const { reference } = await calendar.book(request());
      simulator.faults.set({ operation: 'bookings.cancel', kind });
      expect((await calendar.cancel(reference, 'Ill.')).status).toBe('cancelled');
    },
  );

  it('does not know whether it was cancelled when it still stands', async () => {
    const calendar = calendarOf(simulator);
    const { reference } = await calendar.book(request());
    simulator.faults.set({ operation: 'bookings.cancel', kind: 'server-error' });
    await expect(calendar.cancel(reference, 'Ill.')).rejects.toThrow(OutcomeUnknownError);
  });

  it('shows what the owner rejected as rejected', async () => {
    const calendar = calendarOf(simulator, { eventType: 'awaiting' });
    const wanted = request();
    const { uid, reference } = await calendar.book(wanted);
    const stored = simulator.state.bookings.find(uid);
    if (stored) stored.status = 'rejected';
    const query = { key: wanted.key, email: wanted.attendee.email ?? '' };
    expect(await calendar.findBookings(query)).toMatchObject([{ reference, status: 'rejected' }]);
    expect((await calendar.cancel(reference, 'Ill.')).status).toBe('rejected');
  });

  it('finds the bookings of its own event type alone', async () => {
    const wanted = request();
    await calendarOf(simulator).book(wanted);
    const other = calendarOf(simulator, { eventType: 'lengths' });
    expect(await other.findBookings({ email: wanted.attendee.email ?? '' })).toEqual([]);
  });

  it('finds what a key made whatever its event type is called by now', async () => {
    const wanted = request();
    const { reference } = await calendarOf(simulator).book(wanted);
    const other = calendarOf(simulator, { eventType: 'lengths' });
    const query = { key: wanted.key, email: wanted.attendee.email ?? '' };
    expect(await other.findBookings(query)).toMatchObject([{ reference }]);
  });

  it('reads lists to their last page', async () => {
    const page = recorded('bookings.list.by-sms-email').body as { data: [object] };
    const server = await startScripted(({ path }) => {
      const skip = Number(new URL(path, 'http://x').searchParams.get('skip'));
      const data = [{ ...page.data[0], uid: `uid-${skip}` }];
      return { body: { ...page, data, pagination: { hasNextPage: skip < 500 } } };
    });
    const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
    const calendar = calendarOf({ ...server, clock }, { eventType: 'extra' });
    const found = await calendar.findBookings({ phone: '+14155552671' });
    expect(found.map(({ uid }) => uid)).toEqual(['uid-0', 'uid-250', 'uid-500']);
    expect(found[0]?.attendee).toMatchObject({ email: null, phone: '+14155552671' });
  });
});

const ROOT = '9pjRttm61Tg3QrZQocM8Uz';

/** A booking that Cal.com refuses to move, because it has moved to another start meanwhile. */
async function onMovedMeanwhile(start: string) {
  const before = (recorded('booking.get.rescheduled-old').body as { data: object }).data;
  const original = { ...before, status: 'accepted', rescheduledToUid: null };
  const uid = 'mGwdMBWx9UU5tvAdycwfbT';
  const moved = {
    ...original,
    uid,
    rescheduledFromUid: ROOT,
    start,
    end: new Date(Date.parse(start) + 30 * 60_000).toISOString(),
  };
  const slot = {
    start: new Date('2026-12-07T17:00:00.000Z'),
    end: new Date('2026-12-07T17:30:00.000Z'),
  };
  let isMoved = false;
  const server = await startScripted(({ method, path }) => {
    if (path.startsWith('/v2/event-types')) return recorded('event-types.by-username-slug');
    if (path.startsWith('/v2/slots')) {
      const listed = { start: slot.start.toISOString(), end: slot.end.toISOString() };
      return { body: { status: 'success', data: { '2026-12-07': [listed] } } };
    }
    if (method === 'POST') {
      isMoved = true;
      return recorded('booking.reschedule.past');
    }
    if (path.endsWith(uid)) return { body: { data: moved } };
    return { body: { data: isMoved ? { ...before, rescheduledToUid: uid } : original } };
  });
  const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
  return {
    server,
    slot,
    calendar: calendarOf({ ...server, clock }, { eventType: 'consultation' }),
  };
}
