import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { transport } from '../../../runtime/http-transport.ts';
import type { SimulatedEvent } from '../../../rehearsal/simulators/microsoft/mailbox.ts';
import { OWNER, startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { attendee, freshPhone, rejection } from '../contract/contract-world.ts';
import { memoryBookings } from './memory-bookings.ts';
import { calendarOf, isFree, TestTokens, wish } from './simulated.ts';

const NOW = new Date('2027-03-01T12:00:00Z');

describe('what is written into a mailbox', () => {
  let simulator: ValidatedMicrosoft;
  let calendar: Calendar;
  let free: Slot[];
  const bookings = memoryBookings();
  const now = () => NOW;
  /** Lets something happen just before the next request of a method is sent. */
  let before: { method: string; work: () => void } | null = null;
  const fetch: typeof globalThis.fetch = (input, init) => {
    if (before && init?.method === before.method) {
      const { work } = before;
      before = null;
      work();
    }
    return transport(input, init);
  };

  beforeAll(async () => {
    simulator = await startMicrosoft({ now: () => NOW.getTime() });
    calendar = calendarOf(simulator, { bookings, now, fetch });
    const to = new Date(NOW.getTime() + 28 * 86_400_000);
    free = await calendar.listSlots({ from: NOW, to });
  });
  beforeEach(() => simulator.faults.clear());
  afterAll(() => simulator.close());

  const fresh = (): Slot => {
    const [slot] = free.splice(0, 2);
    if (!slot) throw new Error('Nothing is free any more.');
    return slot;
  };
  const eventOf = (reference: string): SimulatedEvent => {
    const event = simulator.mailbox.events.get(reference);
    if (!event) throw new Error('There is no such event.');
    return event;
  };
  const standing = ({ start }: Slot) =>
    [...simulator.mailbox.events.values()].filter((event) => event.start === start.getTime());
  const countOf = (operation: string) =>
    simulator.served.filter((each) => each.operation === operation).length;

  it('writes what a person can read, invites the attendee, and reads it back', async () => {
    const phone = freshPhone();
    const wanted = wish(fresh(), { attendee: { ...attendee(), phone } });
    const { reference } = await calendar.book(wanted);
    const event = eventOf(reference);
    expect(event).toMatchObject({
      subject: 'Mary Smith (A visit)',
      showAs: 'busy',
      start: wanted.slot.start.getTime(),
      transactionId: expect.stringMatching(/^slotline-[0-9a-f]{40}$/) as unknown,
      isOnlineMeeting: false,
    });
    expect(event.body.content).toContain('Comes by bicycle.');
    expect(event.body.content).toContain('pet: a cat');
    expect(simulator.mailbox.sent.at(-1)).toEqual({ to: wanted.attendee.email, kind: 'invited' });
    const [found] = await calendar.findBookings({ reference });
    expect(found).toMatchObject({ key: wanted.key, attendee: wanted.attendee });
  });

  it('keeps what is longer than Exchange gives in a list', async () => {
    const name = 'M'.repeat(300);
    const { reference } = await calendar.book(wish(fresh(), { attendee: { ...attendee(), name } }));
    const found = await calendar.findBookings({ reference });
    expect(found[0]?.attendee.name).toBe(name.slice(0, 255));
    expect(eventOf(reference).subject).toContain(name);
  });

  it('makes a Teams meeting where it is asked for, and leaves its words alone when it moves', async () => {
    const teams = calendarOf(simulator, { bookings, now, settings: { teams: 'yes' } });
    const booking = await teams.book(wish(fresh()));
    expect(booking.location).toMatch(/^https:\/\/teams\.example\/l\//);
    const moved = await teams.reschedule(booking.reference, fresh(), 'Asked.');
    expect(moved.location).toBe(booking.location);
  });

  it.each(['commit-then-reset', 'commit-then-504', 'commit-then-timeout'] as const)(
    'books once where the answer is lost (%s)',
    async (kind) => {
      const wanted = wish(fresh());
      simulator.faults.set({ operation: 'events.create', kind });
      const booking = await calendar.book(wanted);
      expect(booking).toMatchObject({ key: wanted.key, ...wanted.slot });
      expect(standing(wanted.slot)).toHaveLength(1);
      expect(countOf('events.create')).toBeGreaterThan(0);
    },
    30_000,
  );

  it.each(['connection-reset', 'unavailable'] as const)(
    'does not know whether it was booked where nothing was done and nobody says so (%s)',
    async (kind) => {
      const wanted = wish(fresh());
      simulator.faults.set({ operation: 'events.create', kind, seconds: 0 });
      await expect(calendar.book(wanted)).rejects.toThrow(OutcomeUnknownError);
      expect(standing(wanted.slot)).toEqual([]);
      expect(await calendar.book(wanted)).toMatchObject({ key: wanted.key });
    },
  );

  it('finds what a transaction made that was sent before', async () => {
    const wanted = wish(fresh());
    const made = await calendar.book(wanted);
    // It was not seen yet when it was looked for.
    const { faults } = simulator;
    const blind = calendarOf(simulator, { bookings, now, fetch: withoutEvents(1) });
    const again = await rejection(blind.book(wanted));
    // Its own time is taken: by itself.
    expect(again).toBeInstanceOf(SlotUnavailableError);
    expect(faults.waiting).toEqual([]);
    const elsewhere = { ...wanted, slot: fresh() };
    const second = calendarOf(simulator, { bookings, now, fetch: withoutEvents(1) });
    expect((await second.book(elsewhere)).reference).toBe(made.reference);
    expect(countOf('events.create')).toBeGreaterThan(1);
  });

  it('does not book anew what its owner has deleted', async () => {
    const wanted = wish(fresh());
    const { reference } = await calendar.book(wanted);
    simulator.mailbox.remove(reference);
    await expect(calendar.book(wanted)).rejects.toThrow(SlotUnavailableError);
    expect(standing(wanted.slot)).toEqual([]);
  });

  it('gives way to what its owner wrote between our look and our writing', async () => {
    const wanted = wish(fresh());
    before = { method: 'POST', work: () => void simulator.mailbox.add({ ...wanted.slot }) };
    await expect(calendar.book(wanted)).rejects.toThrow(SlotUnavailableError);
    expect(standing(wanted.slot)).toMatchObject([{ subject: 'Own' }]);
    expect(await calendar.findBookings({ key: wanted.key })).toEqual([]);
    expect(simulator.mailbox.sent.at(-1)).toMatchObject({ kind: 'cancelled' });
  });

  it('moves back where its owner took the new time between our look and our writing', async () => {
    const wanted = wish(fresh());
    const { reference } = await calendar.book(wanted);
    const to = fresh();
    before = { method: 'PATCH', work: () => void simulator.mailbox.add({ ...to }) };
    await expect(calendar.reschedule(reference, to, 'Asked.')).rejects.toThrow(
      SlotUnavailableError,
    );
    expect(await calendar.findBookings({ reference })).toMatchObject([wanted.slot]);
  });

  it('lets a write stand that nobody saw to its end, or takes it back where something came in between', async () => {
    const settle = async (reference: string, from: Slot | null) => {
      const [found] = await calendar.findBookings({ reference });
      if (!found) throw new Error('The booking is gone.');
      return calendar.settleWrite?.(found, from);
    };
    const [first, second] = [wish(fresh()), wish(fresh())];
    const made = await calendar.book(first);
    expect(await settle(made.reference, null)).toMatchObject({ ...first.slot, key: first.key });
    simulator.mailbox.add({ ...first.slot });
    await expect(settle(made.reference, null)).rejects.toThrow(SlotUnavailableError);
    expect(standing(first.slot)).toMatchObject([{ subject: 'Own' }]);
    const { reference } = await calendar.book(second);
    const to = fresh();
    await calendar.reschedule(reference, to, 'Asked.');
    simulator.mailbox.add({ ...to });
    // What the mirror takes for the time before is the new one.
    await expect(settle(reference, to)).rejects.toThrow(SlotUnavailableError);
    expect(await calendar.findBookings({ key: second.key })).toMatchObject([second.slot]);
    simulator.mailbox.remove(reference);
    await expect(calendar.settleWrite?.({ ...made, reference }, null)).rejects.toThrow(
      CalendarUnreachableError,
    );
  });

  it('keeps what its owner writes into an appointment at the same time', async () => {
    const { reference } = await calendar.book(wish(fresh()));
    before = {
      method: 'PATCH',
      work: () => void simulator.mailbox.change(reference, { location: 'Room 4' }),
    };
    const patches = countOf('events.update');
    const to = fresh();
    const moved = await calendar.reschedule(reference, to, 'Asked.');
    expect(moved).toMatchObject({ ...to, location: 'Room 4' });
    // The first was refused: it was written against what stood before.
    expect(countOf('events.update') - patches).toBe(2);
  });

  it('moves once where the answer is lost', async () => {
    const { reference } = await calendar.book(wish(fresh()));
    const to = fresh();
    simulator.faults.set({ operation: 'events.update', kind: 'commit-then-504' });
    expect(await calendar.reschedule(reference, to, 'Asked.')).toMatchObject(to);
    simulator.faults.set({ operation: 'events.update', kind: 'connection-reset' });
    const outcome = calendar.reschedule(reference, fresh(), 'Asked.');
    await expect(outcome).rejects.toThrow(OutcomeUnknownError);
    expect(await calendar.findBookings({ reference })).toMatchObject([to]);
  });

  it('tells the attendee why it is cancelled, and deletes what nobody was invited to', async () => {
    const { reference } = await calendar.book(wish(fresh()));
    await calendar.cancel(reference, 'The dentist is ill.');
    expect(simulator.mailbox.sent.at(-1)).toMatchObject({
      kind: 'cancelled',
      comment: 'The dentist is ill.',
    });
    const byPhone = calendarOf(simulator, { bookings, now, settings: { email: 'optional' } });
    const nobody = { ...attendee(), email: null, phone: freshPhone() };
    const { reference: second } = await byPhone.book(wish(fresh(), { attendee: nobody }));
    const deleted = countOf('events.delete');
    expect(await byPhone.cancel(second, 'Asked.')).toMatchObject({ status: 'cancelled' });
    expect(countOf('events.delete') - deleted).toBe(1);
  });

  it.each(['commit-then-504', 'commit-then-reset'] as const)(
    'cancels once where the answer is lost (%s), and remembers what it was',
    async (kind) => {
      const wanted = wish(fresh());
      const { reference } = await calendar.book(wanted);
      simulator.faults.set({ operation: 'events.cancel', kind });
      expect(await calendar.cancel(reference, 'Asked.')).toMatchObject({ status: 'cancelled' });
      const query = { email: wanted.attendee.email ?? '' };
      expect(await calendar.findBookings(query)).toMatchObject([
        { reference, status: 'cancelled', ...wanted.slot },
      ]);
    },
  );

  it('does not say that it is cancelled while it stands', async () => {
    const { reference, start, end } = await calendar.book(wish(fresh()));
    simulator.faults.set({ operation: 'events.cancel', kind: 'connection-reset' });
    await expect(calendar.cancel(reference, 'Asked.')).rejects.toThrow(OutcomeUnknownError);
    expect(await calendar.findBookings({ reference })).toMatchObject([{ status: 'confirmed' }]);
    expect(await isFree(calendar, { start, end })).toBe(false);
  });

  it('names the address that Exchange does not take', async () => {
    const refusal = fetchAnswering(400, { error: { code: 'ErrorInvalidRecipients' } }, 'POST');
    const odd = calendarOf(simulator, { bookings, now, fetch: refusal });
    const error = await rejection(odd.book(wish(fresh())));
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect((error as RequestRefusedError).field).toBe('email');
  });

  it('waits as long as it is told to, and writes nothing', async () => {
    const wanted = wish(fresh());
    simulator.faults.set({ operation: 'events.create', kind: 'throttled', seconds: 7 });
    const error = await rejection(calendarOf(simulator, { bookings, now }).book(wanted));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfter).toBe(7_000);
    expect(standing(wanted.slot)).toEqual([]);
  });

  it('goes on with a new token where the one it has has ended, and says when nobody is signed in', async () => {
    const tokens = new TestTokens();
    const signedIn = calendarOf(simulator, { bookings, now, tokens });
    await signedIn.listSlots({ from: NOW, to: new Date(NOW.getTime() + 86_400_000) });
    simulator.tokens.delete(tokens.current);
    simulator.tokens.set('eyJ-second', OWNER);
    tokens.next = 'eyJ-second';
    const wanted = wish(fresh());
    expect(await signedIn.book(wanted)).toMatchObject(wanted.slot);
    expect(tokens.renewals).toBe(1);
    simulator.tokens.delete('eyJ-second');
    tokens.next = null;
    const refused = await rejection(signedIn.book(wish(fresh())));
    expect(refused).toBeInstanceOf(CalendarSetupError);
    expect(refused).toMatchObject({ problem: 'key-refused' });
    simulator.tokens.set('eyJ-first', OWNER);
  });
});

/** The first lists of events come back empty. */
function withoutEvents(times: number): typeof fetch {
  let left = times;
  return async (input, init) => {
    const isList =
      typeof input === 'string' && input.includes('/events?') && init?.method === 'GET';
    if (!isList || left === 0) return transport(input, init);
    left -= 1;
    return Response.json({ value: [] });
  };
}

function fetchAnswering(status: number, body: object, method: string): typeof fetch {
  return async (input, init) =>
    init?.method === method ? Response.json(body, { status }) : transport(input, init);
}
