import { z } from 'zod';
import { CalendarConfigurationError } from '../../calendar/calendar-error.ts';
import { AvailabilitySchema } from '../../calendar/slots/availability.ts';
import type { Availability } from '../../calendar/slots/availability.ts';
import type { BookingEvent } from '../../db/booking-events.ts';

/**
 * The hours of an event; null where none were set.
 * @throws {CalendarConfigurationError} naming what cannot be read
 */
export function readAvailability({
  name,
  availability,
}: Pick<BookingEvent, 'name' | 'availability'>): Availability | null {
  if (availability === null) return null;
  const parsed = AvailabilitySchema.safeParse(availability);
  if (parsed.success) return parsed.data;
  throw new CalendarConfigurationError(
    `The hours of the event "${name}" cannot be read: set them anew with \`slotline events edit "${name}" --hours …\`. ${z.prettifyError(parsed.error)}`,
  );
}
