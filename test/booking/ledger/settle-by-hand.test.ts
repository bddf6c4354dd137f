import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { CannotSettleError, settleByHand } from '../../../booking/ledger/settle-by-hand.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { LOCKS, takeLock } from '../../../db/locks.ts';
import type { Database } from '../../../db/database.ts';
import { noteIntentReference } from '../../../db/intents/intent-states.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  changed,
  entry,
  lastIntentOf,
  openBookedCall,
  openLedgerCall,
  pick,
  stateOf,
  withoutReschedule,
  CLOCK,
} from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

const reason = 'The caller asked for it.';
const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });

const booked = (change?: (calendar: Calendar) => Partial<Calendar>) =>
  openBookedCall(database.db, change);
const lastIntent = ({ tenant }: LedgerCall) => lastIntentOf(database.db, tenant);

describe('settleByHand', () => {
  async function stuck() {
    const call = await openLedgerCall(database.db, {
      change: () => ({
        book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
        findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
      }),
    });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    return { call, intent: await lastIntent(call) };
  }

  it('frees the time of what was not booked and tells the attendee', async () => {
    const { call, intent } = await stuck();
    await settleByHand(database.db, intent, 'refused', 'not in the calendar');
    expect(await lastIntent(call)).toMatchObject({
      state: 'refused',
      reason: 'By hand: not in the calendar',
    });
    expect((await stateOf(database.db, call.tenant)).messages).toEqual(['settled_not_booked']);
    const other = await openLedgerCall(database.db, { tenant: call.tenant });
    expect(await bookThroughLedger(other.context, entry(pick(call.free, 0)))).toMatchObject({
      state: 'confirmed',
    });
  });

  it('gives back the time of what was said to be booked, when the calendar has nothing', async () => {
    const { call, intent } = await stuck();
    await settleByHand(database.db, intent, 'confirmed', 'somebody said so');
    const other = await openLedgerCall(database.db, { tenant: call.tenant });
    expect(await bookThroughLedger(other.context, entry(pick(call.free, 0)))).toMatchObject({
      state: 'confirmed',
    });
    const { intents } = await stateOf(database.db, call.tenant);
    expect(intents.map(({ state }) => state)).toEqual(['released', 'confirmed']);
  });

  it('holds the new time of a move by the name of what was moved', async () => {
    const { appointmentId, ...call } = await booked();
    const unsure = changed(call.context.calendar, () => ({
      reschedule: () => Promise.reject(new OutcomeUnknownError('No answer.')),
    }));
    const request = { appointmentId, slot: pick(call.free, 3), reason };
    await rescheduleThroughLedger({ ...call.context, calendar: unsure }, request);
    await settleByHand(database.db, await lastIntent(call), 'confirmed', 'seen');
    const { intents, bookings } = await stateOf(database.db, call.tenant);
    expect(intents.map(({ state, reference }) => ({ state, reference }))).toEqual([
      { state: 'released', reference: bookings[0]?.uid },
      { state: 'confirmed', reference: bookings[0]?.uid },
    ]);
  });

  const noAnswer = () => Promise.reject(new OutcomeUnknownError('No answer.'));

  /** An appointment whose change nobody knows the end of; the calendar was never asked. */
  async function stuckChange(kind: 'reschedule' | 'cancel') {
    const { appointmentId, ...call } = await booked();
    const calendar = changed(call.context.calendar, () => ({
      reschedule: noAnswer,
      cancel: noAnswer,
    }));
    const context = { ...call.context, calendar };
    if (kind === 'cancel') await cancelThroughLedger(context, { appointmentId, reason });
    else {
      const slot = pick(call.free, 3);
      await rescheduleThroughLedger(context, { appointmentId, slot, reason });
    }
    return { call, appointmentId, intent: await lastIntent(call) };
  }

  async function lastMessage(call: LedgerCall) {
    const [message] = await database.db
      .selectFrom('outboxMessages')
      .select(['kind', 'appointmentId', 'payload'])
      .where('organizationId', '=', call.tenant.organizationId)
      .orderBy('createdAt', 'desc')
      .execute();
    return message;
  }

  it('moves the appointment of a move that was made, and writes its new time', async () => {
    const { call, appointmentId, intent } = await stuckChange('reschedule');
    await settleByHand(database.db, intent, 'confirmed', 'seen');
    const { start, end } = pick(call.free, 3);
    const { appointments, bookings } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([
      { id: appointmentId, status: 'confirmed', startAt: start, endAt: end },
    ]);
    expect(appointments[0]?.reference).toBe(bookings[0]?.uid);
    expect(await lastMessage(call)).toMatchObject({
      kind: 'settled_rescheduled',
      appointmentId,
      payload: { time: { start: start.toISOString(), end: end.toISOString() } },
    });
  });

  it('cancels the appointment of a cancellation that was made', async () => {
    const { call, intent } = await stuckChange('cancel');
    await settleByHand(database.db, intent, 'confirmed', 'seen');
    const { appointments } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([{ status: 'cancelled', cancellationReason: reason }]);
    expect(await lastMessage(call)).toMatchObject({
      kind: 'settled_cancelled',
      payload: { reason },
    });
  });

  it('leaves what the provider has said since: the appointment was moved on', async () => {
    const { call, appointmentId, intent } = await stuckChange('reschedule');
    const { start, end } = pick(call.free, 5);
    await database.db
      .updateTable('appointments')
      .set({ startAt: start, endAt: end, providerChangedAt: CLOCK.ago(-3_600_000) })
      .where('id', '=', appointmentId)
      .execute();
    await settleByHand(database.db, intent, 'confirmed', 'seen');
    const { appointments } = await stateOf(database.db, call.tenant);
    expect(appointments).toMatchObject([{ startAt: start }]);
    expect(await lastMessage(call)).toMatchObject({
      payload: { time: { start: start.toISOString() } },
    });
  });

  it('leaves one place to come to when a move by two bookings was made', async () => {
    const call = await booked(withoutReschedule);
    const calendar = changed(call.context.calendar, () => ({ cancel: noAnswer }));
    const request = { appointmentId: call.appointmentId, slot: pick(call.free, 3), reason };
    await rescheduleThroughLedger({ ...call.context, calendar }, request);
    await settleByHand(database.db, await lastIntent(call), 'confirmed', 'seen');
    const { appointments, bookings } = await stateOf(database.db, call.tenant);
    expect(appointments.map(({ status, reference }) => ({ status, reference }))).toEqual([
      { status: 'cancelled', reference: bookings[0]?.uid },
      { status: 'confirmed', reference: bookings[1]?.uid },
    ]);
    expect(await lastMessage(call)).toMatchObject({
      appointmentId: appointments[1]?.id,
      payload: { time: { start: pick(call.free, 3).start.toISOString() } },
    });
  });

  it('takes what was written while it waited: the new time was booked in the meantime', async () => {
    const { call, appointmentId, intent } = await stuckChange('reschedule');
    const begun = Promise.withResolvers<void>();
    const noted = Promise.withResolvers<void>();
    const mirror = database.db.transaction().execute(async (transaction) => {
      await takeLock(transaction, LOCKS.mirror(intent.calendarConnectionId));
      begun.resolve();
      await noted.promise;
    });
    await begun.promise;
    const settled = settleByHand(database.db, intent, 'confirmed', 'seen');
    await expect.poll(() => countWaiting(database.db)).toBe(1);
    await noteIntentReference(database.db, intent, { reference: 'anew', reason: 'Booked.' });
    noted.resolve();
    await Promise.all([mirror, settled]);
    expect(await lastIntent(call)).toMatchObject({ state: 'confirmed', reference: 'anew' });
    const { appointments } = await stateOf(database.db, call.tenant);
    expect(appointments.map(({ id, status }) => [id === appointmentId, status])).toEqual([
      [true, 'cancelled'],
      [false, 'confirmed'],
    ]);
  });

  it('settles once', async () => {
    const { intent } = await stuck();
    await settleByHand(database.db, intent, 'confirmed', 'seen in the calendar');
    await expect(settleByHand(database.db, intent, 'refused', 'changed my mind')).rejects.toThrow(
      CannotSettleError,
    );
  });
});

/** Transactions of this database that wait for a lock. */
async function countWaiting(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_locks
    join pg_database on pg_database.oid = pg_locks.database
    where datname = current_database() and not granted`.execute(db);
  return rows[0]?.count ?? 0;
}
