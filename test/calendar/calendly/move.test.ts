import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CalendarSetupError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { Booking, Slot } from '../../../calendar/calendar.ts';
import { memoryBudget } from '../../../calendar/booking-budget.ts';
import type { CalendlyCalendar } from '../../../calendar/calendly/calendly-calendar.ts';
import type { FaultRequest } from '../../../rehearsal/simulators/calendly/faults.ts';
import { startCalendly } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { rejection } from '../contract/contract-world.ts';
import { calendarOf, freeOf, wish } from './simulated.ts';

let simulator: ValidatedSimulator;
let calendar: CalendlyCalendar;
let free: Slot[];

beforeEach(async () => {
  simulator = await startCalendly();
  calendar = calendarOf(simulator);
  free = await freeOf(simulator, calendar);
});
afterEach(() => simulator.close());

function slot(index: number): Slot {
  const found = free[index];
  if (!found) throw new Error('The calendar has too few free times.');
  return found;
}

/** Where the account's meetings stand. */
function standing(): Date[] {
  return [...simulator.state.meetings.values()]
    .filter(({ cancellation }) => !cancellation)
    .map(({ start }) => new Date(start))
    .sort((a, b) => a.getTime() - b.getTime());
}

const found = (reference: string) => calendar.findBookings({ reference });
const move = ({ reference }: Booking, index: number) =>
  calendar.reschedule(reference, slot(index), 'They asked.');

describe('a move, which Calendly has no way to make', () => {
  it('books the new time as the old one was booked, then cancels that', async () => {
    const asking = calendarOf(simulator, { eventType: 'visiting' });
    const answers = { location: '5 Harbor Street' };
    const attendee = { ...wish(free[0]).attendee, phone: '+14155550142' };
    const wanted = wish(free[0], { answers, attendee });
    const booking = await asking.book(wanted);
    const moved = await asking.reschedule(booking.reference, slot(3), 'They asked.');
    expect(moved).toMatchObject({
      ...slot(3),
      reference: booking.reference,
      key: wanted.key,
      attendee,
      location: '5 Harbor Street',
    });
    expect(moved.uid).not.toBe(booking.uid);
    expect(standing()).toEqual([slot(3).start]);
    const old = simulator.state.meetings.get(booking.uid);
    expect(old?.cancellation).toMatchObject({ reason: 'They asked.', canceler: 'host' });
  });

  it('moves what somebody booked on the page, whose reference stays too', async () => {
    const person = { name: 'Ann Example', email: 'ann@example.com' };
    const id = simulator.hands.book('appointment', slot(0).start.getTime(), person);
    const moved = await calendar.reschedule(id, slot(2), 'They asked.');
    expect(moved).toMatchObject({ reference: id, key: null, ...slot(2) });
    expect(await calendar.findBookings({ email: person.email })).toMatchObject([
      { reference: id, ...slot(2), attendee: { name: person.name } },
    ]);
  });

  it.each<FaultRequest['kind']>(['commit-then-reset', 'commit-then-500', 'commit-then-timeout'])(
    'goes on where the answer to either write is lost by %s',
    async (kind) => {
      const booking = await calendar.book(wish(free[0]));
      simulator.faults.set({ operation: 'invitees.create', kind });
      expect(await move(booking, 2)).toMatchObject({ ...slot(2), status: 'confirmed' });
      simulator.faults.set({ operation: 'cancellations.create', kind });
      expect(await move(booking, 4)).toMatchObject({ ...slot(4), status: 'confirmed' });
      expect(standing()).toEqual([slot(4).start]);
    },
    30_000,
  );

  it.each<[FaultRequest['kind'], object]>([
    ['server-error', {}],
    ['connection-reset', {}],
    ['rate-limited', { milliseconds: 60_000 }],
    // Of no use to take it back either.
    ['forbidden', { times: 2 }],
  ])('is open while the old one stands after %s, and ends when asked again', async (kind, more) => {
    const booking = await calendar.book(wish(free[0]));
    simulator.faults.set({ operation: 'cancellations.create', kind, ...more });
    expect(await rejection(move(booking, 2))).toBeInstanceOf(OutcomeUnknownError);
    expect(standing()).toEqual([slot(0).start, slot(2).start]);
    simulator.faults.clear();
    // A limiter that was told of an exhausted budget would wait; another process was not.
    calendar = calendarOf(simulator);
    expect(await found(booking.reference)).toMatchObject([{ ...slot(2), isHalfMoved: true }]);
    const ended = await move(booking, 2);
    expect(ended).toMatchObject({ ...slot(2), reference: booking.reference });
    expect(ended.isHalfMoved).toBeUndefined();
    expect(standing()).toEqual([slot(2).start]);
  });

  it('is taken back where the old one may not be cancelled', async () => {
    const booking = await calendar.book(wish(free[0]));
    simulator.faults.set({ operation: 'cancellations.create', kind: 'forbidden', times: 1 });
    const refused = await rejection(move(booking, 2));
    expect(refused).toBeInstanceOf(CalendarSetupError);
    expect((refused as CalendarSetupError).problem).toBe('key-without-rights');
    expect(standing()).toEqual([slot(0).start]);
    expect(await found(booking.reference)).toMatchObject([{ ...slot(0), status: 'confirmed' }]);
    // And can be tried again.
    expect(await move(booking, 2)).toMatchObject(slot(2));
    expect(standing()).toEqual([slot(2).start]);
  });

  it('is told as it stands, also where what changed last has ended', async () => {
    const later = () => simulator.clock.set(simulator.clock.now() + 600_000);
    const booking = await calendar.book(wish(free[0]));
    /** What is told of it since a mark, though others were booked since it was. */
    const told = async (since: string | null) => {
      const { news, mark } = await calendar.listChanges(since);
      return { news: news.filter(({ reference }) => reference === booking.reference), mark };
    };
    later();
    await calendar.book(wish(free[8]));
    const first = await told(null);
    simulator.faults.set({ operation: 'cancellations.create', kind: 'forbidden', times: 1 });
    await rejection(move(booking, 2));
    const refused = await told(first.mark);
    expect(refused.news).toMatchObject([{ ...slot(0), status: 'confirmed' }]);
    simulator.faults.set({ operation: 'cancellations.create', kind: 'server-error', times: 1 });
    await rejection(move(booking, 4));
    simulator.faults.clear();
    later();
    await calendar.book(wish(free[10]));
    const begun = await told(refused.mark);
    expect(begun.news).toMatchObject([{ ...slot(4), status: 'confirmed' }]);
    // The old one is cancelled long after the new one was booked.
    await move(booking, 4);
    const ended = await told(begun.mark);
    expect(ended.news).toMatchObject([{ ...slot(4), status: 'confirmed' }]);
  });

  it('costs one of the bookings that are allowed, and is refused where none is left', async () => {
    const budget = memoryBudget([{ limit: 1, window: 3_600_000 }]);
    const booking = await calendarOf(simulator, { budget }).book(wish(free[0]));
    const counted = calendarOf(simulator, { budget });
    const refused = rejection(counted.reschedule(booking.reference, slot(2), 'They asked.'));
    expect(await refused).toBeInstanceOf(RateLimitedError);
    expect(standing()).toEqual([slot(0).start]);
  });

  it('leaves the old one alone where the new time is taken', async () => {
    const booking = await calendar.book(wish(free[0]));
    await calendar.book(wish(free[2]));
    expect(await rejection(move(booking, 2))).toBeInstanceOf(SlotUnavailableError);
    expect(standing()).toEqual([slot(0).start, slot(2).start]);
  });

  it('that was begun is cancelled whole', async () => {
    const booking = await calendar.book(wish(free[0]));
    simulator.faults.set({ operation: 'cancellations.create', kind: 'server-error' });
    await rejection(move(booking, 2));
    expect(await calendar.cancel(booking.reference, 'They asked.')).toMatchObject({
      status: 'cancelled',
      reference: booking.reference,
    });
    expect(standing()).toEqual([]);
  });
});

describe('what the attendee does on Calendly’s own page', () => {
  it('is followed, though nothing of ours goes with it', async () => {
    const wanted = wish(free[0]);
    const booking = await calendar.book(wanted);
    simulator.hands.move(booking.uid, slot(3).start.getTime());
    const query = { key: wanted.key, email: wanted.attendee.email ?? '' };
    const [there] = await calendar.findBookings(query);
    expect(there).toMatchObject({ reference: booking.reference, key: wanted.key, ...slot(3) });
    // Then we move it, then they again.
    const moved = await move(booking, 5);
    expect(moved).toMatchObject({ reference: booking.reference, ...slot(5) });
    simulator.hands.move(moved.uid, slot(7).start.getTime());
    expect(await found(booking.reference)).toMatchObject([{ ...slot(7), key: wanted.key }]);
    expect(standing()).toEqual([slot(7).start]);
    const cancelled = await calendar.cancel(booking.reference, 'They asked.');
    expect(cancelled).toMatchObject({ status: 'cancelled', ...slot(7) });
    expect(standing()).toEqual([]);
  });

  it('is the end of it where they cancel', async () => {
    const booking = await calendar.book(wish(free[0]));
    const moved = await move(booking, 2);
    simulator.hands.cancel(moved.uid, 'No time.');
    expect(await found(booking.reference)).toMatchObject([{ status: 'cancelled', ...slot(2) }]);
    expect(await rejection(move(booking, 4))).toBeInstanceOf(RequestRefusedError);
  });

  it('leaves a move of ours with nothing to cancel', async () => {
    let booking: Booking | undefined;
    const strict = await startCalendly({
      onAnswer: ({ operation }) => {
        // They cancel between our two writes.
        if (operation === 'invitees.create' && booking)
          strict.hands.cancel(booking.uid, 'By hand.');
      },
    });
    const own = calendarOf(strict);
    booking = await own.book(wish(slot(0)));
    const { reference } = booking;
    expect(await own.reschedule(reference, slot(4), 'They asked.')).toMatchObject(slot(4));
    expect(await own.findBookings({ reference })).toMatchObject([{ ...slot(4) }]);
    const meetings = [...strict.state.meetings.values()];
    expect(meetings.filter(({ cancellation }) => !cancellation)).toHaveLength(1);
    await strict.close();
  });
});

describe('a cancellation', () => {
  it('has a reason, and is one however often it is asked for', async () => {
    const booking = await calendar.book(wish(free[0]));
    await calendar.cancel(booking.reference, '  ');
    const meeting = simulator.state.meetings.get(booking.uid);
    expect(meeting?.cancellation?.reason).toBe('No reason was given.');
    expect(await calendar.cancel(booking.reference, 'Again.')).toMatchObject({
      status: 'cancelled',
    });
    expect(meeting?.cancellation?.reason).toBe('No reason was given.');
  });

  it('of what has begun is refused in words for a caller', async () => {
    const booking = await calendar.book(wish(free[0]));
    simulator.clock.set(booking.start.getTime() + 60_000);
    const refused = await rejection(calendar.cancel(booking.reference, 'Late.'));
    expect(refused).toMatchObject({
      name: 'RequestRefusedError',
      reason: 'cancelling-not-allowed',
    });
  });

  it.each<FaultRequest['kind']>(['connection-reset', 'server-error'])(
    'that %s has stopped stays open',
    async (kind) => {
      const booking = await calendar.book(wish(free[0]));
      simulator.faults.set({ operation: 'cancellations.create', kind });
      const outcome = await rejection(calendar.cancel(booking.reference, 'They asked.'));
      expect(outcome).toBeInstanceOf(OutcomeUnknownError);
      expect(standing()).toEqual([slot(0).start]);
    },
  );
});
