import { z } from 'zod';
import { PROVIDERS } from '../../../calendar/providers.ts';
import {
  listCalendarConnections,
  listConnectionPage,
  lockConnection,
} from '../../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import type { Database } from '../../../db/database.ts';
import type { Permit } from '../../../manage/accounts/authorize.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import type { CalendarInput } from '../../../manage/calendar-wish.ts';
import { describeCalendar, findConnection, renameCalendar } from '../../../manage/calendars.ts';
import { proveCalendar, storeCalendar } from '../../../manage/connect-calendar.ts';
import type { ProvedCalendar } from '../../../manage/connect-calendar.ts';
import { forgetConnection, leaveProvider } from '../../../manage/disconnect-calendar.ts';
import { ManageError } from '../../../manage/manage-error.ts';
import { NameSchema } from '../../../manage/parse-input.ts';
import { TimeZoneSchema } from '../../../runtime/given/time-zone.ts';
import type { Outside } from '../outside.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';
import { namedAmongSettings } from '../settings-field.ts';

const CalendarSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    provider: z.string().meta({ description: 'One of listCalendarProviders.' }),
    account: z
      .string()
      .nullable()
      .meta({ description: 'Whose it is at the provider; null: it has no accounts.' }),
    timeZone: z.string().meta({ description: 'IANA.' }),
    settings: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Those that its provider asks for; the key is never shown again.' }),
    connected: z.boolean().meta({ description: 'False: its key is forgotten.' }),
    webhook: z.boolean().meta({ description: 'Whether it tells of its changes at once.' }),
    signInAgain: z
      .string()
      .nullable()
      .meta({ description: 'Why its owner must sign in at the provider again; null: need not.' }),
  })
  .meta({ id: 'Calendar' });

const ListedCalendarSchema = CalendarSchema.extend({
  lastSyncedAt: z.iso.datetime().nullable(),
}).meta({ id: 'ListedCalendar' });

const settings = z
  .record(z.string().max(60), z.unknown())
  .meta({ description: 'By the form of its provider (listCalendarProviders).' });
const key = z
  .string()
  .min(1, 'must not be empty')
  .max(1_000, 'must have 1000 characters at most')
  .meta({ description: 'Proved at the provider, then stored sealed.' });

const NewCalendarSchema = z.strictObject({
  name: NameSchema,
  provider: z.string().max(40),
  timeZone: TimeZoneSchema.exactOptional().meta({
    description: 'Of a provider that has no accounts.',
  }),
  settings: settings.exactOptional(),
  key: key.exactOptional(),
});

const CalendarChangeSchema = NewCalendarSchema.pick({ timeZone: true, key: true }).extend({
  name: NameSchema.exactOptional(),
  settings: settings.exactOptional().meta({ description: 'What is not named stays; null: none.' }),
});

/** A provider that can be connected without an account. */
const [unkeyed] = PROVIDERS.filter(({ credential, oauth }) => credential === null && !oauth);

const inOrganization = z.object({ organizationId: z.uuid() });
const ofCalendar = z.object({ organizationId: z.uuid(), calendarId: z.uuid() });

/** What the answer's schema does not name stays here. */
function present(
  connection: CalendarConnection,
  { providers }: Outside,
): z.input<typeof CalendarSchema> {
  return describeCalendar(connection, providers.list);
}

/** What the audit log tells of a connection: its key is in none of it. */
function tell({ name, provider, timeZone, connected, settings }: z.input<typeof CalendarSchema>) {
  return { name, provider, timeZone, connected, settings };
}

interface Given {
  db: Database;
  outside: Outside;
  permit: Permit;
  body: { key?: string; settings?: Record<string, unknown> };
}

/** Proves what was given. */
function prove(
  { db, outside, permit, body: { key, settings = {} } }: Given,
  stated: CalendarInput,
): Promise<ProvedCalendar> {
  const readKey = () => Promise.resolve(key?.trim() ?? null);
  return namedAmongSettings(settings, stated, (input) =>
    proveCalendar({ ...outside, db }, permit.organizationId, input, readKey),
  );
}

function taken(): ManageError {
  return new ManageError('There is a calendar of this name already: edit it, or choose another.', {
    field: 'name',
    fault: 'taken',
  });
}

export const CALENDAR_ROUTES = [
  readRoute({
    id: 'listCalendars',
    path: '/organizations/{organizationId}/calendars',
    summary: 'Calendars that are or were connected, by their names.',
    action: 'calendars:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(ListedCalendarSchema),
    async run({ db, outside, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listConnectionPage(db, { organizationId, after: from, limit: count }),
      );
      const presentListed = (connection: CalendarConnection) => ({
        ...present(connection, outside),
        lastSyncedAt: connection.lastSyncedAt?.toISOString() ?? null,
      });
      return presentPage(page, presentListed, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getCalendar',
    path: '/organizations/{organizationId}/calendars/{calendarId}',
    summary: 'One calendar.',
    action: 'calendars:read',
    params: ofCalendar,
    query: z.strictObject({}),
    answer: CalendarSchema,
    hasEtag: true,
    run: async ({ db, outside, permit, params }) =>
      present(await findConnection(db, permit.organizationId, params.calendarId), outside),
  }),
  writeRoute({
    id: 'connectCalendar',
    method: 'post',
    path: '/organizations/{organizationId}/calendars',
    summary: 'Connects a calendar. Its key is proved at the provider and never shown again.',
    action: 'calendars:write',
    params: inOrganization,
    body: NewCalendarSchema,
    example: { name: 'Practice', provider: unkeyed?.id ?? '', timeZone: 'America/New_York' },
    answer: CalendarSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async ask(given) {
      const { name, provider, timeZone } = given.body;
      const known = await listCalendarConnections(given.db, given.permit.organizationId);
      if (known.some((each) => each.name === name)) throw taken();
      return prove(given, { name, provider, timeZone });
    },
    async run({ db, outside, permit: { organizationId }, asked }) {
      const { connection, isNew } = await storeCalendar({ ...outside, db }, organizationId, asked);
      if (!isNew) throw taken();
      const calendar = present(connection, outside);
      return {
        answer: calendar,
        change: {
          action: 'calendar.connected',
          subject: { kind: 'calendar', id: calendar.id },
          before: null,
          after: tell(calendar),
        },
      };
    },
  }),
  writeRoute({
    id: 'editCalendar',
    method: 'patch',
    path: '/organizations/{organizationId}/calendars/{calendarId}',
    summary: 'Gives a calendar another name, key or other settings, or connects it again.',
    action: 'calendars:write',
    params: ofCalendar,
    body: CalendarChangeSchema,
    example: {},
    answer: CalendarSchema,
    status: 200,
    isIdempotent: true,
    async current({ db, outside, permit, params }) {
      const { organizationId } = permit;
      await lockConnection(db, { organizationId, id: params.calendarId });
      return present(await findConnection(db, organizationId, params.calendarId), outside);
    },
    async ask(given) {
      const { db, permit, params, body } = given;
      const { name, provider } = await findConnection(db, permit.organizationId, params.calendarId);
      const { name: newName, ...access } = body;
      // A name is nothing to its provider.
      if (newName !== undefined && Object.keys(access).length === 0) return null;
      return prove(given, { name, provider, timeZone: body.timeZone });
    },
    async run({ db, outside, permit, params, asked, body }) {
      const { organizationId } = permit;
      const before = present(await findConnection(db, organizationId, params.calendarId), outside);
      if (asked) await storeCalendar({ ...outside, db }, organizationId, asked);
      const { name } = body;
      const key = { organizationId, id: params.calendarId };
      if (name !== undefined) await renameCalendar(db, key, name);
      const calendar = present(await findConnection(db, organizationId, key.id), outside);
      return {
        answer: calendar,
        change: {
          action: 'calendar.edited',
          subject: { kind: 'calendar', id: calendar.id },
          before: tell(before),
          after: { ...tell(calendar), hasNewKey: body.key !== undefined },
        },
      };
    },
  }),
  writeRoute({
    id: 'disconnectCalendar',
    method: 'delete',
    path: '/organizations/{organizationId}/calendars/{calendarId}',
    summary: 'Forgets the key of a calendar; appointments stay as they are at the provider.',
    action: 'calendars:write',
    params: ofCalendar,
    body: null,
    example: null,
    answer: z.object({
      name: z.string(),
      stopped: z
        .array(z.object({ id: z.uuid(), name: z.string() }))
        .meta({ description: 'Booking events that nobody can book any more.' }),
      unsettledIntents: z.int().meta({ description: 'Bookings whose outcome nobody will learn.' }),
      webhookLeft: z
        .string()
        .nullable()
        .meta({ description: "Why the provider's webhook is still there; null: it is gone." }),
      accessLeft: z.string().nullable().meta({
        description: 'Why the access that somebody granted stands yet; null: it is gone.',
      }),
    }),
    status: 200,
    isIdempotent: true,
    current: null,
    async ask({ db, outside, permit, params }) {
      const connection = await findConnection(db, permit.organizationId, params.calendarId);
      return leaveProvider({ ...outside, db }, connection);
    },
    async run({ db, outside, permit, params, asked: left }) {
      const connection = await findConnection(db, permit.organizationId, params.calendarId);
      const before = tell(present(connection, outside));
      const done = await forgetConnection(db, connection);
      return {
        answer: { ...done, ...left },
        change: {
          action: 'calendar.disconnected',
          subject: { kind: 'calendar', id: connection.id },
          before,
          after: { ...before, connected: false },
        },
      };
    },
  }),
];
