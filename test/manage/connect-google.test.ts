import { beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { syncCalendar } from '../../booking/mirror/sync-calendar.ts';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { listConnectionsToSync } from '../../db/calendars/calendar-syncs.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { renewWebhooks } from '../../jobs/tasks/renew-webhooks.ts';
import { addAgent } from '../../manage/agents.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import { disconnectCalendar } from '../../manage/disconnect-calendar.ts';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import { addEvent } from '../../manage/events.ts';
import { beginSignIn } from '../../manage/sign-in/begin-sign-in.ts';
import { finishSignIn } from '../../manage/sign-in/finish-sign-in.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { ALICE, APPOINTMENTS, environmentOf, useGoogle } from '../calendar/google/simulated.ts';
import { agree } from '../support/agree.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MASTER_KEY, OFFICE } from '../token-server/office/start-office.ts';
import { startTokenServer } from '../token-server/start-token-server.ts';

const DAY = 86_400_000;
/** Of the sync by turns: far away, so that what is seen was told of. */
const INTERVAL = DAY;

describe('a Google calendar, from its connection on', () => {
  const database = useTestDatabase();
  const google = useGoogle();
  let organizationId: string;
  let agentId: string;
  let now = () => new Date();

  const parts = () => ({
    db: database.db,
    masterKey: MASTER_KEY,
    now,
    providers: readProviders(environmentOf(google.simulator), PROVIDERS),
  });
  const ownEvent = async (): Promise<BookingEvent> => {
    const [event] = await listBookingEvents(database.db, organizationId);
    if (!event) throw new Error('There is no event.');
    return event;
  };
  const connection = async () => {
    const { calendarConnectionId: id } = await ownEvent();
    const found = await findCalendarConnection(database.db, { organizationId, id });
    if (!found) throw new Error('The calendar is gone.');
    return found;
  };
  const sync = async (interval = 0) => {
    const { calendarConnectionId } = await ownEvent();
    const openCalendar = (of: BookingEvent) => openEventCalendar(database.db, of, parts());
    return syncCalendar(
      { ...parts(), openCalendar, interval },
      { organizationId, calendarConnectionId },
    );
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
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    await addAgent(database.db, organizationId, {
      slug: 'desk',
      name: 'Desk',
      businessName: 'Harbor Street Clinic',
    });
    agentId = (await database.db.selectFrom('agents').select('id').executeTakeFirstOrThrow()).id;
  });

  it('is connected by its owner, who clicks through the consent', async () => {
    const { url } = await beginSignIn(
      parts(),
      organizationId,
      {
        provider: 'google',
        name: 'Practice',
        calendar: 'Appointments',
        busyCalendars: 'all',
        timeZone: 'America/New_York',
      },
      { actor: { kind: 'operator', id: null, name: 'Test' }, sessionId: null, publicUrl: OFFICE },
    );
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      scope: expect.stringContaining('calendar.events.owned') as string,
    });
    const { searchParams: query } = await agree(url, { account: ALICE });
    const returned = { provider: 'google', query, sessionId: null };
    const done = await finishSignIn(parts(), returned, () => Promise.resolve());
    expect(done.connection).toMatchObject({
      name: 'Practice',
      timeZone: 'America/New_York',
      settings: {
        account: `${ALICE} ${APPOINTMENTS}`,
        owner: ALICE,
        places: { name: 'Appointments' },
      },
    });
    const event = { agent: 'desk', calendar: 'Practice', name: 'Visit', eventType: 'visit' };
    const weekly = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [[480, 1_200]]]),
    );
    await addEvent(parts(), organizationId, { ...event, availability: { weekly } });
  });

  it('is booked, changed in Google, and the mirror knows', async () => {
    const { db } = database;
    const event = await ownEvent();
    const calendar = await openEventCalendar(db, event, parts());
    const from = new Date(Date.now() + DAY);
    const [slot, later] = await calendar.listSlots({
      from,
      to: new Date(from.getTime() + 3 * DAY),
    });
    if (!slot || !later) throw new Error('Nothing is free.');
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
    // Google invites: nobody else writes to the attendee.
    expect(await db.selectFrom('outboxMessages').select('kind').execute()).toEqual([]);
    const [booked] = await appointments();
    const reference = booked?.reference ?? '';
    await age();
    expect(await sync()).toMatchObject({ seen: 1, changed: 0, error: null });
    const owner = google.simulator.owner(APPOINTMENTS);
    owner.edit(reference, {
      start: { dateTime: later.start.toISOString() },
      end: { dateTime: later.end.toISOString() },
    });
    await age();
    expect(await sync()).toMatchObject({ seen: 1, changed: 1, error: null });
    expect(await appointments()).toMatchObject([{ status: 'confirmed', startAt: later.start }]);
    owner.remove(reference);
    await age();
    expect(await sync()).toMatchObject({ seen: 1, changed: 1, error: null });
    expect(await appointments()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('tells that something changed, and is read out of its turn; its channel is renewed', async () => {
    const { db } = database;
    await using server = await startTokenServer({
      webhooks: {
        receiveDelivery: deliveryReceiver({ db, masterKey: MASTER_KEY }),
        webhookLimiter: createRateLimiter({ perMinute: 100, secret: 'a secret' }),
        providers: PROVIDERS,
      },
    });
    const input = { provider: 'google', name: 'Practice', webhookUrl: server.url };
    const { webhook } = await connectCalendar(parts(), organizationId, input, () =>
      Promise.resolve(null),
    );
    expect(webhook).toMatchObject({ registered: true, trouble: null });
    const isDue = async () => (await listConnectionsToSync(db, INTERVAL)).length > 0;
    const { notifier } = google.simulator;
    await notifier.settled();
    await sync();
    // What a channel begins with says nothing, and was not stored.
    expect(await isDue()).toBe(false);
    const owner = google.simulator.owner(APPOINTMENTS);
    owner.add({ start: { date: '2027-07-01' }, end: { date: '2027-07-02' } });
    await notifier.settled();
    expect(await isDue()).toBe(true);
    expect(await sync(INTERVAL)).toMatchObject({ error: null });
    expect(await isDue()).toBe(false);
    expect(await sync(INTERVAL)).toBeUndefined();

    const before = await connection();
    const logger = pino({ level: 'silent' });
    const renew = () => renewWebhooks({ ...parts(), logger })({}, undefined as never);
    await renew();
    expect((await connection()).webhookId).toBe(before.webhookId);
    now = () => new Date(Date.now() + 6 * DAY);
    await renew();
    now = () => new Date();
    const { webhookId } = await connection();
    expect(webhookId).not.toBe(before.webhookId);
    expect([...google.simulator.state.channels.keys()]).toEqual([webhookId?.split(' ')[0]]);
    owner.add({ start: { date: '2027-07-03' }, end: { date: '2027-07-04' } });
    await notifier.settled();
    expect(await isDue()).toBe(true);
    // Somebody else's post is refused.
    const address = `${server.url}/api/webhooks/google/${before.id}`;
    const forged = await fetch(address, {
      method: 'POST',
      headers: { 'X-Goog-Channel-Token': 'guessed', 'X-Goog-Resource-State': 'exists' },
    });
    expect(forged.status).toBe(401);
    const { badSignatures } = await db
      .selectFrom('calendarConnections')
      .select('badSignatures')
      .executeTakeFirstOrThrow();
    expect(badSignatures).toBe(1);
  });

  it('passes every step of the doctor', async () => {
    const seen: Record<string, string> = {};
    for await (const finding of examineAgent(parts(), organizationId, 'desk')) {
      seen[finding.part] = `${finding.state}: ${finding.found}`;
    }
    expect(seen).toMatchObject({
      key: 'ok: somebody signed in to Google Calendar, and the access is stored, sealed',
      account: `ok: signed in as ${ALICE} ${APPOINTMENTS}`,
      'event type': expect.stringMatching(
        /^ok: "visit", 30 minutes.*booked into "Appointments"/,
      ) as string,
      slots: expect.stringMatching(/^ok: \d+ free/) as string,
    });
  });

  it('keeps what another calendar of the same account lives by', async () => {
    const { url } = await beginSignIn(
      parts(),
      organizationId,
      { provider: 'google', name: 'Main', timeZone: 'America/New_York' },
      { actor: { kind: 'operator', id: null, name: 'Test' }, sessionId: null, publicUrl: OFFICE },
    );
    const { searchParams: query } = await agree(url, { account: ALICE });
    const returned = { provider: 'google', query, sessionId: null };
    await finishSignIn(parts(), returned, () => Promise.resolve());
    const done = await disconnectCalendar(parts(), organizationId, 'Main');
    expect(done.accessLeft).toBe(
      'The access stays granted, since "Practice" is connected by the same account.',
    );
    const calendar = await openEventCalendar(database.db, await ownEvent(), parts());
    const from = new Date(Date.now() + DAY);
    const range = { from, to: new Date(from.getTime() + DAY) };
    expect((await calendar.listSlots(range)).length).toBeGreaterThan(0);
  });

  it('gives the channel and the access back when it is disconnected', async () => {
    const done = await disconnectCalendar(parts(), organizationId, 'Practice');
    expect(done).toMatchObject({ webhookLeft: null, accessLeft: null });
    expect(google.simulator.state.channels.size).toBe(0);
  });
});
