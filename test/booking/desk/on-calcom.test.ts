import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BookingDesk } from '../../../booking/desk/booking-desk.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { calendarOf, FRONT_DESK } from '../../calendar/calcom/simulated.ts';
import { NOW, startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, SOON, openTestDesk } from '../../support/test-desk.ts';

const CLOCK = clockFrom(NOW);

describe('a call to an agent on Cal.com', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });
  let simulator: ValidatedSimulator;
  let desk: BookingDesk;
  let tenant: Tenant;
  /** What Cal.com's own booking page shows to others. */
  let page: Calendar;
  beforeEach(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK], clock: CLOCK });
    page = calendarOf(simulator);
    ({ desk, tenant } = await openTestDesk(database.db, {
      clock: CLOCK,
      change: () => calendarOf(simulator),
    }));
  });
  afterEach(() => simulator.close());

  async function offerOne(): Promise<{ id: string; label: string; slot: Slot }> {
    await desk.findTimes(SOON);
    const label = desk.offer?.slots[1]?.label ?? '';
    await desk.findTimes({ ...SOON, when: label });
    const [only, ...others] = desk.offer?.slots ?? [];
    expect(others).toEqual([]);
    if (!only) throw new Error(`Nothing was offered for ${label}.`);
    return { id: only.id, label, slot: { start: new Date(only.start), end: new Date(only.end) } };
  }
  const isOnPage = async ({ start, end }: Slot): Promise<boolean> =>
    (await page.listSlots({ from: start, to: end })).length > 0;

  it('hides the one time a caller decides on from the booking page, and books it', async () => {
    const { id, slot } = await offerOne();
    await expect.poll(() => isOnPage(slot)).toBe(false);
    expect(await desk.changes.schedule({ slotId: id, ...MARY })).toMatchObject({
      status: 'booked',
    });
    expect(simulator.state.reservations.size).toBe(0);
    const [booking] = await page.findBookings({ email: MARY.email });
    expect(booking).toMatchObject({ start: slot.start, status: 'confirmed' });
  });

  it('gives it free again when the caller asks for another, and when the call ends', async () => {
    const { slot } = await offerOne();
    await expect.poll(() => isOnPage(slot)).toBe(false);
    await desk.findTimes(SOON);
    await expect.poll(() => isOnPage(slot)).toBe(true);
    const again = await offerOne();
    await expect.poll(() => isOnPage(again.slot)).toBe(false);
    await desk.release();
    await expect.poll(() => isOnPage(again.slot)).toBe(true);
  });

  it('offers and books all the same when nothing can be held', async () => {
    simulator.faults.set({ operation: 'reservations.create', kind: 'server-error' });
    const { id } = await offerOne();
    expect(await desk.changes.schedule({ slotId: id, ...MARY })).toMatchObject({
      status: 'booked',
    });
  });

  it('books, moves, finds and cancels, and says so', async () => {
    const { id } = await offerOne();
    const booked = await desk.changes.schedule({ slotId: id, ...MARY });
    if (booked.status !== 'booked') throw new Error(booked.message);
    await desk.findTimes({ ...SOON, when: 'next week' });
    const [other] = desk.offer?.slots ?? [];
    const moved = await desk.changes.reschedule({
      appointmentId: booked.appointment_id,
      slotId: other?.id ?? '',
    });
    expect(moved).toMatchObject({ status: 'rescheduled' });
    const [present] = await page.findBookings({ email: MARY.email });
    expect(present?.start.toISOString()).toBe(other?.start);
    const cancelled = await desk.changes.cancel({
      appointmentId: booked.appointment_id,
      reason: null,
    });
    expect(cancelled).toMatchObject({ status: 'cancelled' });
    const left = await page.findBookings({ email: MARY.email });
    expect(left.filter(({ status }) => status === 'confirmed')).toEqual([]);
  });

  it('books a time that another kind of appointment has left without our hearing of it', async () => {
    const { id, label, slot } = await offerOne();
    await desk.changes.schedule({ slotId: id, ...MARY });
    const [booking] = await page.findBookings({ email: MARY.email });
    await page.cancel(booking?.reference ?? '', 'In the owner’s own calendar.');
    // What was confirmed a moment ago is believed more than a list.
    await database.db
      .updateTable('bookingIntents')
      .set({ updatedAt: CLOCK.ago(120_000) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const other = await openTestDesk(database.db, {
      clock: CLOCK,
      tenant,
      change: () => calendarOf(simulator, { eventType: 'lengths' }),
    });
    await other.desk.findTimes({ ...SOON, when: label });
    const [again] = other.desk.offer?.slots ?? [];
    expect(again?.start).toBe(slot.start.toISOString());
    const answer = await other.desk.changes.schedule({
      slotId: again?.id ?? '',
      ...MARY,
      name: 'John Doe',
      email: 'john.doe@example.com',
    });
    expect(answer).toMatchObject({ status: 'booked' });
  });

  it('finds what was booked though the answer was lost', async () => {
    simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-500' });
    const { id } = await offerOne();
    expect(await desk.changes.schedule({ slotId: id, ...MARY })).toMatchObject({
      status: 'booked',
    });
    expect(await page.findBookings({ email: MARY.email })).toHaveLength(1);
  });

  it('finds by address, by number and again an appointment whose address Cal.com drops', async () => {
    const phone = '+12125550123';
    const change = () => calendarOf(simulator, { eventType: 'no-address' });
    const options = { clock: CLOCK, tenant, change };
    const first = await openTestDesk(database.db, options);
    await first.desk.findTimes(SOON);
    const [slot] = first.desk.offer?.slots ?? [];
    const wish = { slotId: slot?.id ?? '', ...MARY, phone };
    // The answer is lost: the booking is found by its key all the same.
    simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-500' });
    expect(await first.desk.changes.schedule(wish)).toMatchObject({ status: 'booked' });
    expect(simulator.state.bookings.all().at(-1)?.attendee.email).toBe('12125550123@sms.cal.com');
    const byAddress = await openTestDesk(database.db, options);
    expect(
      await byAddress.desk.findAppointments({ email: MARY.email, detail: slot?.label ?? '' }),
    ).toMatchObject({ status: 'found' });
    const byNumber = await openTestDesk(database.db, { ...options, callerNumber: phone });
    expect(await byNumber.desk.findAppointments({ email: null, detail: null })).toMatchObject({
      status: 'found',
    });
    const row = await database.db
      .selectFrom('appointments')
      .select(['attendeeEmail', 'attendeePhone'])
      .where('organizationId', '=', tenant.organizationId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ attendeeEmail: MARY.email, attendeePhone: phone });
    const cancelled = await byNumber.desk.changes.cancel({
      appointmentId: 'appointment_1',
      reason: null,
    });
    expect(cancelled).toMatchObject({ status: 'cancelled' });
  });

  it('writes down the attendee as the calendar answers, and keeps what it leaves out', async () => {
    const own = calendarOf(simulator);
    const answered = { name: 'Mary S.', email: null, phone: null, timeZone: 'America/Chicago' };
    const calendar: Calendar = {
      describe: () => own.describe(),
      listSlots: (range, minutes) => own.listSlots(range, minutes),
      book: async (request) => ({ ...(await own.book(request)), attendee: answered }),
      findBookings: (query) => own.findBookings(query),
      reschedule: (reference, slot, reason) => own.reschedule(reference, slot, reason),
      cancel: (reference, reason) => own.cancel(reference, reason),
    };
    const other = await openTestDesk(database.db, { clock: CLOCK, tenant, change: () => calendar });
    await other.desk.findTimes(SOON);
    const [slot] = other.desk.offer?.slots ?? [];
    await other.desk.changes.schedule({ slotId: slot?.id ?? '', ...MARY });
    const row = await database.db
      .selectFrom('appointments')
      .select(['attendeeName', 'attendeeEmail', 'timeZone'])
      .where('organizationId', '=', tenant.organizationId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      attendeeName: 'Mary S.',
      attendeeEmail: MARY.email,
      timeZone: 'America/Chicago',
    });
  });

  it('says neither booked nor failed while Cal.com cannot be asked', async () => {
    simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-500' });
    const { id } = await offerOne();
    simulator.faults.set({ operation: 'bookings.list', kind: 'server-error', times: 100 });
    const answer = await desk.changes.schedule({ slotId: id, ...MARY });
    expect(answer.status).toBe('unconfirmed');
    expect(answer.message).not.toMatch(/\b(?:booked|failed)\b/i);
  });
});
