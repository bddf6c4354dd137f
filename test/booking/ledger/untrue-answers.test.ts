import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { settleByHand } from '../../../booking/ledger/settle-by-hand.ts';
import type { Booking, Calendar } from '../../../calendar/calendar.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  changed,
  CLOCK,
  entry,
  lastIntentOf,
  openBookedCall,
  openFakeCalendar,
  openLedgerCall,
  pick,
  stateOf,
  withoutReschedule,
} from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

const HOUR = 3_600_000;
const reason = 'The caller asked for it.';
const database = useTestDatabase({ clock: CLOCK });

type Change = (calendar: Calendar) => Partial<Calendar>;

const later = (booking: Booking): Booking => ({
  ...booking,
  start: new Date(booking.start.getTime() + 5 * HOUR),
  end: new Date(booking.end.getTime() + 5 * HOUR),
});
const shorter = (booking: Booking): Booking => ({
  ...booking,
  end: new Date(booking.start.getTime() + 5 * 60_000),
});
const ofAnother = (booking: Booking): Booking => ({ ...booking, key: 'another-key' });
const ended = (booking: Booking): Booking => ({ ...booking, status: 'rejected' });
const endless = (booking: Booking): Booking => ({ ...booking, end: booking.start });

/** Everything is due at once, and nothing is on its way any more. */
const AT_ONCE = {
  ...USUAL_TIMES,
  grace: 0,
  firstLook: 0,
  firstPause: 0,
  longestPause: 0,
  attentionPause: 0,
  absenceProves: 0,
};

async function reconcile({ tenant }: LedgerCall, change?: Change, times = AT_ONCE) {
  const { db } = database;
  const openCalendar = async (event: LedgerCall['event']) =>
    changed(await openFakeCalendar(db, event), change);
  return reconcileIntent({ db, openCalendar, times }, await lastIntentOf(db, tenant));
}

/** Answers writes, and what is found, untruly. */
function answering(lie: (booking: Booking) => Booking, { alsoFound = false } = {}): Change {
  return (calendar) => ({
    book: async (request) => lie(await calendar.book(request)),
    reschedule: async (...move) => lie(await calendar.reschedule(...move)),
    ...(alsoFound
      ? { findBookings: async (query) => (await calendar.findBookings(query)).map(lie) }
      : {}),
  });
}

describe('a booking that is answered otherwise than it was wished for', () => {
  it.each([
    ['at another time', later],
    ['with another end', shorter],
    ['with the key of another', ofAnother],
    ['as rejected', ended],
  ])('is looked up, and told as it is found: %s', async (_, lie) => {
    const call = await openLedgerCall(database.db, { change: answering(lie) });
    const slot = pick(call.free, 0);
    const outcome = await bookThroughLedger(call.context, entry(slot));
    expect(outcome).toMatchObject({ state: 'confirmed', booking: slot });
    expect(outcome).not.toMatchObject({ booking: { key: 'another-key' } });
    const { appointments } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([{ startAt: slot.start, endAt: slot.end }]);
  });

  it.each([
    ['at another time', later, 'released'],
    ['with another end', shorter, 'confirmed'],
  ])(
    'is not said to be booked while it is found so, and written as it stands: %s',
    async (...row) => {
      const [, lie, state] = row;
      const change = answering(lie, { alsoFound: true });
      const call = await openLedgerCall(database.db, { change });
      const slot = pick(call.free, 0);
      expect(await bookThroughLedger(call.context, entry(slot))).toMatchObject({
        state: 'unknown',
      });
      expect(await lastIntentOf(database.db, call.tenant)).toMatchObject({ state: 'unknown' });
      expect(await reconcile(call, change, { ...AT_ONCE, absenceProves: HOUR })).toBe('open');
      expect(await reconcile(call, change)).toBe('settled');
      const { appointments, messages, live } = await stateOf(database.db, call.tenant);
      const [booking] = live;
      const stands = lie({ ...slot, ...booking } as unknown as Booking);
      expect(appointments).toMatchObject([{ startAt: stands.start, endAt: stands.end }]);
      expect(messages).toEqual(['settled_booked']);
      expect(await lastIntentOf(database.db, call.tenant)).toMatchObject({ state });
    },
  );
});

describe('a move that is answered otherwise than it was wished for', () => {
  it.each([
    ['at another time', later],
    ['with another end', shorter],
    ['as rejected', ended],
  ])('is looked up, and told as it is found: %s', async (_, lie) => {
    const call = await openBookedCall(database.db);
    const calendar = changed(call.calendar, answering(lie));
    const slot = pick(call.free, 3);
    const request = { appointmentId: call.appointmentId, slot, reason };
    expect(await rescheduleThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'confirmed',
      booking: slot,
    });
  });

  it('is not said to be made while the booking stands at a third time', async () => {
    const call = await openBookedCall(database.db);
    const third = pick(call.free, 6);
    const elsewhere: Change = (calendar) => ({
      reschedule: (reference, _slot, why) => calendar.reschedule(reference, third, why),
    });
    const calendar = changed(call.calendar, elsewhere);
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    expect(await rescheduleThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'unknown',
    });
    expect(await reconcile(call)).toBe('settled');
    const { appointments, messages } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([{ startAt: third.start, endAt: third.end }]);
    expect(messages).toEqual(['booked', 'settled_rescheduled']);
  });

  it('gives up no old booking for a new one at another time, and calls an operator', async () => {
    const call = await openBookedCall(database.db);
    const change: Change = (calendar) => ({
      ...withoutReschedule(calendar),
      ...answering(later, { alsoFound: true })(calendar),
    });
    const calendar = changed(call.calendar, (real) => ({
      ...change(real),
      ...withoutReschedule(real),
    }));
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    expect(await rescheduleThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'unknown',
    });
    expect(await reconcile(call, change)).toBe('attention');
    const { live, appointments } = await stateOf(database.db, call.tenant);
    expect(live).toHaveLength(2);
    expect(appointments).toMatchObject([
      { status: 'confirmed', startAt: pick(call.free, 0).start },
    ]);
  });
});

describe('a cancellation that is answered with a booking that stands', () => {
  const asItWas: Change = (calendar) => ({
    async cancel(reference) {
      const [booking] = await calendar.findBookings({ reference });
      if (!booking) throw new Error('The calendar has no such booking.');
      return booking;
    },
  });

  it('is not said to be done, and is settled by what the calendar has', async () => {
    const call = await openBookedCall(database.db);
    const calendar = changed(call.calendar, asItWas);
    const request = { appointmentId: call.appointmentId, reason };
    expect(await cancelThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'unknown',
    });
    expect(await reconcile(call)).toBe('settled');
    const { appointments, intents, messages } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([{ status: 'confirmed' }]);
    expect(intents).toMatchObject([{ state: 'confirmed' }, { kind: 'cancel', state: 'refused' }]);
    expect(messages).toEqual(['booked', 'settled_not_cancelled']);
  });

  it('is done where the calendar has it cancelled all the same', async () => {
    const call = await openBookedCall(database.db);
    const calendar = changed(call.calendar, (real) => ({
      cancel: async (...request) => ({ ...(await real.cancel(...request)), status: 'confirmed' }),
    }));
    const request = { appointmentId: call.appointmentId, reason };
    expect(await cancelThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'confirmed',
      booking: { status: 'cancelled' },
    });
  });

  it('leaves a move by two bookings open: the old one stands', async () => {
    const call = await openBookedCall(database.db);
    const calendar = changed(call.calendar, (real) => ({
      ...withoutReschedule(real),
      ...asItWas(real),
    }));
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    expect(await rescheduleThroughLedger({ ...call.context, calendar }, request)).toMatchObject({
      state: 'unknown',
    });
    expect(await reconcile(call, withoutReschedule)).toBe('settled');
    const { live } = await stateOf(database.db, call.tenant);
    expect(live).toMatchObject([{ startAt: pick(call.free, 3).start }]);
  });
});

describe('an outcome that cannot be written', () => {
  it.each<[string, (booking: Booking) => Booking]>([
    ['an end that is not after the start', endless],
    ['a place that no database takes', (booking) => ({ ...booking, location: 'Room\u0000 7' })],
  ])('goes to an operator, and the caller is written to: %s', async (_, lie) => {
    const change = answering(lie, { alsoFound: true });
    const call = await openLedgerCall(database.db, { change });
    const outcome = await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    expect(outcome).toMatchObject({ state: 'unknown' });
    for (let look = 1; look <= 10; look += 1) {
      await expect(reconcile(call, change)).rejects.toThrow(/appointments_check|0x00/);
    }
    const stuck = await lastIntentOf(database.db, call.tenant);
    expect(stuck).toMatchObject({ state: 'attention' });
    expect(stuck.reason).toMatch(/written down.*settle the intent by hand/);
    await settleByHand(database.db, stuck, 'confirmed', 'It is in the calendar.');
    expect((await stateOf(database.db, call.tenant)).messages).toEqual(['settled_booked']);
  });
});
