import type { EnsuredEventType, EventTypeWish } from '../calendar/provider.ts';
import { providerName } from '../calendar/providers.ts';
import type { Providers } from '../calendar/providers.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { openConnection } from '../booking/calendars/open-connection.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/** Minutes. */
export const USUAL_DURATION = 30;

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
  const wish = { slug, title, durationMinutes: durationMinutes ?? USUAL_DURATION };
  const ensured = await ensure(parts, connection, wish);
  if (!ensured) return { durationMinutes: wish.durationMinutes, created: false };
  const { created, durations, durationMinutes: usual } = ensured;
  const { providers } = parts;
  const of = { slug, provider: connection.provider, providers };
  return {
    durationMinutes: chooseDuration({ asked: durationMinutes, usual, durations }, of),
    created,
  };
}

/**
 * The duration asked for, in minutes, else the usual one.
 * @throws {ManageError} the event type has no such duration
 */
export function chooseDuration(
  { asked, usual, durations }: { asked: number | undefined; usual: number; durations: number[] },
  { slug, provider, providers }: { slug: string; provider: string; providers: Providers },
): number {
  if (asked === undefined) return usual;
  if (durations.includes(asked)) return asked;
  throw new ManageError(
    `The event type "${slug}" can be booked for ${durations.join(', ')} minutes: ask for one of these, or add the length in ${providerName(provider, providers)}.`,
    { field: 'durationMinutes' },
  );
}

/** Null where the provider books any slug for any duration. */
async function ensure(
  parts: ManageParts,
  connection: CalendarConnection,
  wish: EventTypeWish,
): Promise<EnsuredEventType | null> {
  try {
    const { provider, access } = await openConnection(parts.db, connection, parts);
    return (await provider.ensureEventType?.(access, wish)) ?? null;
  } catch (error) {
    throw toCalendarTrouble(error, connection.provider, parts.providers) ?? error;
  }
}
