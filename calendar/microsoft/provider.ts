import type { CalendarProvider } from '../provider.ts';
import { openBusyTimes } from './busy-times.ts';
import { findPlaces } from './choose-calendars.ts';
import { MailboxGates } from './mailbox-gate.ts';
import { MicrosoftCalendar } from './microsoft-calendar.ts';
import { graphOpener } from './open-client.ts';
import {
  endpointsOf,
  graphUrlOf,
  MicrosoftEnvironmentSchema,
  MicrosoftSettingsSchema,
  settingsOf,
} from './settings.ts';
import { MICROSOFT_NAME } from './setup-error.ts';
import { microsoftWebhooks } from './webhooks.ts';

/** One process, one gate for each mailbox. */
const open = graphOpener(new MailboxGates());

/** Calendars of Outlook: Microsoft 365, and personal accounts. */
export const microsoft: CalendarProvider = {
  id: 'microsoft',
  name: MICROSOFT_NAME,
  settings: MicrosoftSettingsSchema,
  credential: null,
  oauth: {
    endpoints: endpointsOf,
    scopes: ['offline_access', 'https://graph.microsoft.com/Calendars.ReadWrite'],
    // Whoever is signed in to several accounts chooses which is connected.
    authorizationParameters: { prompt: 'select_account' },
    clientIdVariable: 'MICROSOFT_CLIENT_ID',
    clientSecretVariable: 'MICROSOFT_CLIENT_SECRET',
  },
  environment: MicrosoftEnvironmentSchema,
  examples: [
    'calendars connect Practice --provider microsoft --time-zone America/New_York',
    'calendars connect Practice --provider microsoft --calendar Bookings --busy-calendars all --teams yes',
  ],
  writesToAttendees: true,
  usesAvailability: true,
  open(access, event, { now, bookings }) {
    const settings = settingsOf(access);
    return new MicrosoftCalendar({ client: open(access), settings, event, bookings, now });
  },
  openBusy(access, { timeZone }) {
    return openBusyTimes(open(access), { settings: settingsOf(access), timeZone });
  },
  async readAccount(access) {
    const places = await findPlaces(open(access), settingsOf(access));
    const { mailbox, name, isOwn } = places;
    // One connection books into one calendar: two of a mailbox are two accounts.
    const account = isOwn ? mailbox : `${mailbox} (${name})`;
    return { name: account, timeZone: null, settings: { places } };
  },
  instanceOf: (access) => new URL(graphUrlOf(access)).origin,
  webhooks: microsoftWebhooks(open),
};
