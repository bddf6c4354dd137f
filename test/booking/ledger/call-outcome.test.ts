import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { settleByHand } from '../../../booking/ledger/settle-by-hand.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { closeDeadCalls } from '../../../db/calls/call-lease.ts';
import { finishCall } from '../../../db/calls/calls.ts';
import { ago } from '../../../db/clock.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import type { CallOutcome } from '../../../db/values.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  CLOCK,
  entry,
  lastIntentOf,
  openBookedCall,
  openFakeCalendar,
  openLedgerCall,
  pick,
} from './ledger-call.ts';
import type { LedgerCall } from './ledger-call.ts';

const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });
const reason = 'The caller asked for it.';

const keyOf = ({ context: { organizationId, callId } }: LedgerCall) => ({
  organizationId,
  callId: callId ?? '',
});
const outcomeOf = async (call: LedgerCall): Promise<CallOutcome | null> => {
  const rows = database.db.selectFrom('calls').select('outcome');
  return (await rows.where('id', '=', keyOf(call).callId).executeTakeFirstOrThrow()).outcome;
};
/** It is over, and its caller heard this of how it ended. */
const end = (call: LedgerCall, outcome: CallOutcome) =>
  finishCall(database.db, keyOf(call), { outcome, reason: 'over', by: 'caller' });
/** Its process has not been heard of for an hour, and wrote nothing of the outcome. */
async function die(call: LedgerCall): Promise<void> {
  await database.db
    .updateTable('calls')
    .set({ lastSignAt: ago(3_600_000) })
    .where('id', '=', keyOf(call).callId)
    .execute();
  await closeDeadCalls(database.db);
}

/** Writes happen and are not answered for; nothing can be looked up meanwhile. */
const answersNothing = (calendar: Calendar): Partial<Calendar> => ({
  async book(request) {
    await calendar.book(request);
    throw new OutcomeUnknownError('No answer.');
  },
  findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
});

describe('how a call counts that could not be told how its booking ended', () => {
  async function untold(change: (calendar: Calendar) => Partial<Calendar> = answersNothing) {
    const call = await openLedgerCall(database.db, { change });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    await end(call, 'unknown');
    return { call, intent: await lastIntentOf(database.db, call.tenant) };
  }

  it('is as the reconciler found it', async () => {
    const { call, intent } = await untold();
    const times = { ...USUAL_TIMES, grace: 0, firstLook: 0, firstPause: 0 };
    const openCalendar = () => openFakeCalendar(database.db, call.event);
    await reconcileIntent({ db: database.db, openCalendar, times }, intent);
    expect(await outcomeOf(call)).toBe('booked');
  });

  it('is as an operator says', async () => {
    const { call, intent } = await untold();
    await settleByHand(database.db, intent, 'refused', 'not there');
    expect(await outcomeOf(call)).toBe('no_booking');
  });

  it('is that a message was left, where that is all that came of it', async () => {
    const { call, intent } = await untold();
    const { organizationId, callId } = keyOf(call);
    await insertMessageTaken(database.db, {
      organizationId,
      callId,
      agentId: call.tenant.agentId,
      callerName: null,
      callbackNumber: null,
      email: null,
      text: 'Please call back.',
    });
    await settleByHand(database.db, intent, 'refused', 'not there');
    expect(await outcomeOf(call)).toBe('message_taken');
  });
});

describe('how a call counts whose process died before it could say so', () => {
  it('is by what the ledger has of it', async () => {
    const booked = await openBookedCall(database.db);
    const moved = await openBookedCall(database.db);
    const { appointmentId } = moved;
    const slot = pick(moved.free, 3);
    await rescheduleThroughLedger(moved.context, { appointmentId, slot, reason });
    const cancelled = await openBookedCall(database.db);
    await cancelThroughLedger(cancelled.context, { ...cancelled, reason });
    const untold = await openLedgerCall(database.db, { change: answersNothing });
    await bookThroughLedger(untold.context, entry(pick(untold.free, 0)));
    const nothing = await openLedgerCall(database.db);
    for (const call of [booked, moved, cancelled, untold, nothing]) await die(call);
    const outcomes = [booked, moved, cancelled, untold, nothing].map(outcomeOf);
    expect(await Promise.all(outcomes)).toEqual([
      'booked',
      'rescheduled',
      'cancelled',
      'unknown',
      'failed',
    ]);
  });
});
