import {
  BookingNotFoundError,
  CalendarError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { BookRequest, Slot } from '../calendar.ts';
import { isSame } from '../own-events/free-times.ts';
import type { MicrosoftParts } from './calendar-parts.ts';
import { bookingOf, GraphEventSchema, movedEvent, newEvent } from './graph-event.ts';
import type { StoredEvent } from './graph-event.ts';
import { findByKey, readEvent } from './read-events.ts';
import { ChangedMeanwhileError, refusalOf } from './refusal.ts';

/** Milliseconds; with the look-up after it below the 15 s that a caller waits. */
const WRITE_TIMEOUT = 7_000;
/** How often a change is tried whose event somebody else changes too. */
const ATTEMPTS = 3;
/** Exchange refuses a comment that is empty. */
const NO_REASON = 'No reason was given.';

/**
 * Creates the event of a booking once. After anything but a plain answer it is looked up by its key.
 * @throws {SlotUnavailableError} its key made one before, which is gone
 * @throws {OutcomeUnknownError} it may come yet
 * @throws {CalendarError} nothing was written
 */
export async function createEvent(
  parts: MicrosoftParts,
  request: BookRequest,
  event: { eventType: string; title?: string; isTeams: boolean },
): Promise<StoredEvent> {
  const { client, places, timeZone } = parts;
  try {
    const created = await client.call({
      method: 'POST',
      path: ['me', 'calendars', places.calendar, 'events'],
      body: newEvent(request, event),
      answer: GraphEventSchema,
      timeout: WRITE_TIMEOUT,
    });
    // What is not named in a request is not always in its answer: the properties are read back.
    const stored =
      bookingOf(created, timeZone) ?? (await readAfter(() => readWritten(parts, created.id)));
    if (stored && isDone(stored, request)) return stored;
    throw new OutcomeUnknownError('Microsoft Graph answered another event than was sent.');
  } catch (error) {
    const isKnown = refusalOf(error)?.code === 'ErrorDuplicateTransactionId';
    if (!isKnown && !(error instanceof OutcomeUnknownError)) throw error;
    const found = await readAfter(() => findByKey(parts, request.key, { partOfWrite: true }));
    if (found && !found.isCancelled) return found;
    if (isKnown) {
      throw new SlotUnavailableError('The booking of this key was cancelled.', { cause: error });
    }
    throw error;
  }
}

function readWritten(parts: MicrosoftParts, reference: string): Promise<StoredEvent | null> {
  return readEvent(parts, reference, { partOfWrite: true });
}

function isDone({ slot, note, isCancelled }: StoredEvent, request: BookRequest): boolean {
  return !isCancelled && note.key === request.key && isSame(slot, request.slot);
}

/**
 * Moves a booking, anew where somebody else changed it meanwhile. Its body is not touched: in that of
 * an online meeting are the words by which one joins it.
 *
 * @param mayMove asked for each state that is found; false where it is as it should be
 * @throws {BookingNotFoundError} {OutcomeUnknownError} {CalendarError}
 */
export async function moveEvent(
  parts: MicrosoftParts,
  { reference, slot }: { reference: string; slot: Slot },
  mayMove: (stored: StoredEvent) => Promise<boolean>,
): Promise<{ before: StoredEvent; after: StoredEvent }> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await readEvent(parts, reference, { partOfWrite: true });
    if (!before) throw new BookingNotFoundError('The calendar has no such booking.');
    if (!(await mayMove(before))) return { before, after: before };
    try {
      return { before, after: await sendMove(parts, before, slot) };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhileError) || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function sendMove(
  parts: MicrosoftParts,
  before: StoredEvent,
  slot: Slot,
): Promise<StoredEvent> {
  const { reference, etag } = before;
  let unknown: OutcomeUnknownError | null = null;
  try {
    await parts.client.call({
      method: 'PATCH',
      path: ['me', 'events', reference],
      body: movedEvent(before, slot),
      ifMatch: etag,
      answer: null,
      timeout: WRITE_TIMEOUT,
    });
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    unknown = error;
  }
  const after = await readAfter(() => readWritten(parts, reference));
  if (after && !after.isCancelled && isSame(after.slot, slot)) return after;
  throw unknown ?? new OutcomeUnknownError('The calendar answered a move, and has something else.');
}

/**
 * Takes the event of a booking away, and tells its attendees why; one that is gone is no error.
 * @throws {OutcomeUnknownError} it may be there yet
 * @throws {CalendarError}
 */
export async function removeEvent(
  parts: MicrosoftParts,
  { reference, hasAttendees, isOrganizer }: StoredEvent,
  reason: string,
): Promise<void> {
  const path = ['me', 'events', reference];
  const tells = hasAttendees && isOrganizer;
  try {
    await parts.client.call({
      method: tells ? 'POST' : 'DELETE',
      path: tells ? [...path, 'cancel'] : path,
      ...(tells ? { body: { comment: reason.trim() || NO_REASON } } : {}),
      answer: null,
      timeout: WRITE_TIMEOUT,
    });
  } catch (error) {
    if (error instanceof BookingNotFoundError) return;
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const left = await readAfter(() => readWritten(parts, reference));
    if (left && !left.isCancelled) throw error;
  }
}

/** @throws {OutcomeUnknownError} what became of a write cannot be read */
async function readAfter<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    throw new OutcomeUnknownError('What became of it could not be looked up.', { cause });
  }
}
