import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { readProviders } from '../../calendar/providers.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { applyWebhook } from '../../jobs/tasks/apply-webhook.ts';
import { renewWebhooks } from '../../jobs/tasks/renew-webhooks.ts';
import { syncCalendars } from '../../jobs/tasks/sync-calendar.ts';
import { addAgent } from '../../manage/agents.ts';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import { addEvent } from '../../manage/events.ts';
import { beginSignIn } from '../../manage/sign-in/begin-sign-in.ts';
import { finishSignIn } from '../../manage/sign-in/finish-sign-in.ts';
import {
  createSignInServer,
  isOfSignIn,
} from '../../rehearsal/simulators/microsoft/sign-in-server.ts';
import type { OAuthServer } from '../../rehearsal/simulators/oauth/oauth-server.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { EVERY_DAY } from '../calendar/microsoft/simulated.ts';
import { MASTER_KEY } from '../cli/slotline.ts';
import { OWNER, startMicrosoft } from '../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../rehearsal/simulators/microsoft/start-microsoft.ts';
import { agree } from '../support/agree.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer } from '../token-server/start-token-server.ts';

const DAY = 86_400_000;
/** A long time, so that a sync comes only where it was asked for. */
const LONG = 10 * DAY;

describe('a calendar of Microsoft 365, from its connection on', () => {
  const database = useTestDatabase();
  const logger = pino({ level: 'silent' });
  const masterKey = parseMasterKey(MASTER_KEY);
  let simulator: ValidatedMicrosoft;
  let oauth: OAuthServer | undefined;
  let organizationId: string;
  let tokenServer: Awaited<ReturnType<typeof startTokenServer>>;
  const now = () => new Date();

  const providers = () =>
    readProviders({
      MICROSOFT_GRAPH_URL: simulator.url,
      MICROSOFT_LOGIN_URL: simulator.url,
      MICROSOFT_CLIENT_ID: 'slotline',
      MICROSOFT_CLIENT_SECRET: 's3cret',
    });
  const parts = () => ({ db: database.db, masterKey, now, providers: providers() });

  beforeAll(async () => {
    simulator = await startMicrosoft({
      addressOf: async (token) => (await oauth?.ownerOf(token))?.account ?? null,
      serveElse: (request, response) => {
        if (!isOfSignIn(request) || !oauth) return false;
        oauth.handle(request, response);
        return true;
      },
    });
    tokenServer = await startTokenServer({
      webhooks: {
        providers: providers().list,
        receiveDelivery: deliveryReceiver({ db: database.db, masterKey }),
        webhookLimiter: createRateLimiter({ perMinute: 100_000, secret: 'a secret' }),
      },
    });
    oauth = createSignInServer({
      url: simulator.url,
      clients: [
        {
          id: 'slotline',
          secret: 's3cret',
          redirectUris: [`${tokenServer.url}/api/calendar/microsoft/callback`],
        },
      ],
      accounts: [OWNER],
    });
    organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    await addAgent(database.db, organizationId, {
      slug: 'desk',
      name: 'Desk',
      businessName: 'Harbor Street Clinic',
    });
  });
  afterAll(async () => {
    await tokenServer[Symbol.asyncDispose]();
    await simulator.close();
  });

  const ownEvent = async (): Promise<BookingEvent> => {
    const [event] = await listBookingEvents(database.db, organizationId);
    if (!event) throw new Error('There is no event.');
    return event;
  };
  const connection = () =>
    database.db
      .selectFrom('calendarConnections')
      .select(['id', 'settings', 'webhookId', 'reconnectReason'])
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow();
  const appointment = () =>
    database.db
      .selectFrom('appointments')
      .select(['reference', 'status', 'startAt'])
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow();
  const run = async (task: ReturnType<typeof applyWebhook>) => task({}, undefined as never);
  /** What the jobs process does, were it to run now. */
  const runJobs = async (interval = LONG) => {
    await run(applyWebhook({ db: database.db, logger, providers: providers() }));
    await run(renewWebhooks({ ...parts(), logger }));
    const openCalendar = (of: BookingEvent) => openEventCalendar(database.db, of, parts());
    await run(syncCalendars({ ...parts(), logger, openCalendar, interval }));
  };
  /** So long after our own write that what the provider says is newer. */
  const age = async () => {
    const at = new Date(Date.now() - DAY);
    await database.db
      .updateTable('appointments')
      .set({ providerChangedAt: at, updatedAt: at })
      .execute();
  };
  const arrived = async () => {
    await simulator.notifier.settled();
    return simulator.notifier.sent.map(({ status }) => status);
  };

  it('is connected by its owner, who signs in and agrees, and tells of changes', async () => {
    const begun = await beginSignIn(
      parts(),
      organizationId,
      {
        provider: 'microsoft',
        name: 'Practice',
        busyCalendars: 'Private',
        timeZone: 'America/New_York',
        webhookUrl: tokenServer.url,
      },
      {
        actor: { kind: 'user', id: null, name: 'Mary' },
        sessionId: null,
        publicUrl: tokenServer.url,
      },
    );
    const consent = new URL(begun.adminConsentUrl ?? '');
    expect(consent.pathname).toBe('/organizations/v2.0/adminconsent');
    expect(consent.searchParams.get('client_id')).toBe('slotline');
    const back = await agree(begun.url, { account: OWNER });
    await finishSignIn(
      parts(),
      { provider: 'microsoft', query: back.searchParams, sessionId: null },
      () => Promise.resolve(),
    );
    expect(await connection()).toMatchObject({
      settings: { account: OWNER, places: { name: 'Calendar', blocking: { length: 2 } } },
    });
    expect(simulator.notifier.subscriptions.size).toBe(1);
  });

  it('is booked through the ledger, and the mirror knows at once what its owner does in Outlook', async () => {
    await addEvent(parts(), organizationId, {
      agent: 'desk',
      calendar: 'Practice',
      name: 'Visit',
      eventType: 'visit',
      availability: { weekly: EVERY_DAY.weekly },
    });
    const { db } = database;
    const event = await ownEvent();
    const calendar = await openEventCalendar(db, event, parts());
    const from = new Date(Date.now() + DAY);
    const slots = await calendar.listSlots({ from, to: new Date(from.getTime() + 3 * DAY) });
    const [slot, later] = [slots[0], slots[4]];
    if (!slot || !later) throw new Error('Nothing is free.');
    const { id: agentId } = await db.selectFrom('agents').select('id').executeTakeFirstOrThrow();
    const call = { organizationId, agentId, startedAt: new Date() };
    const callId = await insertCall(db, { ...call, roomName: 'test', line: 'web' });
    const { calendarConnectionId, eventType, id: bookingEventId } = event;
    const context = { db, calendar, organizationId, agentId, callId, organizerEmail: null };
    const outcome = await bookThroughLedger(
      { ...context, calendarConnectionId, eventType, bookingEventId },
      {
        slot,
        attendee: { name: 'Ann', email: 'ann@example.com', phone: null, timeZone: 'UTC' },
        notes: null,
        answers: {},
      },
    );
    expect(outcome.state).toBe('confirmed');
    const { reference } = await appointment();
    await arrived();
    await runJobs();
    await age();
    simulator.mailbox.change(reference, {
      start: later.start.getTime(),
      end: later.end.getTime(),
    });
    expect(await arrived()).toEqual([200, 200]);
    await runJobs();
    expect(await appointment()).toEqual({ reference, status: 'confirmed', startAt: later.start });
    const payloads = await db.selectFrom('webhookDeliveries').select('payload').execute();
    expect(payloads).toEqual([{ payload: {} }, { payload: {} }]);
  });

  it('is known to be cancelled where the notification is lost, once the calendar is looked at', async () => {
    const { reference } = await appointment();
    await age();
    simulator.notifier.losesAll = true;
    simulator.mailbox.remove(reference);
    await runJobs();
    expect((await appointment()).status).toBe('confirmed');
    await runJobs(0);
    expect((await appointment()).status).toBe('cancelled');
    simulator.notifier.losesAll = false;
  });

  it('has its webhook registered anew where Microsoft has removed it, or says that it will end', async () => {
    const [first = ''] = simulator.notifier.subscriptions.keys();
    simulator.notifier.tellLifecycle(first, 'subscriptionRemoved');
    await arrived();
    expect(simulator.notifier.subscriptions.size).toBe(0);
    await runJobs();
    const [second = ''] = simulator.notifier.subscriptions.keys();
    expect((await connection()).webhookId).toContain(second);
    await runJobs();
    expect([...simulator.notifier.subscriptions.keys()]).toEqual([second]);
    simulator.notifier.tellLifecycle(second, 'reauthorizationRequired');
    await arrived();
    await runJobs();
    const [third = ''] = simulator.notifier.subscriptions.keys();
    expect(third).not.toBe(second);
    expect((await connection()).webhookId).toContain(third);
    const findings = [];
    for await (const finding of examineAgent(parts(), organizationId, 'desk')) {
      findings.push(finding);
    }
    expect(findings.find(({ part }) => part === 'webhook')).toMatchObject({ state: 'ok' });
  });

  it('goes on with a new token where the one it has has ended', async () => {
    oauth?.endAccessTokens();
    const calendar = await openEventCalendar(database.db, await ownEvent(), parts());
    const from = new Date(Date.now() + DAY);
    const slots = await calendar.listSlots({ from, to: new Date(from.getTime() + DAY) });
    expect(slots.length).toBeGreaterThan(0);
    expect(oauth?.granted).toContain('refresh_token');
  });

  it('says to its operator that it must be connected again where its owner took the access away', async () => {
    await oauth?.takeBack(OWNER);
    oauth?.endAccessTokens();
    const calendar = await openEventCalendar(database.db, await ownEvent(), parts());
    const from = new Date(Date.now() + DAY);
    const listing = calendar.listSlots({ from, to: new Date(from.getTime() + DAY) });
    await expect(listing).rejects.toMatchObject({ name: 'CalendarSetupError' });
    expect((await connection()).reconnectReason).not.toBeNull();
    const findings = [];
    for await (const finding of examineAgent(parts(), organizationId, 'desk')) {
      findings.push(finding);
    }
    const failed = findings.filter(({ state }) => state === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(JSON.stringify(failed)).toMatch(/again/i);
  });
});
