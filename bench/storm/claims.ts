import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import type { LedgerContext } from '../../booking/ledger/ledger-context.ts';
import type { Slot } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import { NO_FAULTS, RacingProvider, STEP } from './racing-calendar.ts';
import { seededRandom } from './random.ts';
import { insertStormTenant } from './storm-tenant.ts';

const HALF_HOUR = 2 * STEP;
const FIRST = Date.parse('2030-01-01T09:00:00Z');
const DAY = 86_400_000;
/** Calendars among which spread claims are spread. */
const CALENDARS = 50;
/** Callers at work at once. */
const CALLERS = 32;

export interface ClaimsFigures {
  /** Claims decided a second, all but one of them lost. */
  hotSlot: number;
  /** Bookings made a second, each at a time of its own. */
  oneCalendar: number;
  manyCalendars: number;
}

/**
 * Counts what the ledger decides in a second while the provider answers at once: many callers on one
 * slot, on slots of one calendar, and on slots of many calendars.
 * @param milliseconds of each measurement
 */
export async function measureClaims(db: Database, milliseconds: number): Promise<ClaimsFigures> {
  const hotSlot = await measureHotSlot(db, milliseconds);
  const lanes = await Promise.all(Array.from({ length: CALENDARS }, () => openCalendar(db)));
  const [first] = lanes;
  if (!first) throw new Error('There is no calendar.');
  const oneCalendar = await countASecond(milliseconds, (caller) =>
    book(first, slotOf(Math.floor(caller / 18), caller % 18), caller),
  );
  const manyCalendars = await countASecond(milliseconds, (caller) => {
    const calendar = lanes[1 + (caller % (CALENDARS - 1))] ?? first;
    const nth = Math.floor(caller / (CALENDARS - 1));
    return book(calendar, slotOf(Math.floor(nth / 18), nth % 18), caller);
  });
  return { hotSlot, oneCalendar, manyCalendars };
}

/**
 * Claims decided a second, all but one of them lost.
 * @param milliseconds of the measurement
 */
export async function measureHotSlot(db: Database, milliseconds: number): Promise<number> {
  const calendar = await openCalendar(db);
  let day = 0;
  return countASecond(milliseconds, (caller) => {
    // A fresh slot now and then, so that there is something to win as well.
    if (caller % 500 === 0) day += 1;
    return book(calendar, slotOf(10_000 + day, 0), caller);
  });
}

async function countASecond(
  milliseconds: number,
  work: (caller: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (performance.now() - began < milliseconds) {
        next += 1;
        await work(next - 1);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - began) / 1_000);
}

async function openCalendar(db: Database): Promise<LedgerContext> {
  const tenant = await insertStormTenant(db, { calls: 1 });
  return {
    db,
    calendar: new RacingProvider(seededRandom(1), NO_FAULTS).open(),
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId: tenant.callIds[0] ?? '',
    calendarConnectionId: tenant.event.calendarConnectionId,
    bookingEventId: tenant.event.id,
    organizerEmail: null,
    eventType: tenant.event.eventType,
  };
}

function book(context: LedgerContext, slot: Slot, caller: number): Promise<unknown> {
  const email = `caller${caller}@example.com`;
  const attendee = { name: 'A caller', email, phone: null, timeZone: 'UTC' };
  return bookThroughLedger(context, { slot, attendee, notes: null, answers: {} });
}

/** The n-th half hour of a day's hours. */
function slotOf(day: number, nth: number): Slot {
  const start = FIRST + day * DAY + nth * HALF_HOUR;
  return { start: new Date(start), end: new Date(start + HALF_HOUR) };
}
