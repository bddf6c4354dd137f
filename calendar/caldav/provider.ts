import type { CalendarProvider } from '../provider.ts';
import { CaldavCalendar } from './caldav-calendar.ts';
import { openBusyTimes } from './busy-times.ts';
import { findPlaces } from './choose-calendars.ts';
import { openClient } from './dav-client.ts';
import { CaldavSettingsSchema, serverOf, settingsOf } from './settings.ts';
import { CALDAV_NAME } from './setup-error.ts';

/** Any server that speaks CalDAV: iCloud, Fastmail, Nextcloud, SOGo, Radicale and others. */
export const caldav: CalendarProvider = {
  id: 'caldav',
  name: CALDAV_NAME,
  settings: CaldavSettingsSchema,
  credential: {
    // As iCloud and Nextcloud make them; others look like any word.
    pattern: /\b([a-z]{2})[a-z]{2}(?:-[a-z]{4}){3}\b|\b[A-Za-z\d]{5}(?:-[A-Za-z\d]{5}){4}\b/g,
    variable: 'CALDAV_KEY',
    label: 'Password',
    origin:
      'An app password, where the server has them: in the settings of the account, under security.',
  },
  examples: [
    'calendars connect Practice --provider caldav --server caldav.icloud.com --username mary@example.com --time-zone America/New_York < password.txt',
  ],
  writesToAttendees: false,
  usesAvailability: true,
  open(access, event, { now }) {
    const client = openClient(access);
    return new CaldavCalendar({ client, settings: settingsOf(access), event, now });
  },
  openBusy(access, { timeZone }) {
    return openBusyTimes(openClient(access), { settings: settingsOf(access), timeZone });
  },
  async readAccount(access) {
    const settings = settingsOf(access);
    const mayMake = settings.places === undefined;
    const places = await findPlaces(openClient(access), settings, { mayMake });
    const { pathname } = new URL(places.calendar);
    const { username } = settings;
    return { name: `${username} ${pathname}`, timeZone: null, settings: { places } };
  },
  instanceOf: (access) => serverOf(settingsOf(access)).origin,
  ownInstanceOf(settings) {
    const { data } = CaldavSettingsSchema.safeParse(settings);
    return data ? serverOf(data).origin : null;
  },
};
