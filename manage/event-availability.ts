import type { z } from 'zod';
import { providerOf } from '../calendar/providers.ts';
import { AvailabilitySchema, USUAL_AVAILABILITY } from '../calendar/slots/availability.ts';
import type { Availability, AvailabilityChangeSchema } from '../calendar/slots/availability.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/**
 * The hours of an event as they are to become; undefined where nothing is said of them.
 * @param present as they are stored; null: the usual ones
 * @throws {ManageError} the calendar of the event has hours of its own
 */
export function changeAvailability(
  { providers }: Pick<ManageParts, 'providers'>,
  connection: CalendarConnection,
  {
    present,
    change,
  }: {
    present: Record<string, unknown> | null;
    change: z.infer<typeof AvailabilityChangeSchema> | null | undefined;
  },
): Availability | null | undefined {
  const provider = providerOf(connection, providers.list);
  if (change === undefined) {
    // Taken along from another calendar they would be kept, and seen by nobody.
    return present !== null && !provider.usesAvailability ? null : undefined;
  }
  if (!provider.usesAvailability) {
    throw new ManageError(
      `cannot be set here: when a ${provider.name} calendar can be booked is set in ${provider.name}`,
      { field: 'availability' },
    );
  }
  if (change === null) return null;
  // What cannot be read any more is set anew.
  const base = AvailabilitySchema.safeParse(present).data ?? USUAL_AVAILABILITY;
  return AvailabilitySchema.parse({ ...base, ...change });
}
