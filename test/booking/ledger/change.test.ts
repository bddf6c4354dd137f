import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { tellAfterHangUp } from '../../../booking/ledger/tell-after-hang-up.ts';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertTenant } from '../../support/tenants.ts';
import { entry, openLedgerCall, pick, stateOf, withoutReschedule, CLOCK } from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });
const reason = 'The caller asked for it.';

/** A call that has an appointment at the first free time. */
async function booked(change?: (calendar: Calendar) => Partial<Calendar>) {
  const call = await openLedgerCall(database.db, change ? { change } : {});
  const outcome = await bookThroughLedger(call.context, entry(pick(call.free, 0)));
  if (outcome.state !== 'confirmed') throw new Error(outcome.state);
  return { ...call, appointmentId: outcome.appointmentId, reference: outcome.booking.reference };
}

async function move(call: LedgerCall & { appointmentId: string }, slot: Slot) {
  return rescheduleThroughLedger(call.context, { appointmentId: call.appointmentId, slot, reason });
}

async function statesOf(call: LedgerCall) {
  const { intents } = await stateOf(database.db, call.tenant);
  return intents.map(({ kind, state }) => `${kind} ${state}`);
}

describe('rescheduleThroughLedger', () => {
  it('moves the booking and gives the old time back', async () => {
    const call = await booked();
    const outcome = await move(call, pick(call.free, 3));
    expect(outcome).toMatchObject({
      state: 'confirmed',
      booking: { reference: call.reference, start: pick(call.free, 3).start },
      appointmentId: call.appointmentId,
    });
    const { live, appointments, messages } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, 3).start]);
    expect(appointments.map(({ startAt }) => startAt)).toEqual([pick(call.free, 3).start]);
    expect(await statesOf(call)).toEqual(['book released', 'reschedule confirmed']);
    expect(messages).toEqual(['booked', 'rescheduled']);
    const other = await openLedgerCall(database.db, { tenant: call.tenant });
    expect(
      await bookThroughLedger(other.context, entry(pick(call.free, 0), { email: 'b@example.com' })),
    ).toMatchObject({ state: 'confirmed' });
  });

  it('does nothing to the time that the appointment has already', async () => {
    const call = await booked();
    expect(await move(call, pick(call.free, 0))).toMatchObject({ state: 'confirmed' });
    expect(await statesOf(call)).toEqual(['book confirmed']);
  });

  it.each<[string, (calendar: Calendar) => Partial<Calendar>]>([
    [
      'the answer shows it',
      (calendar) => ({
        reschedule: async (reference) => calendar.cancel(reference, 'Meanwhile.'),
      }),
    ],
    [
      'the refusal shows it',
      (calendar) => ({
        async reschedule(reference, slot, why) {
          await calendar.cancel(reference, 'Meanwhile.');
          return calendar.reschedule(reference, slot, why);
        },
      }),
    ],
    [
      'the look-up shows it',
      (calendar) => ({
        async reschedule(reference) {
          await calendar.cancel(reference, 'Meanwhile.');
          throw new OutcomeUnknownError('No answer.');
        },
      }),
    ],
  ])(
    'says that there is nothing to move when it was cancelled meanwhile: %s',
    async (_, change) => {
      const call = await booked(change);
      const outcome = await move(call, pick(call.free, 3));
      expect(outcome).toMatchObject({ state: 'refused', error: { name: 'BookingNotFoundError' } });
      expect(await statesOf(call)).toEqual(['book released', 'reschedule refused']);
      const { appointments } = await stateOf(database.db, call.tenant);
      expect(appointments).toMatchObject([{ status: 'cancelled' }]);
      // To a caller who left before they heard it, it is not said to stand either.
      const { organizationId, callId } = call.context;
      await tellAfterHangUp(database.db, { organizationId, callId, leftAgo: 60_000 });
      const { payload } = await database.db
        .selectFrom('outboxMessages')
        .select('payload')
        .where('organizationId', '=', organizationId)
        .where('kind', '=', 'settled_not_rescheduled')
        .executeTakeFirstOrThrow();
      expect(payload).toMatchObject({ hasEnded: true });
    },
  );

  it('moves there, back and there again in one call', async () => {
    const call = await booked();
    for (const index of [2, 0, 2]) {
      expect(await move(call, pick(call.free, index))).toMatchObject({ state: 'confirmed' });
    }
    const { live } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, 2).start]);
    expect((await statesOf(call)).filter((state) => state.endsWith('confirmed'))).toHaveLength(1);
  });

  it('may overlap the time that it leaves', async () => {
    // The fake calendar's own grid has no two starts of one length that overlap.
    const onAnyGrid = (calendar: Calendar): Partial<Calendar> => ({
      async reschedule(reference, slot) {
        const bookings = await calendar.findBookings({});
        const booking = bookings.find((each) => each.reference === reference);
        if (!booking) throw new BookingNotFoundError('There is none.');
        return { ...booking, ...slot };
      },
    });
    const call = await booked(onAnyGrid);
    const { start, end } = pick(call.free, 0);
    const by = 10 * 60_000;
    const slot = { start: new Date(start.getTime() + by), end: new Date(end.getTime() + by) };
    expect(await move(call, slot)).toMatchObject({ state: 'confirmed' });
  });

  it('keeps the length of what it moves, whatever length was offered', async () => {
    const call = await openLedgerCall(database.db, {
      tenant: await insertTenant(database.db, { settings: { seed: 7, durations: [60] } }),
    });
    const [first, second] = await call.calendar.listSlots({ from: new Date(0), to: farAhead }, 60);
    if (!first || !second) throw new Error('The calendar has too few free hours.');
    const long = await bookThroughLedger(call.context, entry(first));
    if (long.state !== 'confirmed') throw new Error(long.state);
    const { start } = second;
    const slot = { start, end: new Date(start.getTime() + 30 * 60_000) };
    expect(
      await rescheduleThroughLedger(call.context, {
        appointmentId: long.appointmentId,
        slot,
        reason,
      }),
    ).toMatchObject({ state: 'confirmed', booking: second });
    const { intents } = await stateOf(database.db, call.tenant);
    expect(intents.at(-1)).toMatchObject({ startAt: second.start, endAt: second.end });
  });

  it('leaves the appointment where it is when the new time is taken', async () => {
    const call = await booked();
    const other = await openLedgerCall(database.db, { tenant: call.tenant });
    const slot = pick(call.free, 3);
    await bookThroughLedger(other.context, entry(slot, { email: 'b@example.com' }));
    expect(await move(call, slot)).toEqual({ state: 'taken' });
    expect(await statesOf(call)).toEqual([
      'book confirmed',
      'book confirmed',
      'reschedule refused',
    ]);
  });

  it('refuses another change while one is not settled', async () => {
    const call = await booked((calendar) => ({
      ...calendar,
      reschedule: () => Promise.reject(new OutcomeUnknownError('No answer.')),
    }));
    expect(await move(call, pick(call.free, 2))).toEqual({ state: 'unknown' });
    const other = await openLedgerCall(database.db, { tenant: call.tenant });
    const { appointmentId } = call;
    expect(await cancelThroughLedger(other.context, { appointmentId, reason })).toMatchObject({
      state: 'refused',
      error: expect.any(RequestRefusedError) as unknown,
    });
  });

  it('confirms a move that timed out after it was made', async () => {
    const call = await booked((calendar) => ({
      async reschedule(reference, slot, why) {
        await calendar.reschedule(reference, slot, why);
        throw new OutcomeUnknownError('No answer.');
      },
    }));
    expect(await move(call, pick(call.free, 2))).toMatchObject({ state: 'confirmed' });
    expect(await statesOf(call)).toEqual(['book released', 'reschedule confirmed']);
  });

  it('knows no appointment of another tenant', async () => {
    const call = await booked();
    const stranger = await openLedgerCall(database.db);
    const { appointmentId } = call;
    expect(
      await rescheduleThroughLedger(stranger.context, {
        appointmentId,
        slot: pick(call.free, 2),
        reason,
      }),
    ).toMatchObject({ state: 'refused', error: expect.any(BookingNotFoundError) as unknown });
  });
});

describe('rescheduleThroughLedger, where the provider cannot move a booking', () => {
  it('books the new time, then cancels the old', async () => {
    const call = await booked(withoutReschedule);
    const outcome = await move(call, pick(call.free, 3));
    const { live, appointments, bookings } = await stateOf(database.db, call.tenant);
    expect(outcome).toMatchObject({ state: 'confirmed', booking: { reference: live[0]?.uid } });
    expect(bookings.map(({ status }) => status)).toEqual(['cancelled', 'confirmed']);
    expect(appointments.map(({ status }) => status)).toEqual(['cancelled', 'confirmed']);
    expect(await statesOf(call)).toEqual(['book released', 'reschedule confirmed']);
  });

  it('keeps both until the old one can be cancelled, and goes on when it is asked again', async () => {
    let down = true;
    const call = await booked((calendar) => ({
      ...withoutReschedule(calendar),
      cancel: (reference, why) =>
        down
          ? Promise.reject(new CalendarUnreachableError('Down.'))
          : calendar.cancel(reference, why),
    }));
    expect(await move(call, pick(call.free, 3))).toEqual({ state: 'unknown' });
    expect((await stateOf(database.db, call.tenant)).live).toHaveLength(2);
    down = false;
    expect(await move(call, pick(call.free, 3))).toMatchObject({ state: 'confirmed' });
    const { live } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, 3).start]);
  });

  it('keeps the old time when it may not be cancelled', async () => {
    const call = await booked((calendar) => ({
      ...withoutReschedule(calendar),
      cancel: (reference, why) =>
        why === reason
          ? Promise.reject(new RequestRefusedError('Too late.', { field: null }))
          : calendar.cancel(reference, why),
    }));
    expect(await move(call, pick(call.free, 3))).toMatchObject({ state: 'refused' });
    const { live } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, 0).start]);
    expect(await statesOf(call)).toEqual(['book confirmed', 'reschedule refused']);
  });
});

describe('cancelThroughLedger', () => {
  it('cancels, gives the time back and writes to the attendee', async () => {
    const call = await booked();
    const { appointmentId } = call;
    expect(await cancelThroughLedger(call.context, { appointmentId, reason })).toMatchObject({
      state: 'confirmed',
      booking: { status: 'cancelled' },
      appointmentId,
    });
    const { live, appointments, messages } = await stateOf(database.db, call.tenant);
    expect(live).toEqual([]);
    expect(appointments[0]).toMatchObject({ status: 'cancelled', cancellationReason: reason });
    expect(await statesOf(call)).toEqual(['book released', 'cancel confirmed']);
    expect(messages).toEqual(['booked', 'cancelled']);
    expect(await bookThroughLedger(call.context, entry(pick(call.free, 0)))).toMatchObject({
      state: 'confirmed',
      booking: { status: 'confirmed' },
    });
  });

  it('answers a second cancellation as done', async () => {
    const call = await booked();
    const { appointmentId } = call;
    await cancelThroughLedger(call.context, { appointmentId, reason });
    expect(await cancelThroughLedger(call.context, { appointmentId, reason })).toMatchObject({
      state: 'confirmed',
    });
    expect(await statesOf(call)).toEqual(['book released', 'cancel confirmed']);
  });

  it('keeps the appointment when the provider cannot be reached', async () => {
    const call = await booked(() => ({
      cancel: () => Promise.reject(new CalendarUnreachableError('Down.')),
    }));
    const { appointmentId } = call;
    expect(await cancelThroughLedger(call.context, { appointmentId, reason })).toMatchObject({
      state: 'refused',
    });
    expect(await statesOf(call)).toEqual(['book confirmed', 'cancel refused']);
  });
});

const farAhead = new Date('2027-01-01T00:00:00Z');
