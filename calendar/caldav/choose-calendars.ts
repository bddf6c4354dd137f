import { CalendarError } from '../calendar-error.ts';
import { chooseBlocking } from '../own-events/choose-blocking.ts';
import type { DavClient } from './dav-client.ts';
import { discover } from './discover.ts';
import type { FoundAccount, FoundCalendar } from './discover.ts';
import { makeCalendar } from './requests.ts';
import type { CaldavPlaces, CaldavSettings } from './settings.ts';
import { setupError } from './setup-error.ts';

/** What a calendar is called that is made where there is none. */
const NEW_CALENDAR = 'Appointments';

/**
 * Finds the calendars that a connection's settings mean.
 * @param options.mayMake whether one is made where the account has none
 * @throws {CalendarSetupError} naming those there are, where the settings do not fit them
 * @throws {CalendarError}
 */
export async function findPlaces(
  client: DavClient,
  settings: CaldavSettings,
  { mayMake }: { mayMake: boolean },
): Promise<CaldavPlaces> {
  let account = await discover(client);
  if (account.calendars.length === 0 && mayMake) {
    await make(client, account, settings.calendar ?? NEW_CALENDAR);
    account = await discover(client);
  }
  const target = chooseTarget(account, settings);
  const { calendars } = account;
  const named = (name: string) => findNamed(calendars, name);
  const blocking = [target, ...chooseBlocking(calendars, settings.busyCalendars, named)];
  return {
    calendar: target.url.href,
    name: target.name,
    blocking: [...new Set(blocking.map(({ url }) => url.href))],
    addresses: account.addresses,
  };
}

function chooseTarget(account: FoundAccount, { calendar: wanted }: CaldavSettings): FoundCalendar {
  const { calendars, given } = account;
  if (wanted !== undefined) {
    const named = findNamed(calendars, wanted);
    if (!named.writable) {
      throw setupError(
        'key-without-rights',
        `The account may not write into the calendar "${named.name}": choose another one.`,
      );
    }
    return named;
  }
  const typed = calendars.find(({ url }) => url.href === given?.href);
  if (typed) return typed;
  const writable = calendars.filter((each) => each.writable);
  const [only] = writable;
  if (only && writable.length === 1) return only;
  throw setupError(
    'event-type-missing',
    writable.length === 0
      ? 'The account has no calendar that can be written into: make one there, and connect again.'
      : `The account has several calendars, ${namesOf(writable)}: say with --calendar which is booked into.`,
  );
}

function findNamed(calendars: readonly FoundCalendar[], wanted: string): FoundCalendar {
  const found = calendars.filter(
    ({ name, url }) => name === wanted || url.href === wanted || url.pathname === wanted,
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  throw setupError(
    'event-type-missing',
    only
      ? `The account has several calendars called "${wanted}": name one by its address, ${found.map(({ url }) => url.pathname).join(' or ')}.`
      : `The account has no calendar "${wanted}"; it has ${namesOf(calendars) || 'none'}.`,
  );
}

function namesOf(calendars: readonly FoundCalendar[]): string {
  return calendars.map(({ name }) => `"${name}"`).join(', ');
}

async function make(client: DavClient, { home }: FoundAccount, name: string): Promise<void> {
  const folder = home.pathname.endsWith('/') ? home : new URL(`${home.pathname}/`, home);
  const url = new URL('slotline-appointments/', folder);
  const refused = (cause?: unknown) =>
    setupError(
      'event-type-missing',
      'The account has no calendar, and the server lets none be made: make one in your calendar program, and connect again.',
      { cause },
    );
  let status: number;
  try {
    ({ status } = await client.send({ method: 'MKCALENDAR', url, xml: makeCalendar(name) }));
  } catch (error) {
    throw error instanceof CalendarError ? refused(error) : error;
  }
  // 405: it is there, and its list of components hides it no more.
  if (status >= 300 && status !== 405) throw refused();
}
