import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { settingOptions } from '../../cli/setting-options.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import {
  findCalendarConnection,
  readCredential,
  readWebhookSecret,
} from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { applyWebhook } from '../../jobs/tasks/apply-webhook.ts';
import { addAgent } from '../../manage/agents.ts';
import { cancelAppointment } from '../../manage/appointments.ts';
import { connectCalendar } from '../../manage/connect-calendar.ts';
import { disconnectCalendar } from '../../manage/disconnect-calendar.ts';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import { addEvent } from '../../manage/events.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { MASTER_KEY } from '../cli/slotline.ts';
import { newNotebook, notebookProvider } from '../support/notebook-provider.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer } from '../token-server/start-token-server.ts';

const database = useTestDatabase();
const masterKey = parseMasterKey(MASTER_KEY);
const KEY = 'nb_0123456789';
const notebook = newNotebook('ada');
const notebooks = new Map([
  [KEY, notebook],
  ['nb_of_grace', newNotebook('grace')],
]);
const list = [...PROVIDERS, notebookProvider(notebooks)];
const now = () => new Date();
const wanted = { provider: 'notebook', name: 'Desk' };
let organizationId: string;

const parts = () => ({
  db: database.db,
  masterKey,
  now,
  providers: readProviders({ NOTEBOOK_ROOM: '' }, list),
});

const connect = (input: object, key: string | null = KEY) =>
  connectCalendar(parts(), organizationId, { ...wanted, ...input }, () => Promise.resolve(key));

async function connection(id: string): Promise<CalendarConnection> {
  const found = await findCalendarConnection(database.db, { organizationId, id });
  if (!found) throw new Error('The calendar is gone.');
  return found;
}

async function ownEvent(): Promise<BookingEvent> {
  const [event] = await listBookingEvents(database.db, organizationId);
  if (!event) throw new Error('There is no event.');
  return event;
}

/** Books the first free hour from that one on, in a call of its own. */
async function book(hour: number) {
  const { db } = database;
  const event = await ownEvent();
  const calendar = await openEventCalendar(db, event, parts());
  const from = new Date(Date.now() + hour * 3_600_000);
  const [slot] = await calendar.listSlots({ from, to: new Date(from.getTime() + 7_200_000) });
  if (!slot) throw new Error('Nothing is free.');
  const { agentId, calendarConnectionId, eventType, id: bookingEventId } = event;
  if (agentId === null) throw new Error('The event is nobody’s.');
  const started = { organizationId, agentId, startedAt: now() };
  const callId = await insertCall(db, { ...started, roomName: 'test', line: 'web' });
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
  if (outcome.state !== 'confirmed') throw new Error(outcome.state);
  return outcome;
}

const appointment = (id: string) =>
  database.db.selectFrom('appointments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

beforeAll(async () => {
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  await addAgent(database.db, organizationId, {
    slug: 'desk',
    name: 'Desk',
    businessName: 'Harbor Street Clinic',
  });
});

describe('a provider that only a test knows', () => {
  it('is connected like the others: its key is proved, sealed, and the zone its account’s', async () => {
    const { connection: made, ...done } = await connect({ shelf: 'B' });
    expect(done).toEqual({ isNew: true, account: 'ada', webhook: null });
    expect(made).toMatchObject({
      provider: 'notebook',
      timeZone: 'Europe/Zurich',
      settings: { shelf: 'B', account: 'ada' },
    });
    expect(await readCredential(database.db, made, masterKey)).toBe(KEY);
  });

  it('keeps what is not given when it is connected again', async () => {
    const { connection: made, isNew } = await connect({}, null);
    expect(isNew).toBe(false);
    expect(made.settings).toEqual({ shelf: 'B', account: 'ada' });
    expect(await readCredential(database.db, made, masterKey)).toBe(KEY);
  });

  it.each([
    [{ shelf: '' }, KEY, { name: 'ManageError', field: 'shelf' }],
    [{ baseUrl: 'https://x.example' }, KEY, { name: 'ManageError', field: 'baseUrl' }],
    [{ timeZone: 'UTC' }, KEY, { name: 'ManageError', field: 'timeZone' }],
    [{ name: 'Other' }, KEY, { name: 'ManageError', field: 'name' }],
    [{ name: 'Other' }, null, { name: 'ManageError', field: 'key' }],
    [{}, 'nb_of_grace', { name: 'ManageError', field: 'key' }],
    [
      { name: 'Other' },
      'nb_unknown',
      { name: 'CalendarTrouble', advice: 'There is no notebook of this key.' },
    ],
  ])('refuses %j with the key %s', async (input, key, error) => {
    await expect(connect(input, key)).rejects.toMatchObject(error);
  });

  it('is among those that can be named', async () => {
    await expect(connect({ provider: 'paper' })).rejects.toMatchObject({
      field: 'provider',
      message: 'must be calcom, calendly, google, microsoft, caldav, fake or notebook',
    });
    expect(settingOptions(list).map(({ long }) => long)).toContain('--shelf');
  });

  it('carries an event, its event type made', async () => {
    const event = { agent: 'desk', calendar: 'Desk', name: 'Visit', eventType: 'visit' };
    const added = await addEvent(parts(), organizationId, event);
    expect(added).toMatchObject({ createdEventType: true, event: { durationMinutes: 60 } });
    expect(notebook.pages).toEqual(new Set(['visit']));
  });

  it('is booked through the ledger, and cancelled by its operator', async () => {
    const { appointmentId, booking } = await book(1);
    expect(notebook.bookings.get(booking.reference)).toMatchObject({ status: 'confirmed' });
    expect(await appointment(appointmentId)).toMatchObject({ status: 'confirmed' });
    const input = { id: appointmentId, reason: 'Closed that day.' };
    const { state } = await cancelAppointment(parts(), organizationId, input);
    expect(state).toBe('cancelled');
    expect(notebook.bookings.get(booking.reference)).toMatchObject({ status: 'cancelled' });
    // It writes to nobody itself: both times the attendee hears of it from us.
    const messages = await database.db.selectFrom('outboxMessages').select('kind').execute();
    expect(messages.map(({ kind }) => kind).toSorted()).toEqual(['booked', 'cancelled']);
  });

  it('tells of changes by webhooks at an address of its own', async () => {
    const { webhook, connection: made } = await connect({ webhookUrl: 'https://voice.example' });
    const path = `/api/webhooks/notebook/${made.id}`;
    expect(webhook).toMatchObject({ address: `https://voice.example${path}`, registered: true });
    const secret = await readWebhookSecret(database.db, made, masterKey);
    await using server = await startTokenServer({
      webhooks: {
        receiveDelivery: deliveryReceiver({ db: database.db, masterKey }),
        webhookLimiter: createRateLimiter({ perMinute: 100, secret: 'a secret' }),
        providers: list,
      },
    });
    const { appointmentId, booking } = await book(3);
    const send = async (to: string, given: string | null, body: unknown) => {
      const response = await fetch(server.url + to, {
        method: 'POST',
        headers: { 'X-Notebook-Secret': given ?? '' },
        body: JSON.stringify(body),
      });
      return [response.status, await response.text()];
    };
    const news = { page: booking.reference, status: 'cancelled' };
    expect(await send(`${path}?challenge=are-you-there`, null, {})).toEqual([200, 'are-you-there']);
    expect(await send(path, 'wrong', news)).toEqual([401, expect.stringContaining('signed')]);
    // The same connection at the address of another provider is no connection.
    expect((await send(`/api/webhooks/calcom/${made.id}`, secret, news))[0]).toBe(401);
    expect((await send(`/api/webhooks/paper/${made.id}`, secret, news))[0]).toBe(404);
    expect((await send(path, secret, { page: 7 }))[0]).toBe(400);
    expect(await send(path, secret, news)).toEqual([200, '{"status":"stored"}']);
    const logger = pino({ level: 'silent' });
    const { db, providers } = parts();
    await applyWebhook({ db, logger, providers })({}, undefined as never);
    expect(await appointment(appointmentId)).toMatchObject({ status: 'cancelled' });
  });

  it('passes every step of the doctor', async () => {
    const seen: Record<string, string> = {};
    for await (const finding of examineAgent(parts(), organizationId, 'desk')) {
      if (finding.part !== 'jobs') seen[finding.part] = `${finding.state}: ${finding.found}`;
    }
    expect(seen).toEqual({
      agent: 'ok: books Visit',
      key: 'ok: stored, sealed, and opens with SLOTLINE_MASTER_KEY',
      account: "ok: the key is ada's",
      'time zone': 'ok: Europe/Zurich',
      'event type': 'ok: "visit", 60 minutes, asks for name, email',
      slots: expect.stringMatching(/^ok: \d+ free/) as string,
      webhook: expect.stringMatching(/^warning: it calls voice\.example/) as string,
    });
  });

  it('is disconnected: the webhook is gone, the key forgotten', async () => {
    const { name, webhookLeft } = await disconnectCalendar(parts(), organizationId, 'Desk');
    expect({ name, webhookLeft }).toEqual({ name: 'Desk', webhookLeft: null });
    expect(notebook.webhooks.size).toBe(0);
    const { calendarConnectionId } = await ownEvent();
    const key = await readCredential(
      database.db,
      await connection(calendarConnectionId),
      masterKey,
    );
    expect(key).toBeNull();
  });
});
