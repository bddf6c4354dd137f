import { describe, expect, it } from 'vitest';
import { BookingError } from '../../../booking/booking-error.ts';
import { OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { openTestDesk } from '../../support/test-desk.ts';
import type { TestDeskOptions } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const TUESDAY = {
  when: 'tuesday afternoon',
  rangeDays: null,
  event: null,
  durationMinutes: null,
};
const MARY = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: '+12125550123',
  notes: null,
  answers: [],
};
const NOT_FOUND = {
  status: 'not_found',
  message:
    'I cannot find an appointment with these details. If you like, I can mail a code to that address, and you tell me what it is.',
};

describe('a caller who has an appointment', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  const call = (tenant: Tenant, options: Partial<TestDeskOptions> = {}) =>
    openTestDesk(database.db, { clock: CLOCK, tenant, ...options });

  /** Mary's appointment on Tuesday, November 24, made in another call. */
  async function booked(): Promise<{ tenant: Tenant; label: string }> {
    const tenant = await insertTenant(database.db);
    const { desk } = await call(tenant);
    const [slot] = slotsOf(await desk.findTimes(TUESDAY));
    await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    return { tenant, label: slot?.label ?? '' };
  }

  it('finds it by e-mail address, day and time', async () => {
    const { tenant, label } = await booked();
    const { desk } = await call(tenant);
    expect(await desk.findAppointments({ email: null, detail: null })).toMatchObject({
      status: 'question',
      message: expect.stringContaining('e-mail') as string,
    });
    const email = 'Mary.Smith@example.com';
    expect(await desk.findAppointments({ email, detail: null })).toMatchObject({
      status: 'question',
      message: expect.stringContaining('day') as string,
    });
    expect(await desk.findAppointments({ email, detail: 'on Tuesday' })).toMatchObject({
      status: 'question',
      message: expect.stringContaining('time') as string,
    });
    expect(await desk.findAppointments({ email, detail: timeOf(label) })).toEqual({
      status: 'found',
      message: `I found your appointment: ${label}.`,
      appointments: [{ appointment_id: 'appointment_1', label, event: 'Appointment' }],
    });
  });

  it('finds it by the phone number left with it', async () => {
    const { tenant } = await booked();
    const { desk } = await call(tenant);
    const found = await desk.findAppointments({ email: MARY.email, detail: '(212) 555-0123' });
    expect(found.status).toBe('found');
  });

  it.each(['020 7946 0123', '+44 (0)20 7946 0123', '0044 20 7946 0123'])(
    'finds it by that number as it is dialled: %s',
    async (detail) => {
      const tenant = await insertTenant(database.db);
      const { desk } = await call(tenant);
      const [slot] = slotsOf(await desk.findTimes(TUESDAY));
      await desk.changes.schedule({
        slotId: slot?.slot_id ?? '',
        ...MARY,
        phone: '+44 (0)20 7946 0123',
      });
      const later = await call(tenant);
      const found = await later.desk.findAppointments({ email: MARY.email, detail });
      expect(found.status).toBe('found');
    },
  );

  it('gives back the time that it left at the provider without our hearing of it', async () => {
    const { tenant, label } = await booked();
    const [moved] = await bookingsOf(tenant);
    if (!moved) throw new Error('Nothing was booked.');
    const startAt = new Date(moved.startAt.getTime() + 24 * 3_600_000);
    await database.db
      .updateTable('fakeCalendarBookings')
      .set({ startAt, endAt: new Date(startAt.getTime() + 30 * 60_000) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    // Long ago: what was written a moment ago would be believed more than the provider.
    await database.db
      .updateTable('appointments')
      .set({ updatedAt: CLOCK.ago(60_000) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const { desk } = await call(tenant);
    await desk.findAppointments({
      email: MARY.email,
      detail: label.replace('Tuesday, November 24', 'Wednesday'),
    });
    const [slot] = slotsOf(await desk.findTimes({ ...TUESDAY, when: label }));
    expect(slot?.label).toBe(label);
    expect(
      await desk.changes.reschedule({
        appointmentId: 'appointment_1',
        slotId: slot?.slot_id ?? '',
      }),
    ).toMatchObject({ status: 'rescheduled' });
    expect(await bookingsOf(tenant)).toEqual([moved]);
  });

  it('is known by the number of the line alone', async () => {
    const { tenant } = await booked();
    const known = await call(tenant, { callerNumber: MARY.phone });
    const found = await known.desk.findAppointments({ email: null, detail: null });
    expect(found.status).toBe('found');
    const stranger = await call(tenant, { callerNumber: '+12125550199' });
    const nothing = await stranger.desk.findAppointments({ email: null, detail: null });
    expect(nothing.status).toBe('question');
  });

  it.each([
    ['another day', 'on Wednesday at noon'],
    ['another time', 'on Tuesday at nine in the morning'],
    ['another number', '212 555 0199'],
  ])('learns nothing by %s, the same as a stranger without any appointment', async (_, detail) => {
    const { tenant } = await booked();
    const { desk } = await call(tenant);
    expect(await desk.findAppointments({ email: MARY.email, detail })).toEqual(NOT_FOUND);
    const stranger = { email: 'nobody@example.com', detail };
    expect(await desk.findAppointments(stranger)).toEqual(NOT_FOUND);
  });

  it('learns nothing by naming a whole week', async () => {
    const { tenant } = await booked();
    const { desk } = await call(tenant);
    expect(
      await desk.findAppointments({ email: MARY.email, detail: 'some time this week' }),
    ).toMatchObject({ status: 'question' });
  });

  it('cannot guess on: neither in one call nor over many', async () => {
    const { tenant, label } = await booked();
    const { desk } = await call(tenant);
    const guess = { email: ` ${MARY.email.toUpperCase()} `, detail: 'on Wednesday at noon' };
    for (let time = 1; time <= 5; time += 1) await desk.findAppointments(guess);
    await expect(desk.findAppointments(guess)).rejects.toThrow(BookingError);
    const later = await call(tenant);
    const right = { email: MARY.email, detail: label };
    expect(await later.desk.findAppointments(right)).toEqual(NOT_FOUND);
  });

  it('moves it: one booking, the old time free again', async () => {
    const { tenant, label } = await booked();
    const { desk } = await call(tenant);
    await desk.findAppointments({ email: MARY.email, detail: label });
    const [slot] = slotsOf(await desk.findTimes({ ...TUESDAY, when: 'on Thursday' }));
    const moved = await desk.changes.reschedule({
      appointmentId: 'appointment_1',
      slotId: slot?.slot_id ?? '',
    });
    expect(moved).toMatchObject({
      status: 'rescheduled',
      message: `Moved from ${label} to ${slot?.label} Eastern time.`,
    });
    expect(desk.appointment).toMatchObject({ status: 'rescheduled' });
    expect(await bookingsOf(tenant)).toEqual([
      { status: 'confirmed', startAt: new Date(desk.appointment?.start ?? '') },
    ]);
    const other = await call(tenant);
    const free = slotsOf(await other.desk.findTimes(TUESDAY)).map((one) => one.label);
    expect(free).toContain(label);
  });

  it('cancels it, and hears so once', async () => {
    const { tenant, label } = await booked();
    const { desk } = await call(tenant);
    await desk.findAppointments({ email: MARY.email, detail: label });
    const cancelled = await desk.changes.cancel({
      appointmentId: 'appointment_1',
      reason: 'I am ill.',
    });
    expect(cancelled).toEqual({
      status: 'cancelled',
      message: `Cancelled: ${label} Eastern time.`,
    });
    expect(await bookingsOf(tenant)).toMatchObject([{ status: 'cancelled' }]);
    await expect(
      desk.changes.cancel({ appointmentId: 'appointment_1', reason: null }),
    ).rejects.toThrow('find_appointments');
  });

  it('hears at which time it is cancelled, though the owner has moved it meanwhile', async () => {
    const { tenant, label } = await booked();
    const { desk } = await call(tenant);
    await desk.findAppointments({ email: MARY.email, detail: label });
    const ofTenant = database.db
      .selectFrom('fakeCalendarBookings')
      .select(['startAt', 'endAt'])
      .where('organizationId', '=', tenant.organizationId);
    const { startAt, endAt } = await ofTenant.executeTakeFirstOrThrow();
    const byDay = (at: Date) => new Date(at.getTime() + 24 * 3_600_000);
    await database.db
      .updateTable('fakeCalendarBookings')
      .set({ startAt: byDay(startAt), endAt: byDay(endAt) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const request = { appointmentId: 'appointment_1', reason: null };
    const { message } = await desk.changes.cancel(request);
    expect(message).toMatch(/^Cancelled: Wednesday/);
    expect(desk.appointment).toMatchObject({ start: byDay(startAt).toISOString() });
  });

  it('cannot touch an appointment that was not found in this call', async () => {
    const { tenant } = await booked();
    const { desk } = await call(tenant);
    await expect(
      desk.changes.cancel({ appointmentId: 'appointment_1', reason: null }),
    ).rejects.toThrow(BookingError);
    expect(await bookingsOf(tenant)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('cancels what was booked in the same call', async () => {
    const tenant = await insertTenant(database.db);
    const { desk } = await call(tenant);
    const [slot] = slotsOf(await desk.findTimes(TUESDAY));
    const made = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    if (made.status !== 'booked') throw new Error('It was not booked.');
    await desk.changes.cancel({ appointmentId: made.appointment_id, reason: null });
    expect(await bookingsOf(tenant)).toMatchObject([{ status: 'cancelled' }]);
    expect(desk.appointment).toMatchObject({ status: 'cancelled' });
  });

  it('keeps the names of appointments apart when one is moved and the other cancelled', async () => {
    const tenant = await insertTenant(database.db);
    const { desk } = await call(tenant);
    const [first, second] = slotsOf(await desk.findTimes(TUESDAY));
    const one = await desk.changes.schedule({ slotId: first?.slot_id ?? '', ...MARY });
    const two = await desk.changes.schedule({ slotId: second?.slot_id ?? '', ...MARY });
    if (one.status !== 'booked' || two.status !== 'booked') throw new Error('It was not booked.');
    const [later] = slotsOf(await desk.findTimes({ ...TUESDAY, when: 'on Thursday' }));
    await desk.changes.reschedule({
      appointmentId: one.appointment_id,
      slotId: later?.slot_id ?? '',
    });
    await desk.changes.cancel({ appointmentId: two.appointment_id, reason: null });
    const bookings = await bookingsOf(tenant);
    const kept = bookings.filter((booking) => booking.status === 'confirmed');
    expect(kept.map((booking) => booking.startAt.getUTCDay())).toEqual([4]);
    await desk.changes.cancel({ appointmentId: one.appointment_id, reason: null });
    expect((await bookingsOf(tenant)).every(({ status }) => status === 'cancelled')).toBe(true);
  });

  it('must say more when several people left the same number', async () => {
    const { tenant } = await booked();
    const other = await call(tenant);
    const [slot] = slotsOf(await other.desk.findTimes({ ...TUESDAY, when: 'on Thursday' }));
    const bob = { name: 'Bob Smith', email: 'bob@example.com' };
    await other.desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY, ...bob });
    const { desk } = await call(tenant, { callerNumber: MARY.phone });
    expect((await desk.findAppointments({ email: null, detail: null })).status).toBe('question');
    const statement = { email: bob.email, detail: slot?.label ?? '' };
    expect(await desk.findAppointments(statement)).toMatchObject({ status: 'found' });
  });

  it('is not told of a message that cannot be sent', async () => {
    const tenant = await insertTenant(database.db, { settings: { seed: 7, emailOptional: true } });
    const { desk } = await call(tenant, {
      change: (calendar) => ({
        describe: () => calendar.describe(),
        listSlots: (range) => calendar.listSlots(range),
        book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
        findBookings: (query) => calendar.findBookings(query),
        reschedule: (...given) => calendar.reschedule(...given),
        cancel: (...given) => calendar.cancel(...given),
      }),
    });
    const [slot, next] = slotsOf(await desk.findTimes(TUESDAY));
    const byPhone = await desk.changes.schedule({
      slotId: slot?.slot_id ?? '',
      ...MARY,
      email: null,
    });
    expect(byPhone.message).toContain('call us again');
    const byMail = await desk.changes.schedule({ slotId: next?.slot_id ?? '', ...MARY });
    expect(byMail.message).toContain('You will get a message');
  });

  function bookingsOf(tenant: Tenant) {
    return database.db
      .selectFrom('fakeCalendarBookings')
      .select(['status', 'startAt'])
      .where('organizationId', '=', tenant.organizationId)
      .execute();
  }
});

function slotsOf(answer: OfferAnswer) {
  return answer.status === 'question' ? [] : answer.slots;
}

/** "12:00 PM" of a label: the day was said before. */
function timeOf(label: string): string {
  return `at ${label.split(' at ')[1]}`;
}
