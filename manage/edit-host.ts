import { asInput } from './event-hosts.ts';
import type { HostInput } from './event-hosts.ts';
import { editEvent, findManagedEvent } from './events.ts';
import type { KeptEvent } from './events.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/** What an operator says of one host; what is undefined stays. */
export interface HostEdit {
  name: string;
  rename: string | undefined;
  calendar: string | undefined;
  busyCalendars: string[] | undefined;
  availability: unknown;
  isRemoved: boolean;
}

/**
 * Adds a host to an event, by its name or id, or changes or removes the one of that name.
 * @throws {ManageError} {CalendarTrouble}
 */
export async function editHost(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
  { name, rename, calendar, busyCalendars, availability, isRemoved }: HostEdit,
): Promise<KeptEvent> {
  const event = await findManagedEvent(parts.db, organizationId, wanted);
  const hosts = asInput(event);
  const present = hosts.findIndex((host) => host.name.toLowerCase() === name.toLowerCase());
  const known = hosts[present];
  if (isRemoved && !known) {
    const names = hosts.map((host) => `"${host.name}"`).join(', ') || 'nobody';
    throw new ManageError(`"${event.name}" has no such host, but ${names}.`, { field: 'name' });
  }
  const place = calendar ?? known?.calendar;
  if (place === undefined) throw new ManageError('say into which calendar', { field: 'calendar' });
  const changed = {
    name: rename ?? known?.name ?? name,
    calendar: place,
    busyCalendars: busyCalendars ?? known?.busyCalendars ?? [],
    ...(availability === undefined ? {} : { availability }),
  } as HostInput;
  const after = known ? hosts.with(present, changed) : [...hosts, changed];
  return editEvent(parts, organizationId, event.id, {
    hosts: isRemoved ? hosts.toSpliced(present, 1) : after,
  });
}
