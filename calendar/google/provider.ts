import type { CalendarProvider } from '../provider.ts';
import { openBusyTimes } from './busy-times.ts';
import { googleChannels } from './channels.ts';
import { findPlaces } from './choose-calendars.ts';
import { GoogleClient } from './client.ts';
import { GoogleCalendar } from './google-calendar.ts';
import {
  endpointsOf,
  GoogleEnvironmentSchema,
  GoogleSettingsSchema,
  settingsOf,
} from './settings.ts';
import { GOOGLE_NAME } from './setup-error.ts';

const SCOPE = 'https://www.googleapis.com/auth/calendar';

/** Google Calendar, of a person's or a company's account, through a client of the operator's own. */
export const google: CalendarProvider = {
  id: 'google',
  name: GOOGLE_NAME,
  settings: GoogleSettingsSchema,
  credential: null,
  oauth: {
    endpoints: endpointsOf,
    // The least that does it: events of the account's own calendars, when others are taken, their names.
    scopes: [`${SCOPE}.events.owned`, `${SCOPE}.freebusy`, `${SCOPE}.calendarlist.readonly`],
    // Without both no refresh token comes, or only the first time.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
    clientIdVariable: 'GOOGLE_CLIENT_ID',
    clientSecretVariable: 'GOOGLE_CLIENT_SECRET',
  },
  environment: GoogleEnvironmentSchema,
  examples: [
    'calendars connect Practice --provider google --time-zone America/New_York',
    'calendars connect Practice --provider google --calendar Appointments --busy-calendars all --time-zone America/New_York',
  ],
  writesToAttendees: true,
  usesAvailability: true,
  open(access, event, { now }) {
    const client = new GoogleClient(access);
    return new GoogleCalendar({ client, settings: settingsOf(access), event, now });
  },
  openBusy: (access) => openBusyTimes(new GoogleClient(access), settingsOf(access)),
  async readAccount(access) {
    const { account, places } = await findPlaces(new GoogleClient(access), settingsOf(access));
    const isMain = places.calendar === account;
    return {
      name: isMain ? account : `${account} ${places.calendar}`,
      owner: account,
      timeZone: null,
      settings: { places },
    };
  },
  webhooks: googleChannels,
};
