import { ensureEventType } from '../calendar/calcom/account.ts';
import { durationsOf } from '../calendar/calcom/describe-event-type.ts';
import { CalcomSettingsSchema } from '../calendar/calcom/settings.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { openConnectionClient } from './calendars.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/** Minutes. */
const USUAL_DURATION = 30;

/**
 * Finds the event type at the provider, or creates it with the duration asked for.
 * @returns the duration that is booked, in minutes, and whether the event type was created
 * @throws {ManageError} the event type is there and has no such duration
 * @throws {CalendarTrouble}
 */
export async function ensureProviderEventType(
  parts: ManageParts,
  connection: CalendarConnection,
  wanted: { slug: string; title: string; durationMinutes?: number | undefined },
): Promise<{ durationMinutes: number; created: boolean }> {
  const { slug, title, durationMinutes } = wanted;
  if (connection.disconnectedAt) {
    throw new ManageError(`"${connection.name}" is disconnected: connect it again first.`, {
      field: 'calendar',
    });
  }
  if (connection.provider === 'fake') {
    return { durationMinutes: durationMinutes ?? USUAL_DURATION, created: false };
  }
  const { eventType, created } = await ensure(parts, connection, {
    slug,
    title,
    durationMinutes: durationMinutes ?? USUAL_DURATION,
  });
  const durations = durationsOf(eventType);
  if (durationMinutes === undefined) return { durationMinutes: eventType.lengthInMinutes, created };
  if (durations.includes(durationMinutes)) return { durationMinutes, created };
  throw new ManageError(
    `The event type "${slug}" can be booked for ${durations.join(', ')} minutes: ask for one of these, or add the length in Cal.com.`,
    { field: 'durationMinutes' },
  );
}

async function ensure(
  parts: ManageParts,
  connection: CalendarConnection,
  wanted: { slug: string; title: string; durationMinutes: number },
) {
  const { username, teamId } = CalcomSettingsSchema.catch({}).parse(connection.settings);
  try {
    const client = await openConnectionClient(parts, connection);
    return await ensureEventType(client, { ...wanted, username, teamId });
  } catch (error) {
    throw toCalendarTrouble(error) ?? error;
  }
}
