import type { CalendarChanges } from '../calendar.ts';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { GoogleParts } from './calendar-parts.ts';
import { toNews } from './event.ts';
import { listEvents } from './read-events.ts';
import type { ListedEvents } from './read-events.ts';
import { GoneError } from './refusal.ts';

/**
 * What changed of our bookings in the calendar since a mark, or all of them where there is none, or
 * Google knows it no more: the mark is as it gave it, before it the calendar that it is of.
 * @throws {CalendarError}
 */
export async function listChanges(
  parts: GoogleParts,
  since: string | null,
): Promise<CalendarChanges> {
  const { calendar } = parts.places;
  const of = `${encodeURIComponent(calendar)} `;
  const token = since?.startsWith(of) ? since.slice(of.length) : null;
  const told = token === null ? null : await listSince(parts, token);
  const listed = told ?? (await listAll(parts));
  if (listed.syncToken === null) {
    throw new CalendarUnreachableError('Google does not say where its list of changes ends.');
  }
  return {
    news: listed.events.flatMap((event) => toNews(event, parts.event.timeZone) ?? []),
    mark: of + listed.syncToken,
    ...(told ? {} : { isWhole: true }),
  };
}

/** Null where the token is known no more: then everything is read anew. */
async function listSince(parts: GoogleParts, syncToken: string): Promise<ListedEvents | null> {
  try {
    return await listEvents(parts, { syncToken });
  } catch (error) {
    if (error instanceof GoneError) return null;
    throw error;
  }
}

/** Deleted ones too: what was cancelled while no mark held is told. */
function listAll(parts: GoogleParts): Promise<ListedEvents> {
  return listEvents(parts, { showDeleted: true });
}
