import { z } from 'zod';
import { chooseBlocking } from '../own-events/choose-blocking.ts';
import type { GoogleClient } from './client.ts';
import type { GooglePlaces, GoogleSettings } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Beside the one that is booked into: as many as can be asked for at once. */
const MOST_BLOCKING = 49;

const EntrySchema = z.object({
  id: z.string(),
  summary: z.string().default(''),
  summaryOverride: z.string().optional(),
  accessRole: z.string(),
  primary: z.boolean().default(false),
});

type Entry = z.infer<typeof EntrySchema>;

const ListSchema = z.object({
  kind: z.literal('calendar#calendarList'),
  items: z.array(EntrySchema),
  nextPageToken: z.string().optional(),
});

/** Whose calendars they are, and which of them is meant. */
export interface FoundPlaces {
  /** The address of the account. */
  account: string;
  places: GooglePlaces;
}

/**
 * Finds the calendars of the account that its operator named.
 * @throws {CalendarSetupError} there is none of that name, or it may not be written into
 * @throws {CalendarError}
 */
export async function findPlaces(
  client: GoogleClient,
  settings: GoogleSettings,
): Promise<FoundPlaces> {
  const entries = await listCalendars(client);
  const primary = entries.find((entry) => entry.primary);
  if (!primary) {
    throw setupError(
      'event-type-missing',
      'The account has no main calendar: open Google Calendar once.',
    );
  }
  const target = settings.calendar === undefined ? primary : findNamed(entries, settings.calendar);
  if (target.accessRole !== 'owner') {
    throw setupError(
      'key-without-rights',
      `The calendar "${nameOf(target)}" belongs to somebody else: only a calendar of the account's own can be booked into. Choose another one, or have its owner sign in.`,
    );
  }
  const named = (name: string) => findNamed(entries, name);
  const blocking = chooseBlocking(entries, settings.busyCalendars, named)
    .map(({ id }) => id)
    .filter((id) => id !== target.id);
  if (blocking.length > MOST_BLOCKING) {
    throw setupError(
      'not-supported',
      `At most ${MOST_BLOCKING} other calendars can block: name them.`,
    );
  }
  return {
    account: primary.id,
    places: { calendar: target.id, name: nameOf(target), blocking: [...new Set(blocking)] },
  };
}

async function listCalendars(client: GoogleClient): Promise<Entry[]> {
  const entries: Entry[] = [];
  let pageToken: string | undefined;
  do {
    const answer = await client.call({
      method: 'GET',
      path: ['users', 'me', 'calendarList'],
      query: { maxResults: 250, showHidden: true, pageToken },
      answer: ListSchema,
    });
    entries.push(...answer.items);
    pageToken = answer.nextPageToken;
  } while (pageToken !== undefined);
  return entries;
}

function findNamed(entries: readonly Entry[], wanted: string): Entry {
  const found = entries.filter(
    (entry) =>
      nameOf(entry) === wanted || entry.id === wanted || (wanted === 'primary' && entry.primary),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = entries.map((entry) => `"${nameOf(entry)}"`).join(', ');
  throw setupError(
    'event-type-missing',
    only
      ? `The account has several calendars called "${wanted}": name one by its id, ${found.map(({ id }) => id).join(' or ')}.`
      : `The account has no calendar "${wanted}"; it has ${names}.`,
  );
}

function nameOf({ summary, summaryOverride }: Entry): string {
  return summaryOverride ?? summary;
}
