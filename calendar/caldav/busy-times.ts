import type { BusyCalendar } from '../provider.ts';
import { findPlaces } from './choose-calendars.ts';
import type { DavClient } from './dav-client.ts';
import { readItems } from './read-objects.ts';
import type { CaldavSettings } from './settings.ts';

/** Every appointment of the collections that block, bookings of ours among them. */
export function openBusyTimes(
  client: DavClient,
  { settings, timeZone }: { settings: CaldavSettings; timeZone: string },
): BusyCalendar {
  return {
    async listBusy(range, reading = {}) {
      const places = settings.places ?? (await findPlaces(client, settings, { mayMake: false }));
      const context = { timeZone, addresses: places.addresses };
      const items = await readItems({ client, context }, places.blocking, range, reading);
      return items.flatMap(({ times }) => times);
    },
  };
}
