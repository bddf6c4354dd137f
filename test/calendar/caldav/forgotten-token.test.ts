import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { syncCalendar } from '../../../booking/mirror/sync-calendar.ts';
import type { SyncResult } from '../../../booking/mirror/sync-calendar.ts';
import type { StormTenant } from '../../../bench/storm/storm-tenant.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { readChangeCursor } from '../../../db/calendars/calendar-syncs.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { canServeDav, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { DAY } from '../contract/contract-world.ts';
import { brokenConnection } from '../unreliable-fetch.ts';
import { connectTenant, entryAt, ledgerContext, openTenantCalendar } from './dav-ledger.ts';
import { DavOwner, makeDavCalendar, stamp } from './dav-user.ts';

/** A list may lag behind what was written: the mirror believes it some seconds later. */
const WHILE_IT_IS_STALE = { timeout: 30_000, interval: 500 };

describe.skipIf(!canServeDav('radicale'))('a calendar whose server forgot where we were', () => {
  const database = useTestDatabase();
  let server: DavServer;
  let owner: DavOwner;
  let tenant: StormTenant;
  let slots: Slot[];
  let key: { organizationId: string; calendarConnectionId: string };

  beforeAll(async () => {
    server = await startDavServer('radicale');
    owner = new DavOwner(await makeDavCalendar(server.url, 'Work'));
    tenant = await connectTenant(database.db, server.url);
    const { organizationId, event } = tenant;
    key = { organizationId, calendarConnectionId: event.calendarConnectionId };
    const calendar = await openTenantCalendar(database.db, event);
    slots = await calendar.listSlots({ from: new Date(), to: new Date(Date.now() + 20 * DAY) });
  });
  afterAll(() => server.close());

  const sync = (fetch?: typeof globalThis.fetch): Promise<SyncResult | undefined> => {
    const openCalendar = (event: BookingEvent) => openTenantCalendar(database.db, event, fetch);
    const parts = { db: database.db, openCalendar, now: () => new Date(), interval: 0 };
    return syncCalendar(parts, key);
  };

  async function booked(): Promise<string> {
    const calendar = await openTenantCalendar(database.db, tenant.event);
    const [slot] = slots.splice(0, 1);
    if (!slot) throw new Error('Nothing is free any more.');
    const outcome = await bookThroughLedger(
      ledgerContext(database.db, tenant, calendar),
      entryAt(slot),
    );
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    return outcome.booking.reference;
  }

  async function mirrored(): Promise<Record<string, string>> {
    const rows = await database.db
      .selectFrom('appointments')
      .select(['reference', 'status', 'startAt'])
      .where('calendarConnectionId', '=', key.calendarConnectionId)
      .execute();
    return Object.fromEntries(rows.map(({ reference, status }) => [reference, status]));
  }

  it('is asked by name for what is not among all it has, and what is gone is cancelled', async () => {
    const [gone, stays, moved] = [await booked(), await booked(), await booked()];
    const isMarked = async () =>
      (await sync())?.error === null && (await readChangeCursor(database.db, key)) !== null;
    await vi.waitUntil(isMarked, WHILE_IT_IS_STALE);
    await owner.remove(gone);
    const [elsewhere] = slots.splice(0, 1);
    if (!elsewhere) throw new Error('Nothing is free any more.');
    const ics = (await owner.read(moved))
      .replace(/DTSTART:\S+/, `DTSTART:${stamp(elsewhere.start)}`)
      .replace(/DTEND:\S+/, `DTEND:${stamp(elsewhere.end)}`);
    await owner.put(moved, ics);
    const marked = await readChangeCursor(database.db, key);
    // As it does itself after some weeks, with its tokens and with what it knows of deletions.
    const kept = join(server.folder, 'collections', 'collection-root', DAV_USER, 'work');
    await rm(join(kept, '.Radicale.cache'), { recursive: true });

    // While it cannot be looked up, nothing is told of it, and the same is asked again.
    const result = await sync((input, init) =>
      init?.method === 'GET' ? Promise.reject(brokenConnection()) : transport(input, init),
    );
    expect(result?.error).toBe('CalendarUnreachableError');
    expect(await mirrored()).toMatchObject({ [gone]: 'confirmed' });
    expect(await readChangeCursor(database.db, key)).toBe(marked);

    expect(await sync()).toMatchObject({ seen: 3, changed: 2, error: null });
    expect(await mirrored()).toEqual({
      [gone]: 'cancelled',
      [stays]: 'confirmed',
      [moved]: 'confirmed',
    });
    const { startAt } = await database.db
      .selectFrom('appointments')
      .select('startAt')
      .where('reference', '=', moved)
      .executeTakeFirstOrThrow();
    expect(startAt).toEqual(elsewhere.start);
    expect(await readChangeCursor(database.db, key)).not.toBe(marked);
    expect(await sync()).toMatchObject({ seen: 0, changed: 0, error: null });
  }, 90_000);
});
