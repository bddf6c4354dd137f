import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryBudget } from '../../../calendar/booking-budget.ts';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import type { CalendlyCalendar } from '../../../calendar/calendly/calendly-calendar.ts';
import type { FaultRequest } from '../../../rehearsal/simulators/calendly/faults.ts';
import { startCalendly } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { rejection } from '../contract/contract-world.ts';
import { calendarOf, freeOf, wish } from './simulated.ts';

let simulator: ValidatedSimulator;
let calendar: CalendlyCalendar;
let free: Slot[];
/** Bodies of the bookings that arrived. */
let sent: Record<string, unknown>[];

beforeEach(async () => {
  sent = [];
  simulator = await startCalendly({
    onAnswer: ({ operation, requestBody }) => {
      if (operation === 'invitees.create') sent.push(requestBody);
    },
  });
  calendar = calendarOf(simulator);
  free = await freeOf(simulator, calendar);
});
afterEach(() => simulator.close());

function standing() {
  return [...simulator.state.meetings.values()].filter(({ cancellation }) => !cancellation);
}

describe('a booking whose answer is no plain one', () => {
  it.each<[FaultRequest['kind'], object]>([
    ['commit-then-reset', {}],
    ['commit-then-500', {}],
    ['commit-then-timeout', {}],
  ])(
    'after %s is found by who comes, when, and its key',
    async (kind, more) => {
      const wanted = wish(free[0]);
      simulator.faults.set({ operation: 'invitees.create', kind, ...more });
      const booking = await calendar.book(wanted);
      expect(booking).toMatchObject({ ...wanted.slot, key: wanted.key, status: 'confirmed' });
      expect(standing()).toHaveLength(1);
    },
    15_000,
  );

  it.each<FaultRequest['kind']>(['connection-reset', 'server-error'])(
    'after %s stays open, and nothing is sent again',
    async (kind) => {
      simulator.faults.set({ operation: 'invitees.create', kind });
      expect(await rejection(calendar.book(wish(free[0])))).toBeInstanceOf(OutcomeUnknownError);
      expect(standing()).toHaveLength(0);
      expect(sent.length).toBeLessThanOrEqual(1);
    },
  );

  it('stays open where it was made and nothing can be read any more', async () => {
    simulator.faults.set({ operation: 'invitees.create', kind: 'commit-then-reset' });
    simulator.faults.set({ operation: 'scheduled_events.list', kind: 'server-error', times: null });
    const wanted = wish(free[0]);
    expect(await rejection(calendar.book(wanted))).toBeInstanceOf(OutcomeUnknownError);
    simulator.faults.clear();
    const query = { key: wanted.key, email: wanted.attendee.email ?? '' };
    expect(await calendar.findBookings(query)).toMatchObject([{ ...wanted.slot }]);
  });

  it('says when it is only as Calendly says it: the answer to the booking does not', async () => {
    simulator.faults.set({ operation: 'scheduled_events.get', kind: 'server-error', times: null });
    simulator.faults.set({ operation: 'scheduled_events.list', kind: 'server-error', times: null });
    expect(await rejection(calendar.book(wish(free[0])))).toBeInstanceOf(OutcomeUnknownError);
  });

  it('was certainly not made where the token is refused', async () => {
    await calendar.describe();
    simulator.faults.set({ operation: 'invitees.create', kind: 'expired-token' });
    const refused = await rejection(calendar.book(wish(free[0])));
    expect(refused).toBeInstanceOf(CalendarSetupError);
    expect((refused as CalendarSetupError).problem).toBe('key-refused');
    expect(standing()).toHaveLength(0);
  });

  it('answers late, and is answered', async () => {
    simulator.faults.set({ operation: 'invitees.create', kind: 'delay', milliseconds: 1_500 });
    expect(await calendar.book(wish(free[0]))).toMatchObject({ status: 'confirmed' });
  });
});

describe('a time that somebody else was given', () => {
  it.each([true, false])('is taken, whether or not Calendly says so (%s)', async (tellsTaken) => {
    let wanted: Slot | undefined;
    const strict = await startCalendly({
      tellsTaken,
      onAnswer: ({ operation }) => {
        // Somebody takes it on the page once it was seen free, and before it is sent.
        if (operation !== 'available_times.list' || !wanted) return;
        const start = wanted.start.getTime();
        wanted = undefined;
        strict.hands.book('appointment', start, { name: 'Ann', email: 'ann@example.com' });
      },
    });
    const own = calendarOf(strict);
    [wanted] = await freeOf(strict, own);
    expect(await rejection(own.book(wish(wanted)))).toBeInstanceOf(SlotUnavailableError);
    expect(strict.state.meetings.size).toBe(1);
    await strict.close();
  });
});

describe('what Calendly allows to be booked', () => {
  const hourly = () =>
    memoryBudget([{ limit: 2, window: 3_600_000 }], () => new Date(simulator.clock.now()));

  it('is counted, and once it is used up no time is offered and none is sent', async () => {
    const counted = calendarOf(simulator, { budget: hourly() });
    await counted.book(wish(free[0]));
    await counted.book(wish(free[1]));
    const offered = await rejection(freeOf(simulator, counted));
    expect(offered).toBeInstanceOf(RateLimitedError);
    expect((offered as RateLimitedError).retryAfter).toBeGreaterThan(3_000_000);
    expect(await rejection(counted.book(wish(free[2])))).toBeInstanceOf(RateLimitedError);
    expect(sent).toHaveLength(2);
    simulator.clock.set(simulator.clock.now() + 3_601_000);
    expect(await freeOf(simulator, counted)).not.toHaveLength(0);
    expect(await counted.book(wish(free[5]))).toMatchObject({ status: 'confirmed' });
  });

  it('is believed of Calendly where it counts others too', async () => {
    const strict = await startCalendly({ bookingLimits: [{ limit: 1, window: 3_600_000 }] });
    const now = () => new Date(strict.clock.now());
    const first = calendarOf(strict, { budget: memoryBudget([{ limit: 9, window: 60_000 }], now) });
    const [one, two] = await freeOf(strict, first);
    await first.book(wish(one));
    expect(await rejection(first.book(wish(two)))).toBeInstanceOf(RateLimitedError);
    // Its other requests are counted apart: they go on, and no time is offered.
    expect(await first.findBookings({ email: 'nobody@example.com' })).toEqual([]);
    expect(await rejection(freeOf(strict, first))).toBeInstanceOf(RateLimitedError);
    await strict.close();
  });

  it('does not end a listing over a minute that is soon over', async () => {
    const now = () => new Date(simulator.clock.now());
    const budget = memoryBudget([{ limit: 1, window: 60_000 }], now);
    const counted = calendarOf(simulator, { budget });
    await counted.book(wish(free[0]));
    simulator.clock.set(simulator.clock.now() + 50_000);
    expect(await freeOf(simulator, counted)).not.toHaveLength(0);
  });
});

describe('available times', () => {
  it('are asked for 31 days at a time, and never of the past', async () => {
    const asked: string[] = [];
    const watched = await startCalendly({
      onAnswer: ({ operation, path }) => {
        if (operation === 'available_times.list') asked.push(path);
      },
    });
    const from = new Date(watched.clock.now() - 86_400_000);
    const to = new Date(watched.clock.now() + 75 * 86_400_000);
    const slots = await calendarOf(watched).listSlots({ from, to });
    expect(asked).toHaveLength(3);
    const starts = slots.map(({ start }) => start.getTime());
    expect(new Set(starts).size).toBe(starts.length);
    // Its event types are open for sixty days.
    expect(starts.at(-1)).toBeGreaterThan(watched.clock.now() + 58 * 86_400_000);
    await watched.close();
  });

  it('that cannot be read are no free ones', async () => {
    simulator.faults.set({ operation: 'available_times.list', kind: 'server-error', times: null });
    expect(await rejection(freeOf(simulator, calendar))).toBeInstanceOf(CalendarUnreachableError);
  });
});

describe('what an event type asks for', () => {
  const answered = () => sent.at(-1)?.['questions_and_answers'];

  it('is answered in its own words, and what a caller adds goes to a question that need not be', async () => {
    const asking = calendarOf(simulator, { eventType: 'asking' });
    const answers = { 'what-brings-you-here': 'toothache' };
    await asking.book(wish(free[0], { answers, notes: 'Please call first.' }));
    expect(answered()).toEqual([
      { question: 'What brings you here?', answer: 'toothache', position: 0 },
      { question: 'Anything else?', answer: 'Please call first.', position: 1 },
    ]);
  });

  it('takes its own choices alone, several one a line', async () => {
    const choosing = calendarOf(simulator, { eventType: 'choosing' });
    const keys = (await choosing.describe()).questions.map(({ key }) => key);
    expect(keys).toEqual(['how-many-people', 'which-days']);
    const of = (people: string, days: string) => ({
      'how-many-people': people,
      'which-days': days,
    });
    const refused = await rejection(
      choosing.book(wish(free[0], { answers: of('nine', 'Monday') })),
    );
    expect(refused).toBeInstanceOf(RequestRefusedError);
    expect((refused as RequestRefusedError).field).toBe('how-many-people');
    await choosing.book(wish(free[0], { answers: of('2 OR MORE', 'monday, Tuesday') }));
    expect(answered()).toMatchObject([{ answer: '2 or more' }, { answer: 'Monday\nTuesday' }]);
  });

  it('may be a number, which the attendee leaves once', async () => {
    const online = calendarOf(simulator, { eventType: 'online' });
    const { requiredAttendeeFields, questions } = await online.describe();
    expect(requiredAttendeeFields).toEqual(['name', 'email', 'phone']);
    expect(questions).toEqual([]);
    const attendee = { ...wish(free[0]).attendee, phone: '+14155550142' };
    const booking = await online.book(wish(free[0], { attendee }));
    expect(answered()).toMatchObject([{ question: 'Your number', answer: '+14155550142' }]);
    expect(booking.location).toMatch(/^https:\/\/meet\.example\.com\//);
    expect(sent.at(-1)).toMatchObject({ location: { kind: 'zoom_conference' } });
    const withoutNumber = await rejection(online.book(wish(free[1])));
    expect((withoutNumber as RequestRefusedError).field).toBe('phone');
  });

  it('may be a place: theirs, ours, or where they are called', async () => {
    const attendee = { ...wish(free[0]).attendee, phone: '+14155550142' };
    const calling = calendarOf(simulator, { eventType: 'calling' });
    expect(await calling.book(wish(free[0], { attendee }))).toMatchObject({
      location: '+14155550142',
    });
    const visiting = calendarOf(simulator, { eventType: 'visiting' });
    expect((await visiting.describe()).questions).toMatchObject([{ key: 'location' }]);
    const refused = await rejection(visiting.book(wish(free[1])));
    expect((refused as RequestRefusedError).field).toBe('location');
    const answers = { location: '5 Harbor Street' };
    expect(await visiting.book(wish(free[1], { answers }))).toMatchObject({
      location: '5 Harbor Street',
    });
    const ours = calendarOf(simulator, { eventType: 'at-ours' });
    expect(await ours.book(wish(free[2]))).toMatchObject({ location: '1 Main Street' });
    const meet = calendarOf(simulator, { eventType: 'online', meetingLink: 'google_meet' });
    await meet.book(wish(free[3], { attendee }));
    expect(sent.at(-1)).toMatchObject({ location: { kind: 'google_conference' } });
  });
});
