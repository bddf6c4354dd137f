import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { CrashPoint } from '../../../booking/ledger/crash-point.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { entry, openLedgerCall, pick, stateOf, CLOCK } from './ledger-call.ts';

describe('bookThroughLedger', () => {
  const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });

  it('writes the intent, claims, asks, and writes the outcome with a message', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db);
    const steps: CrashPoint[] = [];
    const outcome = await bookThroughLedger(
      { ...context, onStep: (name) => void steps.push(name) },
      entry(pick(free, 0)),
    );
    const { intents, live, appointments, messages } = await stateOf(database.db, tenant);
    expect(outcome).toMatchObject({
      state: 'confirmed',
      booking: { reference: live[0]?.uid, status: 'confirmed' },
      appointmentId: appointments[0]?.id,
    });
    expect(intents[0]).toMatchObject({ state: 'confirmed', reference: live[0]?.uid });
    expect(intents[0]?.steps.map(({ state }) => state)).toEqual([
      'requested',
      'claimed',
      'confirmed',
    ]);
    expect(appointments).toHaveLength(1);
    expect(messages).toEqual(['booked']);
    expect(steps).toEqual([
      'requested',
      'claiming',
      'claimed',
      'provider-answered',
      'confirming',
      'confirmed',
    ]);
  });

  it('answers the same booking when it is asked for again', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db);
    const first = await bookThroughLedger(context, entry(pick(free, 0)));
    const again = await bookThroughLedger(context, entry(pick(free, 0)));
    expect(again).toMatchObject({
      state: 'confirmed',
      appointmentId: first.state === 'confirmed' ? first.appointmentId : '',
    });
    expect((await stateOf(database.db, tenant)).bookings).toHaveLength(1);
  });

  it('asks the provider once when the same request runs twice at the same time', async () => {
    let asked = 0;
    const { context, tenant, free } = await openLedgerCall(database.db, {
      change: (calendar) => ({
        book(request) {
          asked += 1;
          return calendar.book(request);
        },
      }),
    });
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => bookThroughLedger(context, entry(pick(free, 0)))),
    );
    expect(asked).toBe(1);
    expect(outcomes.filter(({ state }) => state === 'taken' || state === 'refused')).toEqual([]);
    expect((await stateOf(database.db, tenant)).live).toHaveLength(1);
  });

  it('lets one of many racing callers have times that overlap without starting together', async () => {
    const first = await openLedgerCall(database.db, { change: acceptsEverything });
    const { start } = pick(first.free, 0);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { context } = await openLedgerCall(database.db, {
          tenant: first.tenant,
          change: acceptsEverything,
        });
        const from = new Date(start.getTime() + (index % 3) * 10 * 60_000);
        const slot = { start: from, end: new Date(from.getTime() + 30 * 60_000) };
        return bookThroughLedger(context, entry(slot, { email: `caller${index}@example.com` }));
      }),
    );
    expect(outcomes.filter(({ state }) => state === 'confirmed')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'taken')).toHaveLength(11);
  });

  it('asks for overlapping times one after the other where several share one', async () => {
    const made: Slot[] = [];
    // As Cal.com does it: what is free is looked up, and then booked, whatever has come between.
    const oneHost = (calendar: Calendar): Partial<Calendar> => ({
      describe: async () => ({ ...(await calendar.describe()), exclusive: false }),
      async book({ slot, attendee, key }) {
        if (made.some(({ start, end }) => start < slot.end && slot.start < end)) {
          throw new SlotUnavailableError('No host is left.');
        }
        await pause(300);
        made.push(slot);
        const uid = `booking-${made.length}-${key}`;
        const rest = { status: 'confirmed', location: null } as const;
        return { reference: uid, uid, ...slot, attendee, key, ...rest };
      },
    });
    const first = await openLedgerCall(database.db, { change: oneHost });
    const { tenant, free } = first;
    const second = await openLedgerCall(database.db, { tenant, change: oneHost });
    const { start, end } = pick(free, 0);
    const by = 10 * 60_000;
    const later = { start: new Date(start.getTime() + by), end: new Date(end.getTime() + by) };
    const outcomes = await Promise.all([
      bookThroughLedger(first.context, entry({ start, end })),
      bookThroughLedger(second.context, entry(later, { email: 'b@example.com' })),
    ]);
    expect(outcomes.map(({ state }) => state).sort()).toEqual(['confirmed', 'taken']);
    expect(made).toHaveLength(1);
  });

  it('asks for them one after the other also where one was refused before and is tried again', async () => {
    const made: Slot[] = [];
    let isDown = true;
    const begun = Promise.withResolvers<void>();
    const oneHost = (calendar: Calendar): Partial<Calendar> => ({
      describe: async () => ({ ...(await calendar.describe()), exclusive: false }),
      async book({ slot, attendee, key }) {
        if (isDown) throw new CalendarUnreachableError('Down.');
        if (made.length > 0) throw new SlotUnavailableError('No host is left.');
        begun.resolve();
        await pause(300);
        made.push(slot);
        const rest = { status: 'confirmed', location: null } as const;
        return { reference: key, uid: key, ...slot, attendee, key, ...rest };
      },
    });
    const first = await openLedgerCall(database.db, { change: oneHost });
    const { tenant, free } = first;
    const second = await openLedgerCall(database.db, { tenant, change: oneHost });
    const slot = pick(free, 0);
    expect(await bookThroughLedger(first.context, entry(slot))).toMatchObject({ state: 'refused' });
    isDown = false;
    await database.db
      .updateTable('bookingIntents')
      .set({ createdAt: CLOCK.ago(5 * 60_000) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const again = bookThroughLedger(first.context, entry(slot));
    await begun.promise;
    const other = entry(slot, { email: 'b@example.com' });
    expect(await bookThroughLedger(second.context, other)).toMatchObject({ state: 'taken' });
    expect(await again).toMatchObject({ state: 'confirmed' });
    expect(made).toHaveLength(1);
  });

  it('waits no longer than it may for who is before it', async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const shared = (calendar: Calendar): Partial<Calendar> => ({
      describe: async () => ({ ...(await calendar.describe()), exclusive: false }),
      async book(request) {
        begun.resolve();
        await ended.promise;
        return calendar.book(request);
      },
    });
    const first = await openLedgerCall(database.db, { change: shared });
    const { tenant, free } = first;
    const context = { deadlines: { ...USUAL_DEADLINES, awaitOthers: 200 } };
    const second = await openLedgerCall(database.db, { tenant, change: shared, context });
    const running = bookThroughLedger(first.context, entry(pick(free, 0)));
    await begun.promise;
    const other = entry(pick(free, 0), { email: 'b@example.com' });
    expect(await bookThroughLedger(second.context, other)).toMatchObject({
      state: 'refused',
      error: { name: 'CalendarUnreachableError' },
    });
    ended.resolve();
    expect(await running).toMatchObject({ state: 'confirmed' });
  });

  it('leaves overlapping times to a provider with several seats', async () => {
    const severalSeats = (calendar: Calendar): Partial<Calendar> => ({
      ...acceptsEverything(),
      describe: async () => ({ ...(await calendar.describe()), exclusive: false }),
    });
    const first = await openLedgerCall(database.db, { change: severalSeats });
    const { context } = await openLedgerCall(database.db, {
      tenant: first.tenant,
      change: severalSeats,
    });
    const slot = pick(first.free, 0);
    expect(await bookThroughLedger(first.context, entry(slot))).toMatchObject({
      state: 'confirmed',
    });
    expect(
      await bookThroughLedger(context, entry(slot, { email: 'other@example.com' })),
    ).toMatchObject({ state: 'confirmed' });
  });

  it('counts a booking that its owner has yet to accept as made', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db, {
      change: (calendar) => ({
        book: async (request) => ({ ...(await calendar.book(request)), status: 'pending' }),
      }),
    });
    const outcome = await bookThroughLedger(context, entry(pick(free, 0)));
    expect(outcome).toMatchObject({ state: 'confirmed', booking: { status: 'pending' } });
    const { appointments, intents } = await stateOf(database.db, tenant);
    expect(appointments[0]).toMatchObject({ status: 'pending' });
    expect(intents[0]).toMatchObject({ state: 'confirmed' });
  });

  it('books anew in the same call what was given back meanwhile', async () => {
    const { context, tenant, free, calendar } = await openLedgerCall(database.db);
    const first = await bookThroughLedger(context, entry(pick(free, 0)));
    if (first.state !== 'confirmed') throw new Error(first.state);
    await calendar.cancel(first.booking.reference, 'The owner is ill.');
    await database.db
      .updateTable('bookingIntents')
      .set({ state: 'released' })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const second = await bookThroughLedger(context, entry(pick(free, 0)));
    expect(second).toMatchObject({ state: 'confirmed', booking: { status: 'confirmed' } });
    expect((await stateOf(database.db, tenant)).live).toHaveLength(1);
  });

  it('believes the provider when a booking was cancelled there without our hearing of it', async () => {
    const first = await openLedgerCall(database.db);
    const made = await bookThroughLedger(first.context, entry(pick(first.free, 0)));
    if (made.state !== 'confirmed') throw new Error(made.state);
    await first.calendar.cancel(made.booking.reference, 'In the owner’s own calendar.');
    const { context } = await openLedgerCall(database.db, { tenant: first.tenant });
    const outcome = await bookThroughLedger(
      context,
      entry(pick(first.free, 0), { email: 'other@example.com' }),
    );
    expect(outcome).toMatchObject({ state: 'confirmed' });
    const { intents, appointments } = await stateOf(database.db, first.tenant);
    expect(intents.map(({ state }) => state)).toEqual(['released', 'confirmed']);
    expect(appointments.map(({ status }) => status).sort()).toEqual(['cancelled', 'confirmed']);
  });

  it('does not give up a claim because the provider lists its time from a stale copy', async () => {
    const first = await openLedgerCall(database.db);
    const slot = pick(first.free, 0);
    await bookThroughLedger(first.context, entry(slot));
    const { context } = await openLedgerCall(database.db, {
      tenant: first.tenant,
      change: () => ({ listSlots: () => Promise.resolve([slot]) }),
    });
    expect(await bookThroughLedger(context, entry(slot, { email: 'other@example.com' }))).toEqual({
      state: 'taken',
    });
    expect((await stateOf(database.db, first.tenant)).intents[0]?.state).toBe('confirmed');
  });

  it('finds the booking of a write that timed out after it was made', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db, {
      change: (calendar) => ({
        async book(request) {
          await calendar.book(request);
          throw new OutcomeUnknownError('No answer.');
        },
      }),
    });
    expect(await bookThroughLedger(context, entry(pick(free, 0)))).toMatchObject({
      state: 'confirmed',
    });
    const { intents } = await stateOf(database.db, tenant);
    expect(intents[0]?.steps.map(({ state }) => state)).toEqual([
      'requested',
      'claimed',
      'unknown',
      'confirmed',
    ]);
  });

  it('does not know the outcome of a write that never answers, and keeps the time claimed', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db, {
      change: () => ({ book: () => new Promise(() => {}) }),
      context: { deadlines: { ...USUAL_DEADLINES, write: 20 } },
    });
    expect(await bookThroughLedger(context, entry(pick(free, 0)))).toEqual({
      state: 'unknown',
      intentId: expect.any(String) as string,
    });
    expect((await stateOf(database.db, tenant)).intents[0]).toMatchObject({
      state: 'unknown',
      reason: 'OutcomeUnknownError: No answer within 20 ms.',
    });
    const other = await openLedgerCall(database.db, { tenant });
    expect(
      await bookThroughLedger(other.context, entry(pick(free, 0), { email: 'b@example.com' })),
    ).toEqual({ state: 'taken' });
  });

  it('sends nothing when it slept after its claim', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db, {
      context: { deadlines: { ...USUAL_DEADLINES, sendWithin: -1 } },
    });
    const outcome = await bookThroughLedger(context, entry(pick(free, 0)));
    expect(outcome).toMatchObject({
      state: 'refused',
      error: expect.any(CalendarUnreachableError) as unknown,
    });
    const { bookings, intents } = await stateOf(database.db, tenant);
    expect(bookings).toEqual([]);
    expect(intents[0]?.state).toBe('refused');
  });

  it('never says "failed" once the provider was asked: a database that dies leaves it unknown', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db);
    const died = new Error('the database is gone');
    const outcome = await bookThroughLedger(
      {
        ...context,
        onStep: (name) => (name === 'confirming' ? Promise.reject(died) : undefined),
      },
      entry(pick(free, 0)),
    );
    expect(outcome).toMatchObject({ state: 'unknown', error: died });
    const { live, intents, appointments } = await stateOf(database.db, tenant);
    expect(live).toHaveLength(1);
    expect(intents[0]?.state).toBe('claimed');
    expect(appointments).toEqual([]);
    expect(await bookThroughLedger(context, entry(pick(free, 0)))).toMatchObject({
      state: 'confirmed',
    });
  });

  it('takes a write that the reconciler thought lost for what it is', async () => {
    const { context, tenant, free } = await openLedgerCall(database.db);
    const judged = async (name: CrashPoint) => {
      if (name !== 'provider-answered') return;
      await database.db
        .updateTable('bookingIntents')
        .set({ state: 'refused' })
        .where('organizationId', '=', tenant.organizationId)
        .execute();
    };
    expect(
      await bookThroughLedger({ ...context, onStep: judged }, entry(pick(free, 0))),
    ).toMatchObject({ state: 'confirmed' });
    expect((await stateOf(database.db, tenant)).intents[0]?.state).toBe('confirmed');
  });
});

describe('a booking that was made after its time was given away', () => {
  const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });

  /** Booked at the provider, refused by the reconciler meanwhile, and its time another's. */
  async function bookLate(cancel: Calendar['cancel']) {
    const rival = await openLedgerCall(database.db, { change: acceptsEverything });
    const { tenant, free } = rival;
    const slot = entry(pick(free, 0));
    const giveAway = async (name: CrashPoint) => {
      if (name !== 'provider-answered') return;
      await database.db
        .updateTable('bookingIntents')
        .set({ state: 'refused' })
        .where('organizationId', '=', tenant.organizationId)
        .execute();
      await bookThroughLedger(rival.context, {
        ...slot,
        attendee: { ...slot.attendee, name: 'B' },
      });
    };
    const late = await openLedgerCall(database.db, {
      tenant,
      change: () => ({ ...acceptsEverything(), cancel }),
      context: { deadlines: { ...USUAL_DEADLINES, write: 300 }, onStep: giveAway },
    });
    const outcome = await bookThroughLedger(late.context, slot);
    const { intents } = await stateOf(database.db, tenant);
    return { outcome, intent: intents.find(({ callId }) => callId === late.context.callId) };
  }

  it('is cancelled again', async () => {
    const cancelled: string[] = [];
    const { outcome, intent } = await bookLate((reference) => {
      cancelled.push(reference);
      return Promise.reject(new BookingNotFoundError('It is gone.'));
    });
    expect(cancelled).toHaveLength(1);
    expect(outcome).toEqual({ state: 'taken' });
    expect(intent).toMatchObject({ state: 'refused' });
  });

  it('keeps nobody waiting where the provider does not cancel it, and calls an operator', async () => {
    const { outcome, intent } = await bookLate(() => new Promise(() => {}));
    expect(outcome).toMatchObject({ state: 'unknown' });
    expect(intent).toMatchObject({
      state: 'attention',
      reference: expect.any(String) as string,
      reason: expect.stringContaining('settle the intent by hand') as string,
    });
  });
});

/** As a provider that is raced: it refuses nothing. */
function acceptsEverything(): Partial<Calendar> {
  let made = 0;
  return {
    book: (request) => {
      made += 1;
      const reference = `${request.key}-${made}`;
      return Promise.resolve({
        reference,
        uid: reference,
        ...request.slot,
        status: 'confirmed',
        attendee: request.attendee,
        key: request.key,
        location: null,
      });
    },
  };
}
