import { setTimeout as pause } from 'node:timers/promises';
import { CalendarError } from '../../calendar/calendar-error.ts';
import { isLive, minutesOf, overlaps } from '../../calendar/calendar.ts';
import type { Booking, Slot } from '../../calendar/calendar.ts';
import { findAppointmentOfReference } from '../../db/appointments/appointments.ts';
import { writeIntentState } from '../../db/intents/intent-states.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { marginsOf } from '../../db/intents/claim-rule.ts';
import type { ClaimRule } from '../../db/intents/claim-rule.ts';
import { claimIntent, listRivals } from '../../db/intents/claims.ts';
import type { Claim, Rival } from '../../db/intents/claims.ts';
import { refuseTaken } from '../../db/intents/refuse-taken.ts';
import type { Database } from '../../db/database.ts';
import { settledWithin } from '../../runtime/within.ts';
import { readClaimRule } from './claim-rule.ts';
import { reached } from './crash-point.ts';
import { findByKey, findByReference } from './find-booking.ts';
import { answeredInTime, deadlinesOf } from './ledger-context.ts';
import type { IntentContext } from './ledger-context.ts';
import { writeBooking } from './write-change.ts';

/** Milliseconds between two tries, while another write is waited for. */
const POLL = 100;
/** Milliseconds for which another claim is awaited before one of its own is tried. */
const AWAITS_OTHER = 500;
const MINUTE = 60_000;
/** Rivals that are asked for: a caller waits. */
const MOST_RIVALS = 20;
const GONE = 'The provider says that the booking no longer has this time.';

/**
 * Claims an intent's time for it, so that exactly one of any number of racing callers has it. A
 * rival whose booking no longer stands at the provider, because its news was missed, gives way. Where
 * several can be at once, the writes of overlapping times go one after the other: a provider may
 * take two that come together, though one host is left.
 *
 * @returns what came of it, and when it was asked for, of `performance.now()`
 */
export async function claimTime(
  context: IntentContext,
  row: Intent,
): Promise<{ claim: Claim; begun: number }> {
  const giveUp = performance.now() + deadlinesOf(context).awaitOthers;
  let begun = performance.now();
  let claim = await tryToClaim(context, row);
  // Holds no connection of the pool while it waits: the other write needs one too.
  while (claim.result === 'busy' && performance.now() < giveUp) {
    await pause(POLL);
    begun = performance.now();
    claim = await tryToClaim(context, row);
  }
  if (claim.result === 'contested' && (await releaseStaleRivals(context, row))) {
    begun = performance.now();
    claim = await tryToClaim(context, row);
  }
  return { claim, begun };
}

/**
 * One try, without asking the provider whether a rival still stands.
 * @param options.isMade the booking stands already: what its event keeps beside its time is too late
 */
export async function tryToClaim(
  context: IntentContext,
  row: Intent,
  { isMade = false } = {},
): Promise<Claim> {
  const { believeRival: believe, write } = deadlinesOf(context);
  const other = decided.get(context.db)?.get(row.calendarConnectionId);
  // Nothing is awaited where there is no other: the next one is to see this one.
  if (other && row.kind === 'book') {
    await settledWithin(AWAITS_OTHER, other);
    if (await refuseTaken(context.db, row, believe)) return { result: 'taken' };
  }
  const rule = isMade ? Promise.resolve(null) : readClaimRule(context.db, row);
  const claim = rule.then((kept) => claimIntent(context.db, row, { believe, write }, kept));
  const calendars = decided.get(context.db) ?? new Map<string, Promise<unknown>>();
  decided.set(context.db, calendars.set(row.calendarConnectionId, claim));
  try {
    await Promise.all([claim, reached(context, 'claiming')]);
    return await claim;
  } finally {
    if (calendars.get(row.calendarConnectionId) === claim) {
      calendars.delete(row.calendarConnectionId);
    }
  }
}

/**
 * Of each database, by calendar: the newest claim of this process that is being decided. Of many who
 * want one slot in the same moment one takes the calendar's lock; the others see what came of it, and
 * need no lock to lose.
 */
const decided = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * Gives back the time of confirmed claims whose bookings were cancelled or moved at the provider
 * without our hearing of it. Only what the provider says of each booking counts: one that it does
 * not find proves nothing, unless nothing but an operator's word ever said that it was there.
 *
 * @returns whether nothing is certainly in the way any more: a full date is counted anew
 */
async function releaseStaleRivals(context: IntentContext, row: Intent): Promise<boolean> {
  const { believeRival } = deadlinesOf(context);
  const rule = await readClaimRule(context.db, row);
  const rivals = await listRivals(context.db, row, believeRival, rule);
  if (rivals.length === 0 || rivals.length > MOST_RIVALS) return false;
  if (rivals.some(({ isFirm, isOfDate }) => isFirm && !isOfDate)) return false;
  const slot = { start: row.startAt, end: row.endAt };
  try {
    if (!(await answeredInTime(context, isListed(context, slot)))) return false;
    for (const rival of rivals) {
      if (rival.isFirm) continue;
      const booking = await answeredInTime(context, findBookingOf(context, rival));
      const isLost = rival.reference !== null && !booking;
      if (!isLost && hasGone(booking, { row, rival, rule })) {
        await writeGone(context, row, rival, booking);
      } else if (!rival.isOfDate) {
        return false;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof CalendarError) return false;
    throw error;
  }
}

/** Whether a rival's booking no longer is where it is in an intent's way. */
function hasGone(
  booking: Booking | undefined,
  { row, rival, rule }: { row: Intent; rival: Rival; rule: ClaimRule | null },
): boolean {
  if (!booking || !isLive(booking)) return true;
  if (rival.isOfDate && rule) {
    return booking.start < rule.date.from || booking.start >= rule.date.to;
  }
  const { before, after } = marginsOf(rule, rival.eventType === row.eventType);
  const start = new Date(row.startAt.getTime() - before);
  return !overlaps(booking, { start, end: new Date(row.endAt.getTime() + after) });
}

/**
 * Whether the calendar says that a time is free.
 * @throws {CalendarError}
 */
export async function isListed({ calendar }: IntentContext, slot: Slot): Promise<boolean> {
  const range = { from: slot.start, to: new Date(slot.start.getTime() + MINUTE) };
  const listed = await calendar.listSlots(range, minutesOf(slot));
  return listed.some(({ start }) => start.getTime() === slot.start.getTime());
}

async function findBookingOf(
  { calendar }: IntentContext,
  { attendee, reference, idempotencyKey }: Rival,
): Promise<Booking | undefined> {
  if (reference !== null) return findByReference(calendar, attendee, reference);
  return idempotencyKey === null ? undefined : findByKey(calendar, attendee, idempotencyKey);
}

/**
 * Gives back the time of this rival alone: another intent of its booking may have been confirmed since
 * the provider was asked, and what that one has written is newer.
 */
async function writeGone(
  { db }: IntentContext,
  { organizationId, calendarConnectionId }: Intent,
  { id }: Rival,
  booking: Booking | undefined,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const end = { state: 'released', reason: GONE, from: ['confirmed'] } as const;
    const isReleased =
      id === null || (await writeIntentState(transaction, { organizationId, id }, end));
    if (!isReleased || !booking) return;
    const of = { organizationId, calendarConnectionId, reference: booking.reference };
    const appointment = await findAppointmentOfReference(transaction, of);
    if (!appointment) return;
    await writeBooking(transaction, appointment, booking, { reason: GONE, changedAt: 'now' });
  });
}
