import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { queueMessage } from '../../booking/outbox/outbox.ts';
import { readProviders } from '../../calendar/providers.ts';
import { insertAppointment } from '../../db/appointments/appointments.ts';
import { replaceWebhook } from '../../db/calendars/calendar-connections.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import { insertDelivery } from '../../db/calendars/webhook-deliveries.ts';
import { createMailer } from '../../jobs/mail/mailer.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { RunningJobs } from '../../jobs/run-jobs.ts';
import { listJobs } from '../../jobs/task-list.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { transport } from '../../runtime/http-transport.ts';
import { parseMail } from '../support/mail-parts.ts';
import { deliverAsCalcom } from '../support/calcom-delivery.ts';
import { recordedWebhooks } from '../support/recorded-webhooks.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';

const database = useTestDatabase({ maxConnections: 10 });
const masterKey = randomBytes(32);
const providers = readProviders({});
const running: RunningJobs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
});

async function startJobs(more: Partial<Parameters<typeof listJobs>[0]> = {}) {
  const { db, url } = database;
  const logger = pino({ level: 'silent' });
  const now = () => new Date();
  const openCalendar: Parameters<typeof listJobs>[0]['reconciler']['openCalendar'] = (event) =>
    openEventCalendar(db, event, { masterKey, now, providers });
  running.push(
    await runJobs({
      databaseUrl: url,
      concurrency: 3,
      logger,
      jobs: listJobs({
        db,
        logger,
        now,
        providers,
        reconciler: { db, openCalendar },
        webhooks: { fetch: transport, masterKey },
        ...more,
      }),
    }),
  );
}

/** Far less than the minute of the time table: what comes in this time was woken. */
const SOON = { timeout: 30_000, interval: 20 };

describe('the jobs process', () => {
  test('applies a webhook as soon as it is stored, and one that came before it ran', async () => {
    const { db } = database;
    const tenant = await insertTenant(db);
    const id = tenant.calendarConnectionId;
    await db
      .updateTable('calendarConnections')
      .set({ provider: 'calcom' })
      .where('id', '=', id)
      .execute();
    await replaceWebhook(
      db,
      { organizationId: tenant.organizationId, id },
      { id: 'webhook-1', secret: { plain: 'whsec_test', masterKey } },
    );
    const receive = deliveryReceiver({ db, masterKey });
    const deliver = (at: number) => {
      const body = recordedWebhooks[at]?.rawBody ?? '';
      return deliverAsCalcom(receive, { connectionId: id, body, secret: 'whsec_test' });
    };
    const states = async () => {
      const rows = await db
        .selectFrom('appointments')
        .select(['status', 'providerUid'])
        .where('organizationId', '=', tenant.organizationId)
        .execute();
      return rows.map(({ status }) => status);
    };
    // No jobs process has ever run on this database: the queue has no tables yet.
    expect(await deliver(3)).toBe('stored');
    await startJobs();
    await startJobs();
    await vi.waitFor(async () => expect(await states()).toEqual(['confirmed']), SOON);
    expect(await deliver(4)).toBe('stored');
    await vi.waitFor(async () => expect(await states()).toEqual(['cancelled']), SOON);
  });

  test('sends a message as soon as its transaction is committed', async () => {
    await using server = await startSmtpServer();
    const { db } = database;
    const mailer = createMailer({ url: server.url, from: 'desk@example.com' });
    await startJobs({ mailer });
    const tenant = await insertTenant(db);
    const startAt = new Date(Date.now() + 86_400_000);
    await db.transaction().execute(async (transaction) => {
      const { id: intentId } = await transaction
        .insertInto('bookingIntents')
        .values({
          organizationId: tenant.organizationId,
          calendarConnectionId: tenant.calendarConnectionId,
          eventType: 'appointment',
          resource: 'calendar',
          idempotencyKey: 'k1',
          startAt,
          endAt: new Date(startAt.getTime() + 1_800_000),
          attendee: '{}',
          state: 'confirmed',
          steps: '[]',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const appointmentId = await insertAppointment(transaction, {
        organizationId: tenant.organizationId,
        agentId: tenant.agentId,
        callId: null,
        calendarConnectionId: tenant.calendarConnectionId,
        intentId,
        bookingEventId: tenant.bookingEventId,
        eventType: 'appointment',
        reference: 'r1',
        providerUid: 'r1',
        status: 'confirmed',
        location: null,
        startAt,
        endAt: new Date(startAt.getTime() + 1_800_000),
        attendee: {
          name: 'Mary Smith',
          email: 'mary.smith@example.com',
          phone: null,
          timeZone: 'America/New_York',
        },
        organizerEmail: null,
        notes: null,
        providerChangedAt: new Date(),
      });
      await queueMessage(transaction, {
        organizationId: tenant.organizationId,
        kind: 'booked',
        appointmentId,
        intentId,
        messageKey: `booked:${intentId}`,
      });
    });
    await vi.waitFor(() => expect(server.received).toHaveLength(1), SOON);
    const { parts } = parseMail(server.received[0]?.raw ?? '');
    expect(parts[0]?.content).toContain('Hello Mary Smith,');
    mailer.close();
  });

  test('applies webhooks though the mail server takes no mail and hangs', async () => {
    const { db } = database;
    const { organizationId, calendarConnectionId } = await insertTenant(db);
    const hang = Promise.withResolvers<void>();
    const send = vi.fn(() => hang.promise);
    await startJobs({ mailer: { sender: 'desk@example.com', send, close: () => {} } });
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    // More than there are places for jobs.
    for (let count = 0; count < 5; count += 1) {
      await insertOutboxMessage(db, {
        organizationId,
        kind: 'booked',
        messageKey: `hanging-${count}`,
        appointmentId: null,
        intentId: null,
        recipient: 'mary.smith@example.com',
        payload: {
          businessName: 'Harbor Street Clinic',
          eventName: null,
          attendee: { name: 'Mary Smith', timeZone: 'America/New_York' },
          calendarTimeZone: 'America/New_York',
          time: { start: at(24), end: at(25) },
          wished: null,
          location: null,
          organizer: null,
          reason: null,
          calendarFile: null,
        },
      });
      await wakeJob(db, 'send-mail');
    }
    await vi.waitFor(() => expect(send).toHaveBeenCalled(), SOON);
    const id = await insertDelivery(db, {
      organizationId,
      calendarConnectionId,
      trigger: 'PING',
      deliveryKey: 'ping',
      payload: {},
    });
    await wakeJob(db, 'apply-webhook');
    await vi.waitFor(async () => {
      const delivery = await db
        .selectFrom('webhookDeliveries')
        .select('state')
        .where('id', '=', id ?? '')
        .executeTakeFirst();
      expect(delivery?.state).toBe('ignored');
    }, SOON);
    expect(send).toHaveBeenCalledTimes(1);
    hang.resolve();
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(5), SOON);
  });

  test('syncs the calendars that are there when it starts', async () => {
    const { db } = database;
    const tenant = await insertTenant(db);
    await startJobs();
    await vi.waitFor(async () => {
      const syncs = await db
        .selectFrom('calendarSyncs')
        .select(['seen', 'error', 'endedAt'])
        .where('calendarConnectionId', '=', tenant.calendarConnectionId)
        .execute();
      expect(syncs).toMatchObject([{ seen: 0, error: null, endedAt: expect.any(Date) }]);
    }, SOON);
  });
});
