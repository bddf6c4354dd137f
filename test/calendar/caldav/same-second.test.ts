import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import type { LedgerOutcome } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { syncCalendar } from '../../../booking/mirror/sync-calendar.ts';
import type { StormTenant } from '../../../bench/storm/storm-tenant.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import type { Availability } from '../../../calendar/slots/availability.ts';
import { findBookingEvent, updateBookingEvent } from '../../../db/booking-events.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { openDatabase } from '../../../db/database.ts';
import type { Database } from '../../../db/database.ts';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { DAY } from '../contract/contract-world.ts';
import { connectTenant, entryAt, ledgerContext, openTenantCalendar } from './dav-ledger.ts';
import { EVERY_DAY } from './open-dav.ts';

const CALLERS = 6;
const HOUR = 3_600_000;
/** A list may lag behind what was written: the mirror believes it some seconds later. */
const WHILE_IT_IS_STALE = { timeout: 20_000, interval: 500 };

describe.skipIf(!canServeDav('radicale'))('callers of two processes in the same second', () => {
  const database = useTestDatabase();
  let server: DavServer;
  let tenant: StormTenant;
  /** Of the other process: its own connections, and a memory of its own. */
  let other: Database;
  let days: Date[];

  beforeAll(async () => {
    server = await startDavServer('radicale');
    tenant = await connectTenant(database.db, server.url, { calls: CALLERS });
    other = openDatabase({ connectionString: database.url, maxConnections: 4 });
    const first = Math.ceil(Date.now() / DAY) * DAY;
    days = Array.from({ length: 20 }, (_, day) => new Date(first + (day + 1) * DAY));
  });
  afterAll(async () => {
    await other.destroy();
    await server.close();
  });

  async function keep(rule: Partial<Availability>): Promise<void> {
    const { organizationId, event } = tenant;
    const key = { organizationId, id: event.id };
    await updateBookingEvent(database.db, key, { availability: { ...EVERY_DAY, ...rule } });
    const changed = await findBookingEvent(database.db, key);
    if (!changed) throw new Error('The event is gone.');
    tenant = { ...tenant, event: changed };
  }

  /** The calls ask in turn from one process and from the other. */
  async function contextOf(call: number) {
    const db = call % 2 === 0 ? database.db : other;
    return ledgerContext(db, tenant, await openTenantCalendar(db, tenant.event), call);
  }

  async function bookAll(slots: readonly Slot[]): Promise<LedgerOutcome['state'][]> {
    const contexts = await Promise.all(slots.map((_, call) => contextOf(call)));
    const booked = contexts.map((context, call) => {
      const slot = slots[call];
      if (!slot) throw new Error('A call without a wish.');
      return bookThroughLedger(context, entryAt(slot));
    });
    return (await Promise.all(booked)).map(({ state }) => state);
  }

  const calendarNow = (): Promise<Calendar> => openTenantCalendar(database.db, tenant.event);
  const free = async (): Promise<Slot[]> => {
    const [from] = days.splice(0, 1);
    if (!from) throw new Error('No day is left.');
    const listed = await (
      await calendarNow()
    ).listSlots({ from, to: new Date(from.getTime() + DAY) });
    return listed;
  };
  const count = (states: readonly string[], state: string) =>
    states.filter((each) => each === state).length;

  it('book no more of a date than may be', async () => {
    await keep({ dailyMaximum: 2, step: 30 });
    const slots = (await free()).filter((_, index) => index % 2 === 0).slice(0, CALLERS);
    const states = await bookAll(slots);
    expect(count(states, 'confirmed')).toBe(2);
    expect(count(states, 'taken')).toBe(CALLERS - 2);
  });

  it('count what somebody moved onto the date in the calendar itself', async () => {
    await keep({ dailyMaximum: 2, step: 30 });
    const [day, next] = [await free(), await free()];
    const outcome = await bookThroughLedger(await contextOf(0), entryAt(day[0] as Slot));
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    const [wanted, ...others] = next.filter((_, index) => index % 2 === 0) as [Slot, ...Slot[]];
    const { reference } = outcome.booking;
    await (await calendarNow()).reschedule(reference, wanted, 'Moved by its owner.');
    const { organizationId, event } = tenant;
    const openCalendar = (of: BookingEvent) => openTenantCalendar(database.db, of);
    await vi.waitUntil(async () => {
      const parts = { db: database.db, openCalendar, now: () => new Date(), interval: 0 };
      const key = { organizationId, calendarConnectionId: event.calendarConnectionId };
      return (await syncCalendar(parts, key))?.changed === 1;
    }, WHILE_IT_IS_STALE);
    const states = await bookAll(others.slice(0, CALLERS));
    expect(count(states, 'confirmed')).toBe(1);
    expect(count(states, 'taken')).toBe(CALLERS - 1);
  });

  it('have a full date again once one of its bookings was deleted there, unheard of', async () => {
    await keep({ dailyMaximum: 1, step: 30 });
    const slots = await free();
    const context = await contextOf(0);
    const outcome = await bookThroughLedger(context, entryAt(slots[0] as Slot));
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    const calendar = await calendarNow();
    await calendar.cancel(outcome.booking.reference, 'Deleted by its owner.');
    const deadlines = { ...USUAL_DEADLINES, believeRival: 0 };
    const late = { ...(await contextOf(1)), deadlines };
    const anew = await bookThroughLedger(late, entryAt(slots[6] as Slot));
    expect(anew).toMatchObject({ state: 'confirmed' });
  });

  it('keep the buffers between each other', async () => {
    await keep({ bufferBefore: 0, bufferAfter: 30, step: 30 });
    const slots = (await free()).slice(0, 3);
    const states = await bookAll(slots);
    expect(count(states, 'confirmed')).toBeLessThanOrEqual(2);
    const calendar = await calendarNow();
    const [first] = slots as [Slot];
    const range = { from: first.start, to: new Date(first.start.getTime() + 4 * HOUR) };
    const booked = ((await calendar.listBookings?.(range)) ?? [])
      .filter(({ status }) => status === 'confirmed')
      .map(({ start }) => start?.getTime() ?? 0)
      .toSorted((a, b) => a - b);
    expect(booked.length).toBeGreaterThan(0);
    for (const [index, start] of booked.slice(1).entries()) {
      expect(start - (booked[index] ?? 0)).toBeGreaterThanOrEqual(HOUR);
    }
  });

  it('move within a full date, and not into one', async () => {
    await keep({ dailyMaximum: 1, step: 30 });
    const [day, next] = [await free(), await free()];
    const outcomes = [];
    for (const slot of [day[0] as Slot, next[0] as Slot]) {
      outcomes.push(await bookThroughLedger(await contextOf(0), entryAt(slot)));
    }
    const [one] = outcomes;
    if (one?.state !== 'confirmed') throw new Error(one?.state);
    const { appointmentId } = one;
    const move = async (slot: Slot) =>
      rescheduleThroughLedger(await contextOf(1), { appointmentId, slot, reason: 'Asked.' });
    expect(await move(next[4] as Slot)).toMatchObject({ state: 'taken' });
    expect(await move(day[4] as Slot)).toMatchObject({ state: 'confirmed' });
  });
});
