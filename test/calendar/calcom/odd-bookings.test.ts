import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import type { Booking } from '../../../rehearsal/simulators/calcom/model.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import { recorded, recordedLater } from './recorded.ts';
import { calendarOf, FRONT_DESK } from './simulated.ts';

const DAY = 24 * 3_600_000;

/** Bookings that stand in a list beside others, and that the list must not suffer from. */
describe('a booking at Cal.com', () => {
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK] });
    const now = simulator.clock.now();
    free.push(
      ...(await calendarOf(simulator).listSlots({
        from: new Date(now),
        to: new Date(now + 30 * DAY),
      })),
    );
  });
  afterAll(() => simulator.close());

  const freshSlot = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The simulator has too few free slots.');
    return slot;
  };
  const request = (attendee: Partial<BookRequest['attendee']> = {}): BookRequest => {
    const key = randomUUID();
    const mary = { name: 'Mary Smith', phone: null, timeZone: 'America/New_York' };
    const email = `${key}@example.com`;
    return {
      slot: freshSlot(),
      attendee: { ...mary, email, ...attendee },
      key,
      notes: null,
      answers: {},
    };
  };
  const all = () => {
    const now = simulator.clock.now();
    return { from: new Date(now), to: new Date(now + 60 * DAY) };
  };
  const stored = (uid: string): Booking => {
    const booking = simulator.state.bookings.find(uid);
    if (!booking) throw new Error('The simulator has no such booking.');
    return booking;
  };

  it('whose event type was deleted hides nobody else’s, and is found by its key', async () => {
    const doomed = calendarOf(simulator, { eventType: 'lengths' });
    const wanted = request();
    const booking = await doomed.book(wanted);
    const id = stored(booking.uid).eventTypeId;
    simulator.state.deleteEventType(id ?? 0);
    const other = request();
    const { reference } = await calendarOf(simulator).book(other);
    const calendar = calendarOf(simulator);
    const byMail = await calendar.findBookings({ email: other.attendee.email ?? '' });
    expect(byMail.map((found) => found.reference)).toEqual([reference]);
    const query = { key: wanted.key, email: wanted.attendee.email ?? '' };
    expect(await calendar.findBookings(query)).toMatchObject([{ reference: booking.reference }]);
    expect(await calendar.findBookings({ reference: booking.reference })).toHaveLength(1);
    const listed = await calendar.listBookings(all());
    const news = listed.find((each) => each.reference === booking.reference);
    expect(news).toMatchObject({ status: 'confirmed', key: wanted.key });
    expect(news).not.toHaveProperty('eventType');
  });

  it('whose host has no name is booked, found, moved and cancelled', async () => {
    const account = simulator.state.accountNamed('front-desk');
    if (!account) throw new Error('The simulator has no such account.');
    account.name = null;
    try {
      const calendar = calendarOf(simulator);
      const wanted = request();
      const { reference } = await calendar.book(wanted);
      const query = { email: wanted.attendee.email ?? '' };
      expect(await calendar.findBookings(query)).toMatchObject([{ reference }]);
      const slot = freshSlot();
      expect(await calendar.reschedule(reference, slot, 'Ill.')).toMatchObject(slot);
      const [news] = (await calendar.listBookings(all())).filter(
        (each) => each.reference === reference,
      );
      expect(news?.organizer).toEqual({ name: null, email: 'front-desk@example.com' });
      expect((await calendar.cancel(reference, 'Ill.')).status).toBe('cancelled');
    } finally {
      account.name = 'Front Desk';
    }
  });

  it('that no host has taken yet is pending', async () => {
    const calendar = calendarOf(simulator);
    const wanted = request();
    const { uid } = await calendar.book(wanted);
    stored(uid).status = 'awaiting_host';
    const query = { email: wanted.attendee.email ?? '' };
    expect(await calendar.findBookings(query)).toMatchObject([{ status: 'pending' }]);
    stored(uid).status = 'cancelled';
  });

  it('of a recurring type stands where it was moved to, though its old record does not say so', async () => {
    const calendar = calendarOf(simulator, { eventType: 'weekly' });
    const wanted = request();
    const { reference } = await calendar.book(wanted);
    const [second, third] = [freshSlot(), freshSlot()];
    await calendar.reschedule(reference, second, 'Ill.');
    expect(await calendar.reschedule(reference, third, 'Again.')).toMatchObject(third);
    const present = { ...third, reference, status: 'confirmed' };
    const fresh = calendarOf(simulator, { eventType: 'weekly' });
    expect(await fresh.findBookings({ reference })).toMatchObject([present]);
    const query = { email: wanted.attendee.email ?? '' };
    expect(await fresh.findBookings(query)).toMatchObject([present]);
    const news = (await fresh.listBookings(all())).filter((each) => each.reference === reference);
    expect(news).toMatchObject([{ status: 'confirmed', start: third.start }]);
    expect((await fresh.cancel(reference, 'Ill.')).status).toBe('cancelled');
    expect(await fresh.findBookings({ reference })).toMatchObject([{ status: 'cancelled' }]);
  });

  it('made with capitals in the address is found without regard to them', async () => {
    const calendar = calendarOf(simulator);
    const { uid, reference } = await calendar.book(request());
    const email = 'Ada.Lovelace@Example.com';
    stored(uid).attendee.email = email;
    for (const asked of [email, email.toLowerCase(), email.toUpperCase()]) {
      expect(await calendar.findBookings({ email: asked })).toMatchObject([{ reference }]);
    }
  });

  it('whose address Cal.com dropped is found by its key, its reference and its number', async () => {
    const calendar = calendarOf(simulator, { eventType: 'no-address' });
    expect((await calendar.describe()).requiredAttendeeFields).toEqual(['name', 'phone']);
    const phone = '+14155552699';
    const wanted = request({ phone });
    const booking = await calendar.book(wanted);
    expect(booking.attendee).toMatchObject({ email: null, phone });
    const { reference } = booking;
    const email = wanted.attendee.email ?? '';
    for (const query of [{ key: wanted.key, email }, { reference, email }, { phone }]) {
      expect(await calendar.findBookings(query)).toMatchObject([{ reference }]);
    }
    expect(await calendar.findBookings({ key: randomUUID(), email })).toEqual([]);
  });

  it('whose address Cal.com dropped is not booked twice when its answer is lost', async () => {
    const calendar = calendarOf(simulator, { eventType: 'no-address' });
    await calendar.describe();
    const wanted = request({ phone: '+14155552698' });
    simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-reset' });
    expect(await calendar.book(wanted)).toMatchObject({ ...wanted.slot, key: wanted.key });
  });
});

describe('what cannot be read of Cal.com', () => {
  const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
  const listed = (...data: unknown[]) => ({ body: { data, pagination: { hasNextPage: false } } });
  const good = (recorded('booking.get.ok').body as { data: { uid: string; attendees: object[] } })
    .data;

  it('hides nothing that can', async () => {
    const server = await startScripted(() => listed({ uid: 7 }, good, { status: 'new' }));
    const calendar = calendarOf({ ...server, clock }, { eventType: 'consultation' });
    const found = await calendar.findBookings({ email: 'ada@example.com' });
    expect(found.map(({ uid }) => uid)).toEqual([good.uid]);
  });

  it('is not taken for proof that there is no booking', async () => {
    const server = await startScripted(() => listed({ uid: 7 }, good));
    const calendar = calendarOf({ ...server, clock }, { eventType: 'consultation' });
    await expect(calendar.findBookings({ key: randomUUID() })).rejects.toThrow(
      CalendarUnreachableError,
    );
  });

  it('of one event type is no matter of another', async () => {
    const types = recorded('event-types.by-username-slug').body as { data: object[] };
    const data = [{ slug: 'odd', lengthInMinutes: null }, ...types.data];
    const server = await startScripted(() => ({ body: { data } }));
    const open = (eventType: string) => calendarOf({ ...server, clock }, { eventType }).describe();
    expect((await open('consultation')).durationMinutes).toBe(30);
    await expect(open('odd')).rejects.toThrow(CalendarUnreachableError);
  });

  it.each(['bookings.list.event-type-deleted', 'bookings.list.host-without-name'])(
    'is nothing of what was recorded: %s',
    async (name) => {
      const { data } = recordedLater(name).body as { data: object | object[] };
      const server = await startScripted(() => listed(...[data].flat()));
      const calendar = calendarOf({ ...server, clock });
      const range = { from: new Date('2027-04-01T00:00Z'), to: new Date('2027-05-01T00:00Z') };
      expect(await calendar.listBookings(range)).toHaveLength(1);
    },
  );
});
