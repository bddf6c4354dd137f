import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { syncCalendar } from '../../booking/mirror/sync-calendar.ts';
import { readProviders } from '../../calendar/providers.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { addAgent } from '../../manage/agents.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import { addEvent, editEvent } from '../../manage/events.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { MASTER_KEY } from '../cli/slotline.ts';
import { DavOwner } from '../calendar/caldav/dav-user.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../support/dav-server.ts';
import type { DavServer } from '../support/dav-server.ts';
import { useTestDatabase } from '../support/test-database.ts';

const DAY = 86_400_000;

describe.skipIf(!canServeDav('radicale'))('a CalDAV calendar, from its connection on', () => {
  const database = useTestDatabase();
  let server: DavServer;
  let organizationId: string;
  let agentId: string;
  let owner: DavOwner;

  const parts = () => ({
    db: database.db,
    masterKey: parseMasterKey(MASTER_KEY),
    now: () => new Date(),
    providers: readProviders({}),
  });
  const connect = (change: object = {}) =>
    connectCalendar(
      parts(),
      organizationId,
      {
        provider: 'caldav',
        name: 'Practice',
        server: server.url,
        username: DAV_USER,
        timeZone: 'America/New_York',
        ...change,
      },
      () => Promise.resolve(DAV_PASSWORD),
    );
  const ownEvent = async (): Promise<BookingEvent> => {
    const [event] = await listBookingEvents(database.db, organizationId);
    if (!event) throw new Error('There is no event.');
    return event;
  };
  const sync = async () => {
    const event = await ownEvent();
    const key = { organizationId, calendarConnectionId: event.calendarConnectionId };
    const openCalendar = (of: BookingEvent) => openEventCalendar(database.db, of, parts());
    return syncCalendar({ ...parts(), openCalendar, interval: 0 }, key);
  };
  const appointments = () =>
    database.db.selectFrom('appointments').select(['reference', 'status', 'startAt']).execute();

  const age = async () => {
    const at = new Date(Date.now() - DAY);
    await database.db
      .updateTable('appointments')
      .set({ providerChangedAt: at, updatedAt: at })
      .execute();
  };

  beforeAll(async () => {
    server = await startDavServer('radicale');
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    await addAgent(database.db, organizationId, {
      slug: 'desk',
      name: 'Desk',
      businessName: 'Harbor Street Clinic',
    });
    agentId = (await database.db.selectFrom('agents').select('id').executeTakeFirstOrThrow()).id;
  });
  afterAll(() => server.close());

  it('needs to be told its zone', async () => {
    await expect(connect({ timeZone: undefined })).rejects.toMatchObject({ field: 'timeZone' });
  });

  it('makes a calendar where the account has none, and keeps where it is', async () => {
    const { connection, account } = await connect();
    expect(account).toBe(`${DAV_USER} /${DAV_USER}/slotline-appointments/`);
    expect(connection).toMatchObject({
      timeZone: 'America/New_York',
      settings: { account, places: { name: 'Appointments' } },
    });
    owner = new DavOwner(`${server.url}/${DAV_USER}/slotline-appointments/`);
    await connect({ timeZone: undefined });
  });

  it('carries an event with hours of its own, of which a part can be changed', async () => {
    const input = { agent: 'desk', calendar: 'Practice', name: 'Visit', eventType: 'visit' };
    const weekly = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [[480, 1_200]]]),
    );
    await addEvent(parts(), organizationId, { ...input, availability: { weekly } });
    await editEvent(parts(), organizationId, 'Visit', { availability: { bufferAfter: 30 } });
    expect(await ownEvent()).toMatchObject({
      availability: { weekly, bufferAfter: 30, daysAhead: 60 },
    });
  });

  it('is booked through the ledger, and the mirror learns what its owner does', async () => {
    const { db } = database;
    const event = await ownEvent();
    const calendar = await openEventCalendar(db, event, parts());
    const from = new Date(Date.now() + DAY);
    const [slot] = await calendar.listSlots({ from, to: new Date(from.getTime() + 3 * DAY) });
    if (!slot) throw new Error('Nothing is free.');
    const { calendarConnectionId, eventType, id: bookingEventId } = event;
    const call = { organizationId, agentId, startedAt: new Date() };
    const callId = await insertCall(db, { ...call, roomName: 'test', line: 'web' });
    const outcome = await bookThroughLedger(
      {
        db,
        calendar,
        organizationId,
        agentId,
        callId,
        calendarConnectionId,
        bookingEventId,
        organizerEmail: null,
        eventType,
      },
      {
        slot,
        attendee: { name: 'Mary Smith', email: 'mary@example.com', phone: null, timeZone: 'UTC' },
        notes: null,
        answers: {},
      },
    );
    expect(outcome.state).toBe('confirmed');
    const [booked] = await appointments();
    expect(booked).toMatchObject({ status: 'confirmed', startAt: slot.start });
    // Nobody but us writes to the attendee.
    const messages = await db.selectFrom('outboxMessages').select('kind').execute();
    expect(messages).toEqual([{ kind: 'booked' }]);
    // What was written a moment ago is newer than any answer, and told again.
    expect(await sync()).toMatchObject({ seen: 1, changed: 0, error: null });
    await age();
    expect(await sync()).toMatchObject({ seen: 1, changed: 0, error: null });
    expect(await sync()).toMatchObject({ seen: 0, error: null });
    await owner.remove(booked?.reference ?? '');
    await age();
    expect(await sync()).toMatchObject({ seen: 1, changed: 1, error: null });
    expect(await appointments()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('passes every step of the doctor', async () => {
    const seen: Record<string, string> = {};
    for await (const finding of examineAgent(parts(), organizationId, 'desk')) {
      seen[finding.part] = `${finding.state}: ${finding.found}`;
    }
    expect(seen).toMatchObject({
      account: `ok: the key is ${DAV_USER} /${DAV_USER}/slotline-appointments/'s`,
      'event type': 'ok: "visit", 30 minutes, asks for name, email; booked into "Appointments"',
      slots: expect.stringMatching(/^ok: \d+ free/) as string,
    });
  });
});
