import type { BusyCalendar } from '../provider.ts';
import { findPlaces } from './choose-calendars.ts';
import type { GraphClient } from './client.ts';
import { toStanding } from './graph-event.ts';
import { readItems } from './read-events.ts';
import type { MicrosoftSettings } from './settings.ts';

/** Everything in the calendars of the mailbox that block, for events that are booked into another one. */
export function openBusyTimes(
  client: GraphClient,
  { settings, timeZone }: { settings: MicrosoftSettings; timeZone: string },
): BusyCalendar {
  return {
    async listBusy(range, reading = {}) {
      const { blocking } = settings.places ?? (await findPlaces(client, settings));
      const items = await readItems({ client, timeZone }, blocking, range, reading);
      return items.flatMap((item) => toStanding(item).times);
    },
  };
}
