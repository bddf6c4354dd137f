import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';
import { referenceOf } from '../../../calendar/google/event.ts';
import type { GoogleCalendar } from '../../../calendar/google/google-calendar.ts';
import type { TokenSource } from '../../../calendar/oauth/token-source.ts';
import type { FaultKind } from '../../../rehearsal/simulators/google/faults.ts';
import type { Operation } from '../../../rehearsal/simulators/google/model.ts';
import { attendee } from '../contract/contract-world.ts';
import { ALICE, APPOINTMENTS, openGoogle, tokenSource, useGoogle } from './simulated.ts';

const google = useGoogle();
let tokens: TokenSource;
let calendar: Calendar & Pick<GoogleCalendar, 'settleWrite'>;
const free: Slot[] = [];
beforeAll(async () => {
  tokens = await tokenSource(google.simulator);
  calendar = (await openGoogle(google.simulator, tokens)) as GoogleCalendar;
  const from = new Date();
  free.push(
    ...(await calendar.listSlots({ from, to: new Date(from.getTime() + 40 * 86_400_000) })),
  );
});

afterEach(() => google.simulator.faults.clear());

function request(change: Partial<BookRequest> = {}): BookRequest {
  const slot = free.shift();
  if (!slot) throw new Error('Nothing is free any more.');
  return { slot, attendee: attendee(), key: randomUUID(), notes: null, answers: {}, ...change };
}

const fail = (operation: Operation, kind: FaultKind, times: number | null = 1) =>
  google.simulator.faults.set({ ...kind, operation, times });

const standing = (slot: Slot) =>
  google.simulator
    .owner(ALICE)
    .all()
    .filter(
      ({ start, status }) =>
        status !== 'cancelled' &&
        'dateTime' in start &&
        Date.parse(start.dateTime) === slot.start.getTime(),
    );

describe('booking into a Google calendar', () => {
  it('invites the attendee, and writes down what finds the booking', async () => {
    const wanted = request({ notes: 'Bring the papers.' });
    const booking = await calendar.book(wanted);
    expect(booking.reference).toBe(referenceOf(wanted.key));
    const [event] = standing(wanted.slot);
    expect(event).toMatchObject({
      id: booking.reference,
      summary: 'Mary Smith (A visit)',
      description: expect.stringContaining('Bring the papers.') as string,
      attendees: [{ email: wanted.attendee.email, displayName: 'Mary Smith' }],
      extendedProperties: { private: { slotline: 'booking', slotlineKey: wanted.key } },
    });
    const insert = google.simulator.exchanges.findLast(
      ({ operation }) => operation === 'events.insert',
    );
    expect(insert?.query).toMatchObject({ sendUpdates: 'all', conferenceDataVersion: '1' });
  });

  it('is found by an address as a booking of its own event alone', async () => {
    const other = await openGoogle(google.simulator, tokens, {}, { eventType: 'checkup' });
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    const email = wanted.attendee.email ?? '';
    const namesOf = async (asked: Calendar) =>
      (await asked.findBookings({ email })).map((booking) => booking.reference);
    expect(await namesOf(calendar)).toContain(reference);
    expect(await namesOf(other)).not.toContain(reference);
    // By its name it is found whichever event is asked.
    expect(await other.findBookings({ reference })).toMatchObject([{ reference }]);
  });

  it('answers the room to meet in, though it takes a moment to be made', async () => {
    const meeting = await openGoogle(google.simulator, tokens, {}, { meetingLink: 'google_meet' });
    google.simulator.state.pendingRoomReads = 2;
    const { location } = await meeting.book(request());
    google.simulator.state.pendingRoomReads = 0;
    expect(location).toMatch(/^https:\/\/meet\.google\.com\//);
    const plain = await calendar.book(request());
    expect(plain.location).toBeNull();
  });

  it('is booked without a room where none comes', async () => {
    const meeting = await openGoogle(google.simulator, tokens, {}, { meetingLink: 'google_meet' });
    google.simulator.state.pendingRoomReads = 1_000;
    const booking = await meeting.book(request());
    google.simulator.state.pendingRoomReads = 0;
    expect(booking).toMatchObject({ status: 'confirmed', location: null });
  });

  it('gives way to what its owner wrote in between', async () => {
    const wanted = request();
    const owner = google.simulator.owner(ALICE);
    // It comes after the look, and before the write.
    google.simulator.state.onceInserting(() => {
      owner.add({
        start: { dateTime: wanted.slot.start.toISOString() },
        end: { dateTime: wanted.slot.end.toISOString() },
        summary: 'Dentist',
      });
    });
    await expect(calendar.book(wanted)).rejects.toBeInstanceOf(SlotUnavailableError);
    expect(standing(wanted.slot)).toMatchObject([{ summary: 'Dentist' }]);
  });

  it('keeps one of twenty that came at once, of whatever process', async () => {
    const { slot } = request();
    const calendars = await Promise.all(
      Array.from({ length: 4 }, () => openGoogle(google.simulator, tokens)),
    );
    const tries = Array.from({ length: 20 }, async (_, index) => {
      const wanted = request({ slot });
      return calendars[index % calendars.length]?.book(wanted);
    });
    const outcomes = await Promise.allSettled(tries);
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refusals.filter((reason) => !(reason instanceof SlotUnavailableError))).toEqual([]);
    expect(refusals).toHaveLength(19);
    expect(standing(slot)).toHaveLength(1);
  }, 30_000);

  it('moves back what gives way to something else', async () => {
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    const { slot } = request();
    google.simulator.state.oncePatching(() => {
      google.simulator.owner(ALICE).add({
        start: { dateTime: slot.start.toISOString() },
        end: { dateTime: slot.end.toISOString() },
      });
    });
    await expect(calendar.reschedule(reference, slot, 'Test.')).rejects.toBeInstanceOf(
      SlotUnavailableError,
    );
    expect(await calendar.findBookings({ reference })).toMatchObject([wanted.slot]);
  });

  it('moves what its owner changed meanwhile, as it is now', async () => {
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    const { slot } = request();
    google.simulator.state.oncePatching(() => {
      google.simulator.owner(ALICE).edit(reference, { summary: 'Renamed' });
    });
    await calendar.reschedule(reference, slot, 'Test.');
    expect(standing(slot)).toMatchObject([{ id: reference, summary: 'Renamed', sequence: 1 }]);
  });

  it('takes an event that was deleted already for cancelled', async () => {
    const { reference } = await calendar.book(request());
    google.simulator.owner(ALICE).remove(reference);
    expect(await calendar.cancel(reference, 'Test.')).toMatchObject({ status: 'cancelled' });
  });

  it('neither moves nor deletes what is none of ours', async () => {
    const { slot } = request();
    const { id } = google.simulator.owner(ALICE).add({
      start: { dateTime: slot.start.toISOString() },
      end: { dateTime: slot.end.toISOString() },
    });
    await expect(calendar.cancel(id, 'Test.')).rejects.toMatchObject({
      name: 'BookingNotFoundError',
    });
    expect(standing(slot)).toHaveLength(1);
  });

  it('renews a token that ended early, and writes once', async () => {
    const wanted = request();
    google.simulator.oauth.endAccessTokens();
    await calendar.book(wanted);
    google.simulator.oauth.endAccessTokens();
    const other = request();
    await calendar.book(other);
    expect(standing(wanted.slot)).toHaveLength(1);
    expect(standing(other.slot)).toHaveLength(1);
  });
});

const AFTER: [string, Operation, FaultKind][] = [
  ['an answer to the write that is lost', 'events.insert', { kind: 'lost-answer' }],
  ['an answer to the write that never comes', 'events.insert', { kind: 'commit-then-hang' }],
];
const BEFORE: [string, Operation, FaultKind][] = [
  ['a write whose connection breaks', 'events.insert', { kind: 'reset' }],
  ['a 503 to the write', 'events.insert', { kind: 'refuse', status: 503, reason: 'backendError' }],
  ['a proxy’s page in the place of the write', 'events.insert', { kind: 'page', status: 502 }],
  ['a proxy’s page that refuses the write', 'events.insert', { kind: 'page', status: 403 }],
];
const IN_HASTE: [string, Operation, FaultKind][] = [
  ['a look that is refused in haste', 'events.list', haste(403)],
  ['a write that is refused in haste', 'events.insert', haste(403)],
  ['a write that is refused with 429', 'events.insert', haste(429)],
];

function haste(status: 403 | 429): FaultKind {
  return { kind: 'refuse', status, reason: 'rateLimitExceeded', domain: 'usageLimits' };
}

describe('what a booking comes to', () => {
  it.each(AFTER)(
    'after %s: it is made once',
    async (_name, operation, kind) => {
      const wanted = request();
      fail(operation, kind);
      expect(await calendar.book(wanted)).toMatchObject(wanted.slot);
      expect(standing(wanted.slot)).toHaveLength(1);
      expect((await calendar.book(wanted)).reference).toBe(referenceOf(wanted.key));
      expect(standing(wanted.slot)).toHaveLength(1);
    },
    30_000,
  );

  it.each(BEFORE)(
    'after %s: nobody knows, and nothing is there',
    async (_name, operation, kind) => {
      const wanted = request();
      fail(operation, kind);
      await expect(calendar.book(wanted)).rejects.toBeInstanceOf(OutcomeUnknownError);
      expect(standing(wanted.slot)).toHaveLength(0);
      expect(await calendar.findBookings({ key: wanted.key })).toEqual([]);
      expect(await calendar.book(wanted)).toMatchObject(wanted.slot);
    },
  );

  it.each(IN_HASTE)(
    'after %s: it is not made, and nobody asks for a while',
    async (_name, operation, kind) => {
      const wanted = request();
      // Not the calendar of the other tests, which rests with it.
      const hasty = await openGoogle(google.simulator, tokens);
      fail(operation, kind);
      await expect(hasty.book(wanted)).rejects.toBeInstanceOf(RateLimitedError);
      const asked = google.simulator.exchanges.length;
      await expect(hasty.book(wanted)).rejects.toBeInstanceOf(RateLimitedError);
      expect(google.simulator.exchanges).toHaveLength(asked);
      expect(standing(wanted.slot)).toHaveLength(0);
    },
  );

  it('after a look that breaks, each time, is that nothing was asked for', async () => {
    const wanted = request();
    fail('events.list', { kind: 'reset' }, null);
    await expect(calendar.book(wanted)).rejects.toBeInstanceOf(CalendarUnreachableError);
    expect(standing(wanted.slot)).toHaveLength(0);
  });

  it('is not known where the look after the write fails too, and then found by its key', async () => {
    const wanted = request();
    fail('events.insert', { kind: 'lost-answer' });
    fail('events.get', { kind: 'refuse', status: 404, reason: 'notFound' });
    // The first look finds nothing, as it should; from then on it breaks.
    fail('events.get', { kind: 'reset' }, 3);
    await expect(calendar.book(wanted)).rejects.toBeInstanceOf(OutcomeUnknownError);
    google.simulator.faults.clear();
    expect(await calendar.findBookings({ key: wanted.key })).toMatchObject([wanted.slot]);
  });

  it('is not promised where the calendar cannot be read after the write', async () => {
    const wanted = request();
    google.simulator.state.onceInserting(() => fail('events.list', { kind: 'reset' }, 3));
    await expect(calendar.book(wanted)).rejects.toBeInstanceOf(OutcomeUnknownError);
    google.simulator.faults.clear();
    expect(await calendar.findBookings({ key: wanted.key })).toMatchObject([wanted.slot]);
  });

  it.each([
    ['a move', 'events.patch'],
    ['a cancellation', 'events.delete'],
  ] as const)(
    'of %s that broke before it was done is that nobody knows',
    async (what, operation) => {
      const { reference } = await calendar.book(request());
      const { slot } = request();
      const change = () =>
        what === 'a move'
          ? calendar.reschedule(reference, slot, 'Test.')
          : calendar.cancel(reference, 'Test.');
      fail(operation, { kind: 'reset' });
      await expect(change()).rejects.toBeInstanceOf(OutcomeUnknownError);
      const done = await change();
      expect(done).toMatchObject(what === 'a move' ? slot : { status: 'cancelled' });
    },
  );
});

describe('a write that nobody saw to its end', () => {
  /** As the reconciler does, once somebody else wrote there meanwhile. */
  const settle = async (reference: string, before: Slot | null) => {
    const [found] = await calendar.findBookings({ reference });
    if (!found) throw new Error('The booking is gone.');
    return calendar.settleWrite(found, before);
  };
  const rival = ({ start, end }: Slot) =>
    google.simulator.owner(ALICE).add({
      start: { dateTime: start.toISOString() },
      end: { dateTime: end.toISOString() },
    });

  it('stands where nothing came in between', async () => {
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    expect(await settle(reference, null)).toMatchObject({ ...wanted.slot, status: 'confirmed' });
  });

  it('is taken away, or goes back, where something did', async () => {
    const [first, second] = [request(), request()];
    const made = await calendar.book(first);
    rival(first.slot);
    await expect(settle(made.reference, null)).rejects.toBeInstanceOf(SlotUnavailableError);
    expect(standing(first.slot)).toHaveLength(1);
    const moved = await calendar.book(second);
    const { slot } = request();
    await calendar.reschedule(moved.reference, slot, 'Test.');
    rival(slot);
    // What the mirror takes for the time before is the new one.
    await expect(settle(moved.reference, slot)).rejects.toBeInstanceOf(SlotUnavailableError);
    expect(standing(second.slot)).toMatchObject([{ id: moved.reference }]);
  });

  it('is not decided where it was changed since', async () => {
    const made = await calendar.book(request());
    google.simulator.owner(ALICE).remove(made.reference);
    await expect(calendar.settleWrite(made, null)).rejects.toBeInstanceOf(CalendarUnreachableError);
  });
});

describe('what changed in a Google calendar', () => {
  it('is told since a mark, and anew where the mark is known no more', async () => {
    const other = await openGoogle(google.simulator, tokens, { calendar: 'Appointments' });
    const [first, second] = [await other.book(request()), await other.book(request())];
    const owner = google.simulator.owner(APPOINTMENTS);
    owner.add({ start: { date: '2027-06-01' }, end: { date: '2027-06-02' } });
    const all = await other.listChanges?.(null);
    expect(all?.news.map(({ reference }) => reference).toSorted()).toEqual(
      [first.reference, second.reference].toSorted(),
    );
    const since = all?.mark ?? null;
    expect(await other.listChanges?.(since)).toMatchObject({ news: [] });
    owner.remove(first.reference);
    const { slot } = request();
    owner.edit(second.reference, {
      start: { dateTime: slot.start.toISOString() },
      end: { dateTime: slot.end.toISOString() },
    });
    const changed = await other.listChanges?.(since);
    expect([all?.isWhole, changed?.isWhole]).toEqual([true, undefined]);
    expect(changed?.news).toMatchObject([
      { reference: first.reference, status: 'cancelled' },
      { reference: second.reference, status: 'confirmed', ...slot },
    ]);
    google.simulator.state.expireSyncTokens();
    const anew = await other.listChanges?.(changed?.mark ?? null);
    expect(anew).toMatchObject({ isWhole: true, news: { length: 2 } });
    // A mark of another calendar is none.
    const main = await calendar.listChanges?.(anew?.mark ?? null);
    expect(main?.news.length).toBeGreaterThan(2);
  });
});
