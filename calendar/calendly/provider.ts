import type { CalendarProvider } from '../provider.ts';
import { readAccount } from './account.ts';
import { openBusyTimes } from './busy-times.ts';
import { CalendlyCalendar } from './calendly-calendar.ts';
import { ensureEventType, listEventTypes } from './list-event-types.ts';
import { openBudget, openClient } from './open-client.ts';
import {
  baseUrlOf,
  CalendlyEnvironmentSchema,
  CalendlySettingsSchema,
  endpointsOf,
} from './settings.ts';
import { CALENDLY_NAME } from './setup-error.ts';
import { calendlyWebhooks } from './webhooks.ts';

/** Calendly, by its scheduling API. */
export const calendly: CalendarProvider = {
  id: 'calendly',
  name: CALENDLY_NAME,
  settings: CalendlySettingsSchema,
  credential: {
    // A signed token of three parts.
    pattern: /\b(eyJ)[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
    variable: 'CALENDLY_KEY',
    label: 'Personal access token',
    origin: 'In Calendly under Integrations & apps, API & webhooks; it begins with eyJ.',
  },
  oauth: {
    endpoints: endpointsOf,
    // Each that writes reads too. None is given that was not asked for.
    scopes: [
      'users:read',
      'event_types:read',
      'availability:read',
      'scheduled_events:write',
      'webhooks:write',
    ],
    clientIdVariable: 'CALENDLY_CLIENT_ID',
    clientSecretVariable: 'CALENDLY_CLIENT_SECRET',
    usesSingleUseRefreshTokens: true,
  },
  environment: CalendlyEnvironmentSchema,
  examples: [
    'calendars connect Work --provider calendly < token.txt',
    'calendars connect Work --provider calendly --webhook-url https://voice.example.com',
  ],
  writesToAttendees: true,
  open(access, { eventType, timeZone, meetingLink }, { now }) {
    const [client, budget] = [openClient(access), openBudget(access)];
    return new CalendlyCalendar({ client, budget, eventType, timeZone, meetingLink, now });
  },
  openBusy: (access) => openBusyTimes(openClient(access)),
  async readAccount(access) {
    const { email: name, timeZone } = await readAccount(openClient(access));
    return { name, timeZone };
  },
  instanceOf: (access) => new URL(baseUrlOf(access)).origin,
  ownInstanceOf: (settings) => CalendlySettingsSchema.safeParse(settings).data?.baseUrl ?? null,
  listEventTypes: (access) => listEventTypes(openClient(access)),
  ensureEventType: (access, wanted) => ensureEventType(openClient(access), wanted),
  webhooks: calendlyWebhooks,
};
