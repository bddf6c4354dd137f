import { randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import { findOfficeAppointment } from '../../../db/appointments/office-appointments.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { listDoneInCall } from '../../../db/calls/done-in-call.ts';
import { DavOwner, makeDavCalendar } from '../../calendar/caldav/dav-user.ts';
import { EVERY_DAY } from '../../calendar/caldav/open-dav.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom, MACHINE_CLOCK } from '../../support/test-clock.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';
import { useTestDatabase } from '../../support/test-database.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

describe('an event that several people take', () => {
  const database = useTestDatabase({ maxConnections: 6, clock: CLOCK });

  /** Two dentists with the same free times, and an event of the first one alone. */
  async function practice({ busy = [] as string[] } = {}) {
    const { db } = database;
    const tenant = await insertTenant(db, { event: { enabled: false } });
    const connect = (name: string, settings: object) =>
      insertCalendarConnection(db, {
        organizationId: tenant.organizationId,
        provider: 'fake',
        name,
        timeZone: 'America/New_York',
        settings: { seed: 7, ...settings },
      });
    const adams = await connect('Adams', {});
    const baker = await connect('Baker', { busy });
    const host = (name: string, calendarConnectionId: string) => ({
      name,
      calendarConnectionId,
      availability: null,
      busyCalendars: [],
    });
    await insertBookingEvent(db, {
      ...placeOf(tenant),
      calendarConnectionId: adams,
      name: 'Cleaning',
      eventType: 'cleaning',
      hosts: [host('Dr. Adams', adams), host('Dr. Baker', baker)],
    });
    return { tenant, adams, baker, open: () => openTestDesk(db, { clock: CLOCK, tenant }) };
  }

  const bookings = async ({ organizationId }: Tenant) =>
    database.db
      .selectFrom('fakeCalendarBookings')
      .select(['calendarConnectionId', 'startAt'])
      .where('organizationId', '=', organizationId)
      .where('status', '=', 'confirmed')
      .orderBy('createdAt')
      .execute();

  const THURSDAY = { ...SOON, when: 'on Thursday' };

  it('says with whom each time is, and books it there', async () => {
    const { tenant, adams, open } = await practice();
    const { desk } = await open();
    expect(desk.hostNames).toEqual(['Dr. Adams', 'Dr. Baker']);
    const [slot] = slotsOf(await desk.findTimes(THURSDAY));
    expect(slot?.label).toMatch(/^Thursday, November 26 at \d+:\d\d [AP]M with Dr\. Adams$/);
    expect(desk.offer?.slots[0]).toMatchObject({ label: slot?.label, host: 'Dr. Adams' });
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(booked).toMatchObject({
      status: 'booked',
      message: expect.stringMatching(/^Booked: .* with Dr\. Adams, for Mary Smith\.$/),
    });
    expect(desk.appointment).toMatchObject({ host: 'Dr. Adams' });
    expect(desk.facts.standing).toMatchObject([{ host: 'Dr. Adams' }]);
    expect(await bookings(tenant)).toMatchObject([{ calendarConnectionId: adams }]);
  });

  it('offers one that is wished for, by the name alone, and nobody else', async () => {
    const { open } = await practice();
    const { desk } = await open();
    for (const host of ['Dr. Baker', 'doctor baker', 'with Baker please']) {
      const labels = slotsOf(await desk.findTimes({ ...THURSDAY, host })).map(({ label }) => label);
      expect(labels.length).toBeGreaterThan(1);
      for (const label of labels) expect(label).toMatch(/ with Dr\. Baker$/);
    }
  });

  it('asks about a name that nobody has', async () => {
    const { open } = await practice();
    const { desk } = await open();
    expect(await desk.findTimes({ ...THURSDAY, host: 'Dr. Carter' })).toEqual({
      status: 'question',
      question: 'With whom would you like it: Dr. Adams or Dr. Baker?',
    });
  });

  it('gives the turn to whoever was booked longest ago', async () => {
    const { tenant, adams, baker, open } = await practice();
    for (let call = 0; call < 4; call += 1) {
      const { desk } = await open();
      // Another time each: both are free then.
      const slot = slotsOf(await desk.findTimes(THURSDAY))[call];
      const caller = { ...MARY, email: `caller${call}@example.com` };
      await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...caller });
    }
    const order = (await bookings(tenant)).map((row) => row.calendarConnectionId);
    expect(order).toEqual([adams, baker, adams, baker]);
  });

  it('has a time as long as one of them is free', async () => {
    const { open } = await practice({ busy: ['2026-11-26T00:00/2026-11-27T00:00'] });
    const { desk } = await open();
    const [slot] = slotsOf(await desk.findTimes(THURSDAY));
    expect(slot?.label).toMatch(/ with Dr\. Adams$/);
    expect(await desk.findTimes({ ...THURSDAY, host: 'Baker' })).toMatchObject({ status: 'none' });
  });

  it('offers the same time with somebody else where one was taken meanwhile', async () => {
    const { tenant, open } = await practice();
    const { desk: mine } = await open();
    const [slot] = slotsOf(await mine.findTimes(THURSDAY));
    await mine.release();
    const { desk: theirs } = await open();
    const rival = { ...MARY, email: 'rival@example.com' };
    const [same] = slotsOf(await theirs.findTimes({ ...THURSDAY, host: 'Adams' }));
    expect(same?.slot_id).toBe(slot?.slot_id);
    await theirs.changes.schedule({ slotId: same?.slot_id ?? '', ...rival });
    const taken = await mine.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    if (taken.status !== 'taken') throw new Error(taken.status);
    const time = slot?.label.replace(' with Dr. Adams', '');
    expect(taken.slots.map(({ label }) => label)).toContain(`${time} with Dr. Baker`);
    expect(await bookings(tenant)).toHaveLength(1);
  });

  it('keeps an appointment with its host when it is moved', async () => {
    const { open } = await practice();
    const { desk } = await open();
    const [slot] = slotsOf(await desk.findTimes({ ...THURSDAY, host: 'Adams' }));
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    if (booked.status !== 'booked') throw new Error(booked.status);
    const friday = { ...SOON, when: 'next Tuesday' };
    const [other] = slotsOf(await desk.findTimes({ ...friday, host: 'Baker' }));
    const appointmentId = booked.appointment_id;
    const away = desk.changes.reschedule({ appointmentId, slotId: other?.slot_id ?? '' });
    await expect(away).rejects.toThrow('with "Dr. Adams"');
    const [own] = slotsOf(await desk.findTimes({ ...friday, host: 'Adams' }));
    const moved = await desk.changes.reschedule({ appointmentId, slotId: own?.slot_id ?? '' });
    expect(moved).toMatchObject({
      status: 'rescheduled',
      label: expect.stringContaining('with Dr. Adams'),
    });
  });

  it('offers times with its host alone where the new time of an appointment is taken', async () => {
    const { open } = await practice();
    const { desk: mine } = await open();
    const [first] = slotsOf(await mine.findTimes({ ...THURSDAY, host: 'Adams' }));
    const booked = await mine.changes.schedule({ slotId: first?.slot_id ?? '', ...MARY });
    if (booked.status !== 'booked') throw new Error(booked.status);
    // Then it is the other one's turn, and after that the first one's again.
    const { desk: theirs } = await open();
    const rival = { ...MARY, email: 'rival@example.com' };
    const [ofBaker] = slotsOf(await theirs.findTimes({ ...THURSDAY, host: 'Baker' }));
    await theirs.changes.schedule({ slotId: ofBaker?.slot_id ?? '', ...rival });
    const offered = slotsOf(await mine.findTimes(THURSDAY));
    const slot = offered.find(({ label }) => label.endsWith('with Dr. Adams'));
    const time = / at (.+) with /.exec(slot?.label ?? '')?.[1] ?? '';
    await mine.release();
    const wish = { ...SOON, when: `Thursday at ${time}`, host: 'Adams' };
    const [same] = slotsOf(await theirs.findTimes(wish));
    expect(same?.slot_id).toBe(slot?.slot_id);
    await theirs.changes.schedule({ slotId: same?.slot_id ?? '', ...rival });
    const appointmentId = booked.appointment_id;
    const taken = await mine.changes.reschedule({ appointmentId, slotId: slot?.slot_id ?? '' });
    if (taken.status !== 'taken') throw new Error(taken.status);
    expect(taken.slots.length).toBeGreaterThan(0);
    for (const { label } of taken.slots) expect(label).toMatch(/ with Dr\. Adams$/);
  });

  it('never takes one of them twice, also by another event', async () => {
    const { tenant, adams, open } = await practice();
    await insertBookingEvent(database.db, {
      ...placeOf(tenant),
      calendarConnectionId: adams,
      name: 'Emergency',
      eventType: 'emergency',
    });
    const [one, other] = [await open(), await open()];
    const wish = { ...THURSDAY, event: 'cleaning', host: 'Adams' };
    const [first] = slotsOf(await one.desk.findTimes(wish));
    await one.desk.release();
    const urgent = slotsOf(await other.desk.findTimes({ ...THURSDAY, event: 'emergency' }));
    const time = first?.label.replace(' with Dr. Adams', '');
    const same = urgent.find(({ label }) => label === time);
    const outcomes = await Promise.all([
      one.desk.changes.schedule({ slotId: first?.slot_id ?? '', ...MARY }),
      other.desk.changes.schedule({
        slotId: same?.slot_id ?? '',
        ...MARY,
        email: 'other@example.com',
      }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted(byName)).toEqual(['booked', 'taken']);
    expect(await bookings(tenant)).toHaveLength(1);
  });

  it('says what to bring once it is booked, and its times may be spoken of', async () => {
    const { tenant, open } = await practice();
    const preparation = 'Please eat nothing after 6:45 AM.';
    await database.db
      .updateTable('bookingEvents')
      .set({ preparation })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const { desk } = await open();
    const [slot] = slotsOf(await desk.findTimes(THURSDAY));
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(booked).toMatchObject({ status: 'booked', preparation });
    expect(desk.facts.mentioned).toContainEqual({ text: preparation, language: 'en' });
  });

  it('knows its host again in a process that takes the call over', async () => {
    const { tenant, open } = await practice();
    const { desk, callId } = await open();
    const [slot] = slotsOf(await desk.findTimes({ ...THURSDAY, host: 'Baker' }));
    await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    const next = await openTestDesk(database.db, { clock: CLOCK, tenant, callId });
    const { organizationId } = tenant;
    await next.desk.takeOver(await listDoneInCall(database.db, { organizationId, callId }));
    expect(next.desk.appointment).toMatchObject({
      host: 'Dr. Baker',
      label: expect.stringContaining('with Dr. Baker'),
    });
    expect(next.desk.facts.standing).toMatchObject([{ host: 'Dr. Baker' }]);
  });
});

describe.skipIf(!canServeDav('radicale'))('hosts with calendars of different providers', () => {
  const database = useTestDatabase({ maxConnections: 6 });
  let server: DavServer;
  beforeAll(async () => {
    server = await startDavServer('radicale');
  });
  afterAll(() => server.close());

  it('are offered together, and each is booked where they are', async () => {
    const { db } = database;
    const masterKey = randomBytes(32);
    const tenant = await insertTenant(db, { event: { enabled: false } });
    const calendar = await makeDavCalendar(server.url, 'Baker');
    const baker = await insertCalendarConnection(db, {
      organizationId: tenant.organizationId,
      provider: 'caldav',
      name: 'Baker',
      timeZone: 'America/New_York',
      settings: {
        server: server.url,
        username: DAV_USER,
        places: { calendar, name: 'Baker', blocking: [calendar], addresses: [] },
      },
      credential: { plain: DAV_PASSWORD, masterKey },
    });
    const host = (name: string, calendarConnectionId: string) => ({
      name,
      calendarConnectionId,
      availability: null,
      busyCalendars: [],
    });
    const ofBaker = { ...host('Dr. Baker', baker), availability: EVERY_DAY };
    await insertBookingEvent(db, {
      ...placeOf(tenant),
      name: 'Cleaning',
      eventType: 'cleaning',
      hosts: [host('Dr. Adams', tenant.calendarConnectionId), ofBaker],
    });
    const { desk } = await openTestDesk(db, { clock: MACHINE_CLOCK, tenant, masterKey });
    // Of the two only one works at weekends.
    const saturday = DateTime.fromJSDate(MACHINE_CLOCK.now())
      .plus({ weeks: 1 })
      .set({ weekday: 6 })
      .toFormat('LLLL d');
    const [slot] = slotsOf(await desk.findTimes({ ...SOON, when: `on ${saturday}` }));
    expect(slot?.label).toMatch(/ with Dr\. Baker$/);
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(booked).toMatchObject({ status: 'booked', label: expect.stringContaining('Dr. Baker') });
    const row = await db
      .selectFrom('appointments')
      .select(['calendarConnectionId', 'reference'])
      .executeTakeFirstOrThrow();
    expect(row.calendarConnectionId).toBe(baker);
    expect(await new DavOwner(calendar).read(row.reference)).toContain('BEGIN:VEVENT');
    const appointment = await db.selectFrom('appointments').select('id').executeTakeFirstOrThrow();
    const { organizationId } = tenant;
    const shown = await findOfficeAppointment(db, { organizationId, id: appointment.id });
    expect(shown).toMatchObject({ hostName: 'Dr. Baker', calendarName: 'Baker' });
    const [mail] = await db.selectFrom('outboxMessages').select('payload').execute();
    expect(mail?.payload).toMatchObject({ host: 'Dr. Baker' });
  });
});

/** Where an event of the tenant's is. */
function placeOf({ organizationId, agentId, calendarConnectionId }: Tenant) {
  return { organizationId, agentId, calendarConnectionId };
}

const byName = (one = '', other = '') => one.localeCompare(other);

function slotsOf(answer: OfferAnswer) {
  if (answer.status === 'question') throw new Error(answer.question);
  return answer.slots;
}
