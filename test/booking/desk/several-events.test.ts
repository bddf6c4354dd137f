import { describe, expect, it } from 'vitest';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import type { NewBookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, SOON, openTestDesk } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

describe('an agent with several booking events', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  async function clinic(others: Partial<NewBookingEvent>[]) {
    const tenant = await insertTenant(database.db, {
      event: { name: 'Demo', eventType: 'demo' },
    });
    for (const other of others) {
      await insertBookingEvent(database.db, {
        organizationId: tenant.organizationId,
        agentId: tenant.agentId,
        calendarConnectionId: tenant.calendarConnectionId,
        name: 'Interview',
        eventType: 'interview',
        durationMinutes: 60,
        ...other,
      });
    }
    return openTestDesk(database.db, { clock: CLOCK, tenant });
  }

  it('asks which one it is, and goes on with it', async () => {
    const { desk } = await clinic([{}, { name: 'Support call', eventType: 'support' }]);
    expect(await desk.findTimes(SOON)).toEqual({
      status: 'question',
      question: 'What is it for: Demo, Interview, or Support call?',
    });
    const answer = await desk.findTimes({ ...SOON, event: 'it is for an interview' });
    expect(answer).toMatchObject({ status: 'slots', event: 'Interview' });
    expect(await desk.findTimes({ ...SOON, when: 'on Thursday' })).toMatchObject({
      event: 'Interview',
    });
  });

  it('gives each its own duration', async () => {
    const { desk } = await clinic([{}]);
    await desk.findTimes({ ...SOON, event: 'interview' });
    const [slot] = desk.offer?.slots ?? [];
    const minutes = (Date.parse(slot?.end ?? '') - Date.parse(slot?.start ?? '')) / 60_000;
    expect(minutes).toBe(60);
  });

  it('does not offer a disabled one, nor one of another agent', async () => {
    const other = await insertTenant(database.db, { event: { name: 'Elsewhere' } });
    const { desk } = await clinic([{ enabled: false }]);
    expect(desk.eventNames).toEqual(['Demo']);
    expect(other.agentId).not.toBe('');
    expect(await desk.findTimes(SOON)).toMatchObject({ status: 'slots' });
  });

  it('offers one that is assigned to no agent as well', async () => {
    const { desk } = await clinic([{ agentId: null }]);
    expect(desk.eventNames).toEqual(['Demo', 'Interview']);
  });

  it('books what was offered into the event it was offered for', async () => {
    const { desk, tenant } = await clinic([{}]);
    const [slot] = slotsOf(await desk.findTimes({ ...SOON, event: 'interview' }));
    await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    const row = await database.db
      .selectFrom('appointments')
      .innerJoin('bookingEvents', 'bookingEvents.id', 'appointments.bookingEventId')
      .select(['appointments.eventType', 'bookingEvents.name'])
      .where('appointments.organizationId', '=', tenant.organizationId)
      .executeTakeFirst();
    expect(row).toEqual({ eventType: 'interview', name: 'Interview' });
  });

  it('books into the calendar that was chosen, where another calls its event by the same name', async () => {
    // The name that Cal.com gives every user's first event type.
    const eventType = '30min';
    const tenant = await insertTenant(database.db, { event: { name: 'Dr. Adams', eventType } });
    const { organizationId, agentId } = tenant;
    const hygienist = await insertCalendarConnection(database.db, {
      organizationId,
      provider: 'fake',
      name: 'Hygienist',
      timeZone: 'America/New_York',
      settings: { seed: 7 },
    });
    await insertBookingEvent(database.db, {
      organizationId,
      agentId,
      calendarConnectionId: hygienist,
      name: 'Hygienist',
      eventType,
    });
    const { desk } = await openTestDesk(database.db, { clock: CLOCK, tenant });
    const wish = { ...SOON, when: 'on Thursday' };
    const [adams] = slotsOf(await desk.findTimes({ ...wish, event: 'Adams' }));
    const [other] = slotsOf(await desk.findTimes({ ...wish, event: 'hygienist' }));
    expect(other?.label).toBe(adams?.label);
    expect(other?.slot_id).not.toBe(adams?.slot_id);
    await desk.changes.schedule({ slotId: adams?.slot_id ?? '', ...MARY });
    const booked = await database.db
      .selectFrom('fakeCalendarBookings')
      .select('calendarConnectionId')
      .where('organizationId', '=', organizationId)
      .execute();
    expect(booked).toEqual([{ calendarConnectionId: tenant.calendarConnectionId }]);
    // The same person, at the same time, in the other calendar: another wish.
    await desk.changes.schedule({ slotId: other?.slot_id ?? '', ...MARY });
    const both = await database.db
      .selectFrom('appointments')
      .select('calendarConnectionId')
      .where('organizationId', '=', organizationId)
      .execute();
    expect(both).toContainEqual({ calendarConnectionId: hygienist });
    expect(both).toHaveLength(2);
  });

  it('does not move an appointment to a time of another event', async () => {
    const { desk } = await clinic([{}]);
    const [interview] = slotsOf(await desk.findTimes({ ...SOON, event: 'interview' }));
    const booked = await desk.changes.schedule({ slotId: interview?.slot_id ?? '', ...MARY });
    if (booked.status !== 'booked') throw new Error('It was not booked.');
    const [demo] = slotsOf(await desk.findTimes({ ...SOON, event: 'demo' }));
    await expect(
      desk.changes.reschedule({
        appointmentId: booked.appointment_id,
        slotId: demo?.slot_id ?? '',
      }),
    ).rejects.toThrow('with event "Interview"');
  });

  it('asks about a duration that the event does not have, and finds one that it has', async () => {
    const tenant = await insertTenant(database.db, { settings: { seed: 7, durations: [60] } });
    const { desk } = await openTestDesk(database.db, { clock: CLOCK, tenant });
    expect(await desk.findTimes({ ...SOON, durationMinutes: 45 })).toEqual({
      status: 'question',
      question: 'It can take 30 or 60 minutes. How long shall it be?',
    });
    const [slot] = slotsOf(await desk.findTimes({ ...SOON, durationMinutes: 60 }));
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(booked.status).toBe('booked');
    const { start, end } = desk.appointment ?? { start: '', end: '' };
    expect((Date.parse(end) - Date.parse(start)) / 60_000).toBe(60);
  });

  it('moves a longer appointment to a time that is as long, and to no shorter one', async () => {
    const tenant = await insertTenant(database.db, { settings: { seed: 7, durations: [60] } });
    const { desk } = await openTestDesk(database.db, { clock: CLOCK, tenant });
    const [slot] = slotsOf(await desk.findTimes({ ...SOON, durationMinutes: 60 }));
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    if (booked.status !== 'booked') throw new Error('It was not booked.');
    const { appointment_id: appointmentId } = booked;
    const [short] = slotsOf(await desk.findTimes({ ...SOON, when: 'on Thursday' }));
    await expect(
      desk.changes.reschedule({ appointmentId, slotId: short?.slot_id ?? '' }),
    ).rejects.toThrow('takes 60 minutes');
    const wish = { ...SOON, when: 'on Thursday', durationMinutes: 60 };
    const [long] = slotsOf(await desk.findTimes(wish));
    expect(
      await desk.changes.reschedule({ appointmentId, slotId: long?.slot_id ?? '' }),
    ).toMatchObject({
      status: 'rescheduled',
    });
  });
});

function slotsOf(answer: OfferAnswer) {
  return answer.status === 'question' ? [] : answer.slots;
}
