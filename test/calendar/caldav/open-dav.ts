import { caldav } from '../../../calendar/caldav/provider.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import type { Availability, WorkingRange } from '../../../calendar/slots/availability.ts';
import { DAV_PASSWORD, DAV_USER } from '../../support/dav-server.ts';

const NINE_TO_FIVE: WorkingRange[] = [[540, 1_020]];

/** Nine to five on every day, in three lengths. */
export const EVERY_DAY: Availability = {
  ...USUAL_AVAILABILITY,
  weekly: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, NINE_TO_FIVE])),
  durations: [15, 60],
};

export interface DavAccess {
  server: string;
  settings?: Record<string, unknown>;
  credential?: string;
  fetch?: typeof fetch;
}

/** What a connection to a server of the tests is reached through. */
export function davAccess({ server, settings, credential = DAV_PASSWORD, fetch }: DavAccess) {
  return {
    settings: { server, username: DAV_USER, ...settings },
    credential,
    environment: {},
    // The limit of requests is not what is tested.
    limiter: () => memoryLimiter({ limit: 1_000_000, window: 60_000 }),
    fetch,
  };
}

const never = () => Promise.reject(new Error('The server has a place of its own for bookings.'));
const NO_BOOKINGS = {
  listConfirmed: never,
  listAll: never,
  find: never,
  insert: never,
  move: never,
  cancel: never,
};

export function openDav(
  access: DavAccess,
  event: {
    availability?: Availability;
    now?: () => Date;
    eventType?: string;
    timeZone?: string;
  } = {},
): Calendar {
  const { now = () => new Date(), ...rest } = event;
  return caldav.open(
    davAccess(access),
    {
      eventType: 'visit',
      title: 'A visit',
      durationMinutes: 30,
      timeZone: 'America/New_York',
      meetingLink: 'provider',
      availability: EVERY_DAY,
      ...rest,
    },
    { now, bookings: NO_BOOKINGS },
  );
}

/** Connects an account as an operator does: the settings with what was found out. */
export async function connectDav(access: DavAccess): Promise<Record<string, unknown>> {
  const account = await caldav.readAccount?.(davAccess(access));
  return { ...access.settings, ...account?.settings };
}
