import { z } from 'zod';
import { toCalendarTrouble } from '../../../booking/calendars/calendar-trouble.ts';
import { openConnection } from '../../../booking/calendars/open-connection.ts';
import { findConnection, readCalendarActivity } from '../../../manage/calendars.ts';
import { makeWebhook, storeWebhook } from '../../../manage/connect-webhook.ts';
import { examineConnection } from '../../../manage/doctor/examine-agent.ts';
import { findingsWithin } from '../../../manage/doctor/within-patience.ts';
import { listEventTypes } from '../../../manage/event-types.ts';
import { ManageError } from '../../../manage/manage-error.ts';
import { FindingsSchema, presentFindings } from '../finding-schema.ts';
import { inTime } from '../outside.ts';
import { readRoute, writeRoute } from '../route.ts';

const ofCalendar = z.object({ organizationId: z.uuid(), calendarId: z.uuid() });

const ActivitySchema = z
  .object({
    lastSyncedAt: z.iso.datetime().nullable(),
    lastSyncError: z
      .string()
      .nullable()
      .meta({ description: 'Of the newest sync; null: it went well, or there was none.' }),
    lastDeliveryAt: z.iso.datetime().nullable().meta({ description: 'Of a webhook.' }),
    badSignatures: z.int().meta({ description: 'Webhooks that were refused for theirs.' }),
    budget: z
      .object({ remaining: z.int(), fullAgainAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'Requests that the provider allows still; null: all it ever allows.' }),
  })
  .meta({ id: 'CalendarActivity' });

const EventTypeSchema = z.object({
  slug: z.string(),
  title: z.string(),
  durations: z.array(z.int()).meta({ description: 'Minutes.' }),
  fault: z.string().nullable().meta({ description: 'Why it cannot be booked; null: it can.' }),
});

export const CALENDAR_HEALTH_ROUTES = [
  readRoute({
    id: 'getCalendarActivity',
    path: '/organizations/{organizationId}/calendars/{calendarId}/activity',
    summary: 'When a calendar was synced and heard of, and what is left of its request budget.',
    action: 'calendars:read',
    params: ofCalendar,
    query: z.strictObject({}),
    answer: ActivitySchema,
    async run({ db, permit, params }) {
      const activity = await readCalendarActivity(db, permit.organizationId, params.calendarId);
      const { lastSyncedAt, lastDeliveryAt, budget, ...rest } = activity;
      return {
        ...rest,
        lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
        lastDeliveryAt: lastDeliveryAt?.toISOString() ?? null,
        budget: budget && {
          remaining: budget.remaining,
          fullAgainAt: budget.fullAgainAt.toISOString(),
        },
      };
    },
  }),
  readRoute({
    id: 'examineCalendar',
    path: '/organizations/{organizationId}/calendars/{calendarId}/findings',
    summary:
      'Asks the provider, step by step, whether a calendar can be booked, and says what to do.',
    action: 'calendars:write',
    params: ofCalendar,
    query: z.strictObject({}),
    answer: FindingsSchema,
    async run({ db, outside, permit: { organizationId }, params }) {
      const { id, name } = await findConnection(db, organizationId, params.calendarId);
      const findings = examineConnection({ ...outside, db }, organizationId, id);
      return presentFindings(await findingsWithin(outside.patience, name, findings));
    },
  }),
  readRoute({
    id: 'listEventTypes',
    path: '/organizations/{organizationId}/calendars/{calendarId}/event-types',
    summary: "Asks the provider for the account's event types. Null: any slug is booked.",
    action: 'calendars:write',
    params: ofCalendar,
    query: z.strictObject({}),
    answer: z.object({ items: z.array(EventTypeSchema).nullable() }),
    async run({ db, outside, permit: { organizationId }, params }) {
      const { id } = await findConnection(db, organizationId, params.calendarId);
      const work = listEventTypes({ ...outside, db }, organizationId, id);
      return { items: await inTime(outside, work) };
    },
  }),
  writeRoute({
    id: 'registerCalendarWebhook',
    method: 'post',
    path: '/organizations/{organizationId}/calendars/{calendarId}/webhook',
    summary: 'Has the provider tell of changes at once, in the place of a webhook it has.',
    action: 'calendars:write',
    params: ofCalendar,
    body: z.strictObject({
      webhookUrl: z
        .string()
        .max(500, 'must have 500 characters at most')
        .exactOptional()
        .meta({ description: "Where the provider reaches this server; the office's address." }),
    }),
    example: {},
    answer: z.object({ address: z.string() }),
    status: 200,
    isIdempotent: true,
    current: null,
    async ask({ db, outside, permit, params, body, officeUrl }) {
      const connection = await findConnection(db, permit.organizationId, params.calendarId);
      if (connection.disconnectedAt) throw disconnected(connection.name);
      const { webhookUrl = officeUrl } = body;
      try {
        const opened = await openConnection(db, connection, outside);
        return await makeWebhook(opened, { connection, webhookUrl, now: outside.now() });
      } catch (error) {
        throw toCalendarTrouble(error, connection.provider, outside.providers) ?? error;
      }
    },
    async run({ db, outside: { masterKey }, permit, params, asked }) {
      const connection = await findConnection(db, permit.organizationId, params.calendarId);
      await storeWebhook({ db, masterKey }, connection, asked);
      const { address } = asked;
      return {
        answer: { address },
        change: {
          action: 'calendar.webhook_registered',
          subject: { kind: 'calendar', id: connection.id },
          before: { webhook: connection.webhookId !== null },
          after: { webhook: true, address },
        },
      };
    },
  }),
];

function disconnected(name: string): ManageError {
  return new ManageError(`"${name}" is disconnected: connect it again first.`, {
    field: 'calendarId',
  });
}
