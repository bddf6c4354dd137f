import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../../booking/ledger/cancel-intent.ts';
import type { LedgerContext, LedgerEntry } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import type { StormTenant } from '../../../bench/storm/storm-tenant.ts';
import { referenceOf } from '../../../calendar/caldav/booking-object.ts';
import { SlotUnavailableError } from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { attendee, DAY } from '../contract/contract-world.ts';
import {
  BreakingLine,
  connectTenant,
  entryAt,
  ledgerContext,
  openTenantCalendar,
  reconcileAll,
} from './dav-ledger.ts';
import { DavOwner, makeDavCalendar, stamp } from './dav-user.ts';

describe.skipIf(!canServeDav('radicale'))('a write on Radicale that nobody saw to its end', () => {
  const database = useTestDatabase();
  const line = new BreakingLine();
  let server: DavServer;
  let owner: DavOwner;
  let tenant: StormTenant;
  let calendar: Calendar;
  let context: LedgerContext;
  let free: Slot[];
  const fresh = (): Slot => {
    const slot = free.splice(0, 2)[0];
    if (!slot) throw new Error('Nothing is free any more.');
    return slot;
  };
  const take = ({ start, end }: Slot) => owner.add(randomUUID(), stamp(start), stamp(end));

  beforeAll(async () => {
    server = await startDavServer('radicale');
    owner = new DavOwner(await makeDavCalendar(server.url, 'Work'));
    tenant = await connectTenant(database.db, server.url);
    calendar = await openTenantCalendar(database.db, tenant.event);
    const broken = await openTenantCalendar(database.db, tenant.event, line.fetch);
    context = ledgerContext(database.db, tenant, broken);
    free = await calendar.listSlots({ from: new Date(), to: new Date(Date.now() + 30 * DAY) });
  });
  afterAll(() => server.close());

  async function booked(entry: LedgerEntry): Promise<{ appointmentId: string; reference: string }> {
    const outcome = await bookThroughLedger(context, entry);
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    return { appointmentId: outcome.appointmentId, reference: outcome.booking.reference };
  }

  /** Repairs the line, lets the jobs settle what is open, and tells how the newest intent ended. */
  async function settled(): Promise<{ state: string; messages: string[] }> {
    line.repair();
    await reconcileAll(database.db, tenant);
    const { id, state } = await database.db
      .selectFrom('bookingIntents')
      .select(['id', 'state'])
      .orderBy('createdAt', 'desc')
      .executeTakeFirstOrThrow();
    const messages = await database.db
      .selectFrom('outboxMessages')
      .select('kind')
      .where('intentId', '=', id)
      .execute();
    return { state, messages: messages.map(({ kind }) => kind) };
  }

  const standing = async (reference: string) => (await calendar.findBookings({ reference }))[0];

  it('is done where it was made, and nothing came in between', async () => {
    const to = fresh();
    const { appointmentId, reference } = await booked(entryAt(fresh()));
    line.breakAtWrite();
    const move = { appointmentId, slot: to, reason: 'Asked.' };
    expect(await rescheduleThroughLedger(context, move)).toEqual({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'confirmed', messages: ['settled_rescheduled'] });
    expect(await standing(reference)).toMatchObject(to);
  });

  it('moves back where its owner had taken the new time, and the attendee is told so', async () => {
    const [from, to] = [fresh(), fresh()];
    const { appointmentId, reference } = await booked(entryAt(from));
    line.breakAtWrite({ before: () => take(to) });
    const move = { appointmentId, slot: to, reason: 'Asked.' };
    expect(await rescheduleThroughLedger(context, move)).toEqual({ state: 'unknown' });
    expect(await standing(reference)).toMatchObject(to);
    expect(await settled()).toEqual({ state: 'refused', messages: ['settled_not_rescheduled'] });
    expect(await standing(reference)).toMatchObject({ ...from, status: 'confirmed' });
  });

  it('is taken back for the caller who still waits', async () => {
    const [from, to] = [fresh(), fresh()];
    const { appointmentId, reference } = await booked(entryAt(from));
    // The line is whole again before the ledger looks the move up.
    line.breakAtWrite({ before: () => take(to) });
    const onStep = (step: string): void => void (step === 'unknown-written' && line.repair());
    const move = { appointmentId, slot: to, reason: 'Asked.' };
    expect(await rescheduleThroughLedger({ ...context, onStep }, move)).toEqual({ state: 'taken' });
    expect(await standing(reference)).toMatchObject(from);
  });

  it('is taken away where it was a booking', async () => {
    const slot = fresh();
    line.breakAtWrite({ before: () => take(slot) });
    expect(await bookThroughLedger(context, entryAt(slot))).toMatchObject({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'refused', messages: ['settled_not_booked'] });
    const range = { from: slot.start, to: slot.end };
    expect(await calendar.listBookings?.(range)).toEqual([]);
  });

  it('gives way to a booking of ours that was told that it stands, whichever name is the smaller', async () => {
    for (const isSmaller of [true, false]) {
      const slot = fresh();
      const keys = Array.from({ length: 8 }, () => randomUUID()).toSorted((a, b) =>
        referenceOf(a) < referenceOf(b) ? -1 : 1,
      );
      const [first = '', last = ''] = [keys[0], keys.at(-1)];
      const book = (key: string) =>
        calendar.book({ slot, key, attendee: attendee(), notes: null, answers: {} });
      const broken = await openTenantCalendar(database.db, tenant.event, line.fetch);
      const [mine, theirs] = isSmaller ? [first, last] : [last, first];
      line.breakAtWrite({ before: async () => void (await book(theirs)) });
      const wish = { slot, key: mine, attendee: attendee(), notes: null, answers: {} };
      await expect(broken.book(wish)).rejects.toMatchObject({ name: 'OutcomeUnknownError' });
      line.repair();
      const [found] = await calendar.findBookings({ key: mine });
      if (!found) throw new Error('It was not written.');
      await expect(calendar.settleWrite?.(found, null)).rejects.toThrow(SlotUnavailableError);
      expect(await calendar.findBookings({ key: mine })).toEqual([]);
      expect(await calendar.findBookings({ key: theirs })).toMatchObject([{ status: 'confirmed' }]);
    }
  }, 60_000);

  it('stays where its owner moved it to meanwhile, and the attendee is told that time', async () => {
    const [from, to, elsewhere] = [fresh(), fresh(), fresh()];
    const { appointmentId, reference } = await booked(entryAt(from));
    const move = async () => {
      const ics = await owner.read(reference);
      const moved = ics
        .replace(/DTSTART:\S+/, `DTSTART:${stamp(elsewhere.start)}`)
        .replace(/DTEND:\S+/, `DTEND:${stamp(elsewhere.end)}`);
      await owner.put(reference, moved);
    };
    line.breakAtWrite({ after: move });
    const wish = { appointmentId, slot: to, reason: 'Asked.' };
    expect(await rescheduleThroughLedger(context, wish)).toEqual({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'released', messages: ['settled_rescheduled'] });
    expect(await standing(reference)).toMatchObject(elsewhere);
  });

  it('is no move of an appointment that its owner has deleted, which does not stay where it was', async () => {
    const { appointmentId, reference } = await booked(entryAt(fresh()));
    line.breakAtWrite({ before: () => owner.remove(reference) });
    const wish = { appointmentId, slot: fresh(), reason: 'Asked.' };
    expect(await rescheduleThroughLedger(context, wish)).toEqual({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'refused', messages: ['settled_not_rescheduled'] });
    const { status } = await database.db
      .selectFrom('appointments')
      .select('status')
      .where('id', '=', appointmentId)
      .executeTakeFirstOrThrow();
    expect(status).toBe('cancelled');
  });

  it('is a cancellation whose appointment its owner has deleted', async () => {
    const { appointmentId, reference } = await booked(entryAt(fresh()));
    line.breakAtWrite({ before: () => owner.remove(reference) });
    const wish = { appointmentId, reason: 'Ill.' };
    expect(await cancelThroughLedger(context, wish)).toEqual({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'confirmed', messages: ['settled_cancelled'] });
  });

  it('is a cancellation that was made, or that its owner made with the whole appointment', async () => {
    const { appointmentId, reference } = await booked(entryAt(fresh()));
    line.breakAtWrite();
    const wish = { appointmentId, reason: 'Ill.' };
    expect(await cancelThroughLedger(context, wish)).toEqual({ state: 'unknown' });
    expect(await settled()).toEqual({ state: 'confirmed', messages: ['settled_cancelled'] });
    expect(await standing(reference)).toMatchObject({ status: 'cancelled' });

    const other = await booked(entryAt(fresh()));
    line.breakAtWrite({ before: () => owner.remove(other.reference), loses: 'answer' });
    expect(
      await cancelThroughLedger(context, { appointmentId: other.appointmentId, reason: 'Ill.' }),
    ).toMatchObject({ state: 'confirmed', booking: { status: 'cancelled' } });
  });
});
