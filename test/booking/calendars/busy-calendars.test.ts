import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import { findBookingEvent, insertBookingEvent } from '../../../db/booking-events.ts';
import type { BookingEvent, NewBookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { parseMasterKey } from '../../../runtime/master-key.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { MASTER_KEY } from '../../cli/slotline.ts';
import { DavOwner, makeDavCalendar, stamp } from '../../calendar/caldav/dav-user.ts';
import { EVERY_DAY } from '../../calendar/caldav/open-dav.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { openTestDesk, SOON } from '../../support/test-desk.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { changed, entry, stateOf } from '../ledger/ledger-call.ts';
import type { RacingCallerOrders } from './racing-caller.ts';

const DAY = 86_400_000;
const masterKey = parseMasterKey(MASTER_KEY);
const now = () => new Date();

const database = useTestDatabase({ maxConnections: 8 });

async function open(event: BookingEvent, fetch?: typeof globalThis.fetch): Promise<Calendar> {
  return openEventCalendar(database.db, event, {
    masterKey,
    now,
    providers: readProviders({}),
    fetch,
  });
}

/** An event in the tenant's calendar unless it has another one. */
async function addEvent(
  { organizationId, agentId, calendarConnectionId }: Tenant,
  event: Pick<NewBookingEvent, 'name' | 'eventType'> & Partial<NewBookingEvent>,
): Promise<BookingEvent> {
  const id = await insertBookingEvent(database.db, {
    organizationId,
    agentId,
    calendarConnectionId,
    ...event,
  });
  const found = await findBookingEvent(database.db, { organizationId, id });
  if (!found) throw new Error('It was not stored.');
  return found;
}

function contextOf(tenant: Tenant, event: BookingEvent, calendar: Calendar) {
  return {
    db: database.db,
    calendar,
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId: null,
    calendarConnectionId: event.calendarConnectionId,
    bookingEventId: event.id,
    organizerEmail: null,
    eventType: event.eventType,
  };
}

async function firstFree(calendar: Calendar): Promise<Slot> {
  const from = new Date(Date.now() + DAY);
  const [slot] = await calendar.listSlots({ from, to: new Date(from.getTime() + 10 * DAY) });
  if (!slot) throw new Error('Nothing is free.');
  return slot;
}

const byName = (one = '', other = '') => one.localeCompare(other);

const isListed = async (calendar: Calendar, { start }: Slot): Promise<boolean> => {
  const listed = await calendar.listSlots({ from: start, to: new Date(start.getTime() + 60_000) });
  return listed.length > 0;
};

describe.skipIf(!canServeDav('radicale'))('an event whose owner has a calendar elsewhere', () => {
  let server: DavServer;
  let owner: DavOwner;
  let places: object;
  beforeAll(async () => {
    server = await startDavServer('radicale');
    const calendar = await makeDavCalendar(server.url, 'Private');
    owner = new DavOwner(calendar);
    places = { calendar, name: 'Private', blocking: [calendar], addresses: [] };
  });
  afterAll(() => server.close());

  async function connectOwner({ organizationId }: Tenant): Promise<string> {
    return insertCalendarConnection(database.db, {
      organizationId,
      provider: 'caldav',
      name: 'Private',
      timeZone: 'America/New_York',
      settings: { server: server.url, username: DAV_USER, places },
      credential: { plain: DAV_PASSWORD, masterKey },
    });
  }

  /** A practice that books into a calendar without an account, and whose dentist has one elsewhere. */
  async function practice(event: Partial<NewBookingEvent> = {}) {
    const tenant = await insertTenant(database.db);
    const busy = await connectOwner(tenant);
    const added = await addEvent(tenant, {
      name: 'Cleaning',
      eventType: 'cleaning',
      busyCalendars: [busy],
      ...event,
    });
    return { tenant, event: added, busy };
  }

  it('is offered only while both are free, with the room that the event keeps', async () => {
    const { event } = await practice({ availability: { ...EVERY_DAY, bufferAfter: 30 } });
    const calendar = await open(event);
    const slot = await firstFree(calendar);
    const { start, end } = slot;
    // Half an hour is kept free after an appointment.
    const later = [end, new Date(end.getTime() + 60 * 60_000)] as const;
    await owner.add('lunch', stamp(later[0]), stamp(later[1]));
    expect(await isListed(calendar, slot)).toBe(false);
    await owner.remove('lunch');
    await owner.add('maybe', stamp(start), stamp(end), 'TRANSP:TRANSPARENT');
    expect(await isListed(calendar, slot)).toBe(true);
    await owner.remove('maybe');
    expect((await calendar.describe()).remarks).toContain('blocked by "Private"');
  });

  it('is not booked at a time that was taken elsewhere after it was offered', async () => {
    const { tenant, event } = await practice();
    const calendar = await open(event);
    const slot = await firstFree(calendar);
    await owner.add('sudden', stamp(slot.start), stamp(slot.end));
    const outcome = await bookThroughLedger(contextOf(tenant, event, calendar), entry(slot));
    expect(outcome.state).toBe('taken');
    expect((await stateOf(database.db, tenant)).live).toEqual([]);
    await owner.remove('sudden');
  });

  it('is not free while the other calendar does not answer, and names it to its operator', async () => {
    const { tenant, event } = await practice();
    const slot = await firstFree(await open(event));
    const calendar = await open(event, () => Promise.resolve(new Response('<html>Sign in</html>')));
    const range = { from: slot.start, to: slot.end };
    await expect(calendar.listSlots(range)).rejects.toThrow(/The calendar "Private", which blocks/);
    const outcome = await bookThroughLedger(contextOf(tenant, event, calendar), entry(slot));
    expect(outcome).toMatchObject({ state: 'refused' });
    expect((await stateOf(database.db, tenant)).live).toEqual([]);
  });

  it('cannot be opened once the other calendar is disconnected', async () => {
    const { event, busy } = await practice();
    await database.db
      .updateTable('calendarConnections')
      .set({ disconnectedAt: new Date() })
      .where('id', '=', busy)
      .execute();
    await expect(open(event)).rejects.toThrow('The calendar "Private" is disconnected');
  });

  it('keeps its booking though a copy of it stands in the other calendar', async () => {
    const { tenant, event } = await practice();
    const calendar = await open(event);
    const slot = await firstFree(calendar);
    const context = contextOf(tenant, event, calendar);
    const outcome = await bookThroughLedger(context, entry(slot));
    if (outcome.state !== 'confirmed') throw new Error(outcome.state);
    await owner.add('copy', stamp(slot.start), stamp(slot.end));
    const again = await bookThroughLedger(context, entry(slot));
    expect(again).toMatchObject({ state: 'confirmed', appointmentId: outcome.appointmentId });
    await owner.remove('copy');
  });

  /** Booked into CalDAV, blocked by a calendar in which a rival appears while ours is written. */
  async function swapped() {
    const tenant = await insertTenant(database.db, { settings: { seed: 7 } });
    const own = await makeDavCalendar(server.url, `Own ${tenant.slug}`.replaceAll(' ', '-'));
    const calendarConnectionId = await insertCalendarConnection(database.db, {
      organizationId: tenant.organizationId,
      provider: 'caldav',
      name: 'Practice',
      timeZone: 'America/New_York',
      settings: {
        server: server.url,
        username: DAV_USER,
        places: { calendar: own, name: 'Own', blocking: [own], addresses: [] },
      },
      credential: { plain: DAV_PASSWORD, masterKey },
    });
    const event = await addEvent(tenant, {
      calendarConnectionId,
      name: 'Visit',
      eventType: 'visit',
      availability: USUAL_AVAILABILITY,
      busyCalendars: [tenant.calendarConnectionId],
    });
    const rival = await findBookingEvent(database.db, { ...tenant, id: tenant.bookingEventId });
    if (!rival) throw new Error('The tenant has no event.');
    return { tenant, event, rival: await open(rival) };
  }

  const bookRival = (rival: Calendar, slot: Slot) =>
    rival.book({
      ...entry(slot, { email: 'rival@example.com' }),
      key: `rival ${slot.start.toISOString()}`,
    });

  /** The same slot in both: the rival's calendar is closed for some of the time. */
  async function sharedSlots(calendar: Calendar, rival: Calendar): Promise<Slot[]> {
    const from = new Date(Date.now() + DAY);
    const range = { from, to: new Date(from.getTime() + 10 * DAY) };
    const both = await rival.listSlots(range);
    return (await calendar.listSlots(range)).filter((slot) =>
      both.some(({ start }) => start.getTime() === slot.start.getTime()),
    );
  }

  it('gives way to what came into the other calendar while it was written', async () => {
    const { tenant, event, rival } = await swapped();
    const quiet = await open(event);
    const [slot] = await sharedSlots(quiet, rival);
    if (!slot) throw new Error('Nothing is free.');
    const calendar = await open(event, async (input, init) => {
      if (init?.method === 'PUT') await bookRival(rival, slot).catch(() => undefined);
      return transport(input, init);
    });
    const outcome = await bookThroughLedger(contextOf(tenant, event, calendar), entry(slot));
    expect(outcome.state).toBe('taken');
    const range = { from: slot.start, to: slot.end };
    const listed = (await quiet.listBookings?.(range)) ?? [];
    expect(listed.filter(({ status }) => status === 'confirmed')).toEqual([]);
    expect((await stateOf(database.db, tenant)).live).toHaveLength(1);
  });

  it('moves back where its new time was taken in the other calendar meanwhile', async () => {
    const { tenant, event, rival } = await swapped();
    const quiet = await open(event);
    const [first, second] = await sharedSlots(quiet, rival);
    if (!first || !second) throw new Error('Nothing is free.');
    const booked = await bookThroughLedger(contextOf(tenant, event, quiet), entry(first));
    if (booked.state !== 'confirmed') throw new Error(booked.state);
    const calendar = await open(event, async (input, init) => {
      if (init?.method === 'PUT') await bookRival(rival, second).catch(() => undefined);
      return transport(input, init);
    });
    const move = { appointmentId: booked.appointmentId, slot: second, reason: 'Asked.' };
    const outcome = await rescheduleThroughLedger(contextOf(tenant, event, calendar), move);
    expect(outcome.state).toBe('taken');
    const [now] = await quiet.findBookings({ reference: booked.booking.reference });
    expect(now).toMatchObject({ start: first.start, status: 'confirmed' });
  });

  it('is not promised where its process died before the other calendar was read again', async () => {
    const { tenant, event, rival } = await swapped();
    const quiet = await open(event);
    const [slot] = await sharedSlots(quiet, rival);
    if (!slot) throw new Error('Nothing is free.');
    const dying = changed(quiet, (calendar) => ({
      async book(request) {
        await calendar.book(request);
        await bookRival(rival, slot);
        return new Promise<never>(() => undefined);
      },
      findBookings: () => new Promise<never>(() => undefined),
    }));
    const deadlines = { ...USUAL_DEADLINES, write: 1_500, lookUp: 1_500 };
    const context = { ...contextOf(tenant, event, dying), deadlines };
    expect((await bookThroughLedger(context, entry(slot))).state).toBe('unknown');
    const { intents } = await stateOf(database.db, tenant);
    const [intent] = intents;
    if (!intent) throw new Error('There is no intent.');
    const times = { ...USUAL_TIMES, grace: 0, firstLook: 0, firstPause: 0, absenceProves: 0 };
    const parts = { db: database.db, openCalendar: (of: BookingEvent) => open(of), times };
    expect(await reconcileIntent(parts, intent)).toBe('settled');
    const { appointments, intents: ended } = await stateOf(database.db, tenant);
    expect(appointments).toEqual([]);
    expect(ended).toMatchObject([{ state: 'refused' }]);
    const left = (await quiet.listBookings?.({ from: slot.start, to: slot.end })) ?? [];
    expect(left.filter(({ status }) => status === 'confirmed')).toEqual([]);
  });

  it('moves back what its process died over, where its new time was taken in the other calendar', async () => {
    const { tenant, event, rival } = await swapped();
    const quiet = await open(event);
    const [first, second] = await sharedSlots(quiet, rival);
    if (!first || !second) throw new Error('Nothing is free.');
    const booked = await bookThroughLedger(contextOf(tenant, event, quiet), entry(first));
    if (booked.state !== 'confirmed') throw new Error(booked.state);
    const { appointmentId } = booked;
    const { reference } = booked.booking;
    const dying = changed(quiet, (calendar) => ({
      async reschedule(...request) {
        await calendar.reschedule(...request);
        await bookRival(rival, second);
        return new Promise<never>(() => undefined);
      },
      findBookings: () => new Promise<never>(() => undefined),
    }));
    const deadlines = { ...USUAL_DEADLINES, write: 1_500, lookUp: 1_500 };
    const context = { ...contextOf(tenant, event, dying), deadlines };
    const move = { appointmentId, slot: second, reason: 'Asked.' };
    expect((await rescheduleThroughLedger(context, move)).state).toBe('unknown');
    const { intents } = await stateOf(database.db, tenant);
    const intent = intents.find(({ kind }) => kind === 'reschedule');
    if (!intent) throw new Error('There is no intent.');
    const times = { ...USUAL_TIMES, grace: 0, firstLook: 0, firstPause: 0, absenceProves: 0 };
    const parts = { db: database.db, openCalendar: (of: BookingEvent) => open(of), times };
    expect(await reconcileIntent(parts, intent)).toBe('settled');
    const [now] = await quiet.findBookings({ reference });
    expect(now).toMatchObject({ start: first.start, status: 'confirmed' });
  });
});

describe('two events of one person, each in a calendar that blocks the other', () => {
  const PROGRAM = fileURLToPath(new URL('racing-caller.ts', import.meta.url));

  /** Waits for its line, then wants every slot at once. */
  function startCaller(orders: Omit<RacingCallerOrders, 'databaseUrl'>) {
    const whole: RacingCallerOrders = { ...orders, databaseUrl: database.url };
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(whole)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const read = async (): Promise<string> => {
      const line = await lines.next();
      return line.done === true ? '' : line.value;
    };
    return { child, read, ended: once(child, 'exit') };
  }

  async function race(tenant: Tenant, wanted: readonly Wanted[]) {
    const [one] = wanted;
    if (!one) throw new Error('There is no event.');
    const from = new Date(Date.now() + DAY);
    const range = { from, to: new Date(from.getTime() + 10 * DAY) };
    const slots = (await (await open(one.event)).listSlots(range)).slice(0, 8);
    const callers = wanted.map(({ event, calendarConnectionId }) =>
      startCaller({
        tenant,
        eventId: event.id,
        calendarConnectionId,
        slots: slots.map(({ start, end }) => [start.getTime(), end.getTime()]),
      }),
    );
    for (const caller of callers) expect(await caller.read()).toBe('ready');
    for (const { child } of callers) child.stdin.write('go\n');
    const heard = await Promise.all(
      callers.map(async ({ read }) => JSON.parse(await read()) as string[]),
    );
    await Promise.all(callers.map(({ ended }) => ended));
    const { live, appointments } = await stateOf(database.db, tenant);
    return {
      heard: [...slots.keys()].map((at) => heard.map((outcomes) => outcomes[at]).toSorted(byName)),
      bookings: live.length,
      times: new Set(live.map(({ startAt }) => startAt.getTime())).size,
      appointments: appointments.length,
    };
  }

  /** Each time was one caller's, and the other heard that it is taken. */
  const ONE_EACH = {
    heard: Array.from({ length: 8 }, () => ['confirmed', 'taken']),
    bookings: 8,
    times: 8,
    appointments: 8,
  };

  interface Wanted {
    event: BookingEvent;
    calendarConnectionId: string;
  }

  const connectOther = ({ organizationId }: Tenant) =>
    insertCalendarConnection(database.db, {
      organizationId,
      provider: 'fake',
      name: 'Other',
      timeZone: 'America/New_York',
      settings: { seed: 7 },
    });

  it('are never booked at one time, by whichever of two processes', async () => {
    const tenant = await insertTenant(database.db, { settings: { seed: 7 } });
    const calendars = [tenant.calendarConnectionId, await connectOther(tenant)] as const;
    const wanted = await Promise.all(
      [calendars, calendars.toReversed()].map(async ([own = '', busy = ''], index) => ({
        calendarConnectionId: own,
        event: await addEvent(tenant, {
          calendarConnectionId: own,
          busyCalendars: [busy],
          name: `Event ${index}`,
          eventType: `event-${index}`,
        }),
      })),
    );
    expect(await race(tenant, wanted)).toEqual(ONE_EACH);
  }, 60_000);

  it('are never booked at one time, where the one is a host of the other event', async () => {
    const tenant = await insertTenant(database.db, { settings: { seed: 7 } });
    const own = tenant.calendarConnectionId;
    const host = (name: string, calendarConnectionId: string) => ({
      name,
      calendarConnectionId,
      availability: null,
      busyCalendars: [],
    });
    const hosted = await addEvent(tenant, {
      calendarConnectionId: await connectOther(tenant),
      name: 'Hosted',
      eventType: 'hosted',
      hosts: [host('Dr. Adams', own)],
    });
    const alone = await addEvent(tenant, { name: 'Alone', eventType: 'alone' });
    const wanted = [alone, hosted].map((event) => ({ event, calendarConnectionId: own }));
    expect(await race(tenant, wanted)).toEqual(ONE_EACH);
  }, 60_000);

  it('offers no time that a call was promised in the other', async () => {
    const tenant = await insertTenant(database.db, { event: { name: 'Demo', eventType: 'demo' } });
    await addEvent(tenant, {
      calendarConnectionId: await connectOther(tenant),
      busyCalendars: [tenant.calendarConnectionId],
      name: 'Interview',
      eventType: 'interview',
    });
    const clock = MACHINE_CLOCK;
    const { desk: one } = await openTestDesk(database.db, { clock, tenant });
    const { desk: another } = await openTestDesk(database.db, { clock, tenant });
    const held = await one.findTimes({ ...SOON, event: 'demo' });
    const offered = await another.findTimes({ ...SOON, event: 'interview' });
    if (held.status !== 'slots' || offered.status !== 'slots') throw new Error('Nothing is free.');
    const labels = held.slots.map(({ label }) => label);
    expect(offered.slots.filter(({ label }) => labels.includes(label))).toEqual([]);
  });
});
