import { z } from 'zod';
import { AvailabilityChangeSchema } from '../calendar/slots/availability.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import type { EventHost, NewEventHost } from '../db/event-hosts.ts';
import { chooseBusyCalendars } from './busy-calendars.ts';
import { changeAvailability } from './event-availability.ts';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

const FIELD = 'hosts';

/** One of those who take an event. */
const HostSchema = z.strictObject({
  /** As callers hear it. */
  name: z.string().trim().min(1, 'must not be empty').max(80, 'must have 80 characters at most'),
  /** The name or id of a connection of their own. */
  calendar: z.string(),
  /** Names or ids of other connections: what stands in them blocks this host. */
  busyCalendars: z.array(z.string()).max(10, 'must be ten calendars at most').default([]),
  /** What is missing of it stays; null: the event's. */
  availability: AvailabilityChangeSchema.nullable().exactOptional(),
});

export const HostsSchema = z
  .array(HostSchema, { error: 'must be a list of hosts' })
  .max(20, 'must be twenty hosts at most');

export type HostInput = z.input<typeof HostSchema>;

export interface ChosenHost {
  host: NewEventHost;
  connection: CalendarConnection;
}

/**
 * The hosts of an event as they are to be stored.
 * @param present as they are; hours that are not spoken of stay those of the same calendar
 * @throws {ManageError} one of them cannot be one
 */
export async function readHosts(
  parts: Pick<ManageParts, 'db' | 'providers'>,
  organizationId: string,
  wanted: z.output<typeof HostsSchema>,
  present: readonly EventHost[],
): Promise<ChosenHost[]> {
  if (wanted.length === 0) return [];
  const known = await listCalendarConnections(parts.db, organizationId);
  const chosen: ChosenHost[] = [];
  for (const { name, calendar, busyCalendars, availability: change } of wanted) {
    const connection = findNamed(known, calendar, 'calendar', FIELD);
    refuseDouble(chosen, name, connection);
    const before = present.find(
      ({ calendarConnectionId }) => calendarConnectionId === connection.id,
    );
    const hours = before?.availability ?? null;
    const changed = changeAvailability(parts, connection, { present: hours, change });
    const busy = await chooseBusyCalendars(parts, connection, busyCalendars);
    chosen.push({
      connection,
      host: {
        name,
        calendarConnectionId: connection.id,
        availability: changed === undefined ? hours : changed,
        busyCalendars: busy,
      },
    });
  }
  return chosen;
}

/** As an edit names them that changes one alone. */
export function asInput({ hosts }: BookingEvent): HostInput[] {
  return hosts.map(({ name, calendarConnectionId, busyCalendars }) => ({
    name,
    calendar: calendarConnectionId,
    busyCalendars: [...busyCalendars],
  }));
}

/** One calendar is one host's, and a caller must hear two names. */
function refuseDouble(
  chosen: readonly ChosenHost[],
  name: string,
  connection: CalendarConnection,
): void {
  for (const { host, connection: other } of chosen) {
    if (other.id === connection.id) {
      throw new ManageError(
        `"${name}" and "${host.name}" have the same calendar: connect one for each`,
        { field: FIELD },
      );
    }
    if (host.name.toLowerCase() === name.toLowerCase()) {
      throw new ManageError(`has two of the name "${name}"`, { field: FIELD, fault: 'taken' });
    }
  }
}
