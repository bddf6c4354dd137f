import type { CalendarProvider } from '../provider.ts';
import { readSettings } from '../read-settings.ts';
import { ensureEventType, readAccount } from './account.ts';
import { listBusyTimes } from './busy-times.ts';
import { describeVersions } from './api-versions.ts';
import { CalcomCalendar } from './calcom-calendar.ts';
import { durationsOf } from './describe-event-type.ts';
import { listEventTypes } from './list-event-types.ts';
import { openClient } from './open-client.ts';
import { baseUrlOf, CalcomEnvironmentSchema, CalcomSettingsSchema } from './settings.ts';
import { CALCOM_NAME } from './setup-error.ts';
import { calcomWebhooks } from './webhooks.ts';

/** Cal.com, the cloud or an instance of one's own. */
export const calcom: CalendarProvider = {
  id: 'calcom',
  name: CALCOM_NAME,
  settings: CalcomSettingsSchema,
  credential: {
    pattern: /\b(cal_)[\w-]{6,}/g,
    variable: 'CAL_KEY',
    origin: 'In Cal.com under Settings, Developer, API keys; it begins with cal_.',
  },
  environment: CalcomEnvironmentSchema,
  examples: [
    'calendars connect Work --provider calcom < key.txt',
    'calendars connect Work --provider calcom --webhook-url https://voice.example.com',
    'calendars connect Ours --provider calcom --base-url https://cal-api.example.com',
  ],
  writesToAttendees: true,
  addUsersAt: 'in Cal.com under Settings, Organization, Members',
  open(access, { eventType: slug, ...event }, { now }) {
    const { username, teamId } = readSettings(CalcomSettingsSchema, access.settings);
    const eventType = { slug, username, teamId };
    return new CalcomCalendar({ client: openClient(access), eventType, ...event, now });
  },
  openBusy(access) {
    const client = openClient(access);
    return { listBusy: (range, reading) => listBusyTimes(client, range, reading) };
  },
  async readAccount(access) {
    const { username: name, timeZone } = await readAccount(openClient(access));
    return { name, timeZone };
  },
  describeInstance: (access) => describeVersions(openClient(access)),
  instanceOf: (access) => new URL(baseUrlOf(access)).origin,
  ownInstanceOf: (settings) => CalcomSettingsSchema.safeParse(settings).data?.baseUrl ?? null,
  listEventTypes(access) {
    const { teamId } = readSettings(CalcomSettingsSchema, access.settings);
    return listEventTypes(openClient(access), { teamId });
  },
  async ensureEventType(access, wanted) {
    const { username, teamId } = readSettings(CalcomSettingsSchema, access.settings);
    const of = { ...wanted, username, teamId };
    const { eventType, created } = await ensureEventType(openClient(access), of);
    const durations = durationsOf(eventType);
    return { created, durations, durationMinutes: eventType.lengthInMinutes };
  },
  webhooks: calcomWebhooks,
};
