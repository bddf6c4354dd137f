import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import type { CrashPoint } from '../../../booking/ledger/crash-point.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { OutboxPayloadSchema } from '../../../booking/outbox/outbox-payload.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import type { ReconcilerParts } from '../../../booking/ledger/reconcile.ts';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
} from '../../../calendar/calendar-error.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { listDueIntents } from '../../../db/intents/intent-states.ts';
import { composeMail } from '../../../jobs/mail/compose-mail.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  changed,
  entry,
  NOW,
  openFakeCalendar,
  lastIntentOf,
  openBookedCall,
  openLedgerCall,
  pick,
  stateOf,
  withoutReschedule,
  CLOCK,
} from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

/** Everything is due at once, and absence proves itself at once. */
const AT_ONCE = {
  ...USUAL_TIMES,
  grace: 0,
  firstLook: 0,
  firstPause: 0,
  longestPause: 0,
  attentionPause: 0,
  absenceProves: 0,
};
const reason = 'The caller asked for it.';
const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });

/** A reconciler whose calendars are changed like that. */
function parts(
  times: Partial<typeof AT_ONCE> = {},
  change?: (calendar: Calendar) => Partial<Calendar>,
): ReconcilerParts {
  const { db } = database;
  return {
    db,
    openCalendar: async (event) => changed(await openFakeCalendar(db, event), change),
    times: { ...AT_ONCE, ...times },
  };
}

/** Runs until the process "dies" at a crash point; what comes after it never happens. */
async function dieAt(point: CrashPoint, work: (onStep: DyingHook) => Promise<unknown>) {
  await new Promise<void>((resolve, reject) => {
    const onStep: DyingHook = (name) => {
      if (name !== point) return;
      resolve();
      return new Promise(() => {});
    };
    work(onStep).then(() => reject(new Error(`${point} was not reached`)), reject);
  });
}
type DyingHook = (name: CrashPoint) => void | Promise<void>;

/** Looks at every open intent of a call's tenant once. */
async function reconcileAll(call: LedgerCall, reconciler: ReconcilerParts = parts()) {
  const due = await listDueIntents(database.db, AT_ONCE, 1000);
  const own = due.filter(({ organizationId }) => organizationId === call.tenant.organizationId);
  return Promise.all(own.map((key) => reconcileIntent(reconciler, key)));
}

const booked = (change?: (calendar: Calendar) => Partial<Calendar>) =>
  openBookedCall(database.db, change);
const lastIntent = ({ tenant }: LedgerCall) => lastIntentOf(database.db, tenant);

describe('reconcileIntent, after a call that died', () => {
  it.each<[CrashPoint, string, string[]]>([
    ['requested', 'refused', []],
    ['claimed', 'refused', ['settled_not_booked']],
    ['provider-answered', 'confirmed', ['settled_booked']],
    ['confirmed', 'confirmed', ['booked']],
  ])('at "%s" of a booking: %s', async (point, state, messages) => {
    const call = await openLedgerCall(database.db);
    await dieAt(point, (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    await reconcileAll(call);
    const after = await stateOf(database.db, call.tenant);
    expect(after.intents.map((intent) => intent.state)).toEqual([state]);
    const made = state === 'confirmed' ? 1 : 0;
    expect(after.live).toHaveLength(made);
    expect(after.appointments).toHaveLength(made);
    expect(after.messages).toEqual(messages);
  });

  it.each<[CrashPoint, string, number]>([
    ['claimed', 'reschedule refused', 0],
    ['provider-answered', 'reschedule confirmed', 3],
  ])('at "%s" of a move: %s', async (point, state, index) => {
    const call = await booked();
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    await dieAt(point, (onStep) => rescheduleThroughLedger({ ...call.context, onStep }, request));
    await reconcileAll(call);
    const { live, appointments } = await stateOf(database.db, call.tenant);
    const last = await lastIntent(call);
    expect(`${last.kind} ${last.state}`).toBe(state);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, index).start]);
    expect(appointments.map(({ startAt }) => startAt)).toEqual([pick(call.free, index).start]);
  });

  it.each<[CrashPoint, number]>([
    ['claimed', 0],
    ['booked-anew', 3],
    ['booked-anew-written', 3],
    ['old-cancelled', 3],
    ['provider-answered', 3],
  ])('at "%s" of a move by two bookings: exactly one is left', async (point, index) => {
    const call = await booked(withoutReschedule);
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    await dieAt(point, (onStep) => rescheduleThroughLedger({ ...call.context, onStep }, request));
    await reconcileAll(call, parts({}, withoutReschedule));
    const { live, appointments, intents } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, index).start]);
    expect(
      appointments.filter(({ status }) => status === 'confirmed').map(({ startAt }) => startAt),
    ).toEqual([pick(call.free, index).start]);
    expect(intents.filter(({ state }) => state === 'confirmed')).toHaveLength(1);
  });

  it("gives the second of two bookings' writes the time of a write, not that of a question", async () => {
    const call = await booked(withoutReschedule);
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    await dieAt('booked-anew', (onStep) =>
      rescheduleThroughLedger({ ...call.context, onStep }, request),
    );
    const lookUp = 1_000;
    const slow = (calendar: Calendar): Partial<Calendar> => ({
      ...withoutReschedule(calendar),
      cancel: async (reference, why) => {
        await pause(lookUp + 200);
        return calendar.cancel(reference, why);
      },
    });
    const deadlines = { ...USUAL_DEADLINES, lookUp };
    expect(await reconcileAll(call, { ...parts({}, slow), deadlines })).toEqual(['settled']);
    const { live } = await stateOf(database.db, call.tenant);
    expect(live.map(({ startAt }) => startAt)).toEqual([pick(call.free, 3).start]);
  });

  it.each<[CrashPoint, string, string]>([
    ['claimed', 'cancel refused', 'confirmed'],
    ['provider-answered', 'cancel confirmed', 'cancelled'],
  ])('at "%s" of a cancellation: %s', async (point, state, status) => {
    const call = await booked();
    const request = { appointmentId: call.appointmentId, reason };
    await dieAt(point, (onStep) => cancelThroughLedger({ ...call.context, onStep }, request));
    await reconcileAll(call);
    const { appointments } = await stateOf(database.db, call.tenant);
    const last = await lastIntent(call);
    expect(`${last.kind} ${last.state}`).toBe(state);
    expect(appointments.map((appointment) => appointment.status)).toEqual([status]);
  });

  it('looks where the booking was written, though its event has another calendar since', async () => {
    const call = await openLedgerCall(database.db);
    await dieAt('provider-answered', (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    const { organizationId } = call.tenant;
    const calendarConnectionId = await insertCalendarConnection(database.db, {
      organizationId,
      provider: 'fake',
      name: 'Another calendar',
      timeZone: 'America/New_York',
    });
    await database.db
      .updateTable('bookingEvents')
      .set({ calendarConnectionId, eventType: 'another' })
      .where('id', '=', call.event.id)
      .execute();
    const opened: string[] = [];
    const reconciler = {
      ...parts(),
      openCalendar(event: BookingEvent) {
        opened.push(event.eventType);
        return openFakeCalendar(database.db, event);
      },
    };
    expect(await reconcileIntent(reconciler, await lastIntent(call))).toBe('settled');
    expect(await lastIntent(call)).toMatchObject({ state: 'confirmed' });
    expect(opened).toEqual([call.event.eventType]);
  });

  it('tries again when the calendar could not be opened for once', async () => {
    const call = await openLedgerCall(database.db);
    await dieAt('provider-answered', (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    const blip = { ...parts(), openCalendar: () => Promise.reject(new TypeError('No database.')) };
    const intent = await lastIntent(call);
    await expect(reconcileIntent(blip, intent)).rejects.toThrow(TypeError);
    expect((await lastIntent(call)).state).toBe('claimed');
    expect(await reconcileIntent(parts(), intent)).toBe('settled');
    expect((await lastIntent(call)).state).toBe('confirmed');
  });

  it('leaves an intent alone that a call may still be at work on', async () => {
    const call = await openLedgerCall(database.db);
    await dieAt('claimed', (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    expect(await reconcileIntent(parts({ grace: 60_000 }), await lastIntent(call))).toBeNull();
    expect(await listDueIntents(database.db, USUAL_TIMES, 10)).toEqual([]);
  });
});

describe('reconcileIntent, after an outcome that was not known', () => {
  const lost = (calendar: Calendar): Partial<Calendar> => ({
    async book(request) {
      await calendar.book(request);
      throw new OutcomeUnknownError('No answer.');
    },
    findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
  });

  it('decides nothing while the provider is down, and confirms when it is back', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    expect(await bookThroughLedger(call.context, entry(pick(call.free, 0)))).toMatchObject({
      state: 'unknown',
    });
    const down = parts({}, lost);
    expect(await reconcileIntent(down, await lastIntent(call))).toBe('open');
    expect(await reconcileIntent(down, await lastIntent(call))).toBe('open');
    expect(await lastIntent(call)).toMatchObject({ state: 'unknown', attempts: 2 });
    expect(await reconcileIntent(parts(), await lastIntent(call))).toBe('settled');
    const { intents, messages, appointments } = await stateOf(database.db, call.tenant);
    expect(intents[0]).toMatchObject({ state: 'confirmed' });
    expect(appointments).toHaveLength(1);
    expect(messages).toEqual(['settled_booked']);
  });

  it('writes down each look, and keeps the last twenty', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const down = parts({}, lost);
    const { steps: before } = await lastIntent(call);
    expect(await reconcileIntent(down, await lastIntent(call))).toBe('open');
    const { steps } = await lastIntent(call);
    expect(steps).toHaveLength(before.length + 1);
    expect(steps.at(-1)).toMatchObject({
      state: 'unknown',
      reason: 'CalendarUnreachableError: Down.',
    });
    for (let look = 0; look < 22; look += 1) {
      await reconcileIntent(down, await lastIntent(call));
    }
    const after = (await lastIntent(call)).steps.map(({ state }) => state);
    expect(after.slice(0, 2)).toEqual(['requested', 'claimed']);
    expect(after.slice(2)).toEqual(Array.from({ length: 20 }, () => 'unknown'));
  });

  it('does not take absence for proof while the write may still be on its way', async () => {
    const call = await openLedgerCall(database.db);
    await dieAt('claimed', (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    const patient = parts({ absenceProves: 60_000 });
    expect(await reconcileIntent(patient, await lastIntent(call))).toBe('open');
    expect(await lastIntent(call)).toMatchObject({ state: 'unknown' });
  });

  it('settles once when several processes try, with one message', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const intent = await lastIntent(call);
    await Promise.all(Array.from({ length: 6 }, () => reconcileIntent(parts(), intent)));
    const { intents, messages } = await stateOf(database.db, call.tenant);
    expect(intents[0]?.steps.filter(({ state }) => state === 'confirmed')).toHaveLength(1);
    expect(messages).toEqual(['settled_booked']);
  });

  it('looks one process after the other: who has just looked is not followed at once', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const down = parts({ firstPause: 60_000, longestPause: 60_000 }, lost);
    const intent = await lastIntent(call);
    await database.db
      .updateTable('bookingIntents')
      .set({ updatedAt: CLOCK.ago(3_600_000) })
      .where('id', '=', intent.id)
      .execute();
    expect(await reconcileIntent(down, intent)).toBe('open');
    expect(await reconcileIntent(down, intent)).toBeNull();
  });

  it('leaves the first look to the call, whose look-up may still be running', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const { id } = await lastIntent(call);
    const isDueAfter = async (milliseconds: number, attempts: number) => {
      await database.db
        .updateTable('bookingIntents')
        .set({ attempts, updatedAt: CLOCK.ago(milliseconds) })
        .where('id', '=', id)
        .execute();
      const due = await listDueIntents(database.db, USUAL_TIMES, 1_000);
      return due.some((key) => key.id === id);
    };
    expect(await isDueAfter(USUAL_DEADLINES.lookUp + 1_000, 0)).toBe(false);
    expect(await isDueAfter(USUAL_DEADLINES.lookUp + 2_000, 0)).toBe(true);
    // The call is over then: the second comes as soon as ever.
    expect(await isDueAfter(2_000, 1)).toBe(true);
  });

  it('is due again within ten seconds, however long the provider has been away', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const { id } = await lastIntent(call);
    const isDueAfter = async (milliseconds: number) => {
      await database.db
        .updateTable('bookingIntents')
        .set({ attempts: 5_000, updatedAt: CLOCK.ago(milliseconds) })
        .where('id', '=', id)
        .execute();
      const due = await listDueIntents(database.db, USUAL_TIMES, 1_000);
      return due.some((key) => key.id === id);
    };
    expect(await isDueAfter(9_000)).toBe(false);
    expect(await isDueAfter(10_000)).toBe(true);
  });

  it('releases the time of a booking that its owner cancelled meanwhile', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const [booking] = (await stateOf(database.db, call.tenant)).bookings;
    await call.calendar.cancel(booking?.uid ?? '', 'The owner is ill.');
    await reconcileAll(call);
    const { intents, appointments, messages } = await stateOf(database.db, call.tenant);
    expect(intents[0]).toMatchObject({ state: 'released' });
    expect(appointments[0]).toMatchObject({ status: 'cancelled' });
    expect(messages).toEqual(['settled_not_booked']);
  });

  it('does not write that an appointment stays that was cancelled before its move', async () => {
    const call = await booked();
    const unsure = changed(call.context.calendar, () => ({
      reschedule: () => Promise.reject(new OutcomeUnknownError('No answer.')),
      findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
    }));
    const { appointmentId } = call;
    const request = { appointmentId, slot: pick(call.free, 3), reason };
    await rescheduleThroughLedger({ ...call.context, calendar: unsure }, request);
    const [booking] = (await stateOf(database.db, call.tenant)).bookings;
    await call.calendar.cancel(booking?.uid ?? '', 'The owner is ill.');
    await reconcileAll(call);
    expect(await lastIntent(call)).toMatchObject({ kind: 'reschedule', state: 'refused' });
    const message = await database.db
      .selectFrom('outboxMessages')
      .selectAll()
      .where('appointmentId', '=', appointmentId)
      .where('kind', '=', 'settled_not_rescheduled')
      .executeTakeFirstOrThrow();
    const { subject, text } = composeMail({
      kind: 'settled_not_rescheduled',
      payload: OutboxPayloadSchema.parse(message.payload),
      recipient: message.recipient,
      sender: 'desk@example.com',
      now: NOW,
    });
    expect(subject).toMatch(/^Cancelled: your appointment/);
    expect(text).toContain('it has been cancelled meanwhile');
    expect(text).not.toContain('stays');
  });

  it('never unsettles what a call confirmed while the reconciler was looking', async () => {
    const call = await openLedgerCall(database.db);
    const unsure = changed(call.context.calendar, lost);
    await bookThroughLedger({ ...call.context, calendar: unsure }, entry(pick(call.free, 0)));
    const meanwhile = parts({}, () => ({
      async findBookings() {
        await bookThroughLedger(call.context, entry(pick(call.free, 0)));
        return [];
      },
    }));
    await reconcileIntent(meanwhile, await lastIntent(call));
    expect(await lastIntent(call)).toMatchObject({ state: 'confirmed' });
  });

  it('asks for an operator when a refused key stays refused, or nobody answers for a day', async () => {
    const call = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const refused = parts({}, () => ({
      findBookings: () =>
        Promise.reject(new CalendarSetupError('Refused.', { problem: 'key-refused' })),
    }));
    const intent = await lastIntent(call);
    for (let look = 1; look < 10; look += 1) {
      expect(await reconcileIntent(refused, intent)).toBe('open');
    }
    expect(await reconcileIntent(refused, intent)).toBe('attention');
    const stuck = await lastIntent(call);
    expect(stuck.state).toBe('attention');
    expect(stuck.reason).toMatch(/CalendarSetupError: Refused\..*settle the intent by hand/);
    // The key is mended: nobody has to do anything by hand.
    expect(await reconcileIntent(parts(), intent)).toBe('settled');

    const other = await openLedgerCall(database.db, { change: lost });
    await bookThroughLedger(other.context, entry(pick(other.free, 0)));
    const impatient = parts({ giveUp: -1 }, lost);
    expect(await reconcileIntent(impatient, await lastIntent(other))).toBe('attention');
  });
});

describe('reconcileIntent, when something of ours fails', () => {
  it('says so each time, and in the end asks for an operator', async () => {
    const call = await openLedgerCall(database.db);
    await dieAt('claimed', (onStep) =>
      bookThroughLedger({ ...call.context, onStep }, entry(pick(call.free, 0))),
    );
    const broken = parts({}, () => ({ findBookings: () => Promise.reject(new TypeError('x')) }));
    const intent = await lastIntent(call);
    for (let look = 1; look <= 10; look += 1) {
      await expect(reconcileIntent(broken, intent)).rejects.toThrow(TypeError);
    }
    expect((await lastIntent(call)).state).toBe('attention');
  });
});
