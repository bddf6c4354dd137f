import { setTimeout as pause } from 'node:timers/promises';
import {
  BookingNotFoundError,
  CalendarError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { Slot } from '../calendar.ts';
import { isSame } from '../own-events/free-times.ts';
import { eventsPath } from './calendar-parts.ts';
import type { GoogleParts } from './calendar-parts.ts';
import { EventSchema, isReference, isRoomPending, slotOf, writeMove } from './event.ts';
import type { GoogleEvent } from './event.ts';
import { calendarGone, readEvent } from './read-events.ts';
import { ChangedMeanwhileError, DuplicateIdError, GoneError } from './refusal.ts';

/** How often a change is tried whose event somebody else changes too. */
const ATTEMPTS = 3;
/** Milliseconds for which a room to meet in is waited for, between two looks. */
const ROOM_PAUSES = [200, 400, 800];

/** Whoever is invited is written to by Google. */
const TELLING = { sendUpdates: 'all' } as const;

/** Whether an event is as a write was to make it. */
type IsDone = (event: GoogleEvent) => boolean;

/** That an event stands at a time; whoever wrote it. */
export function standsAt({ event: { timeZone } }: GoogleParts, slot: Slot): IsDone {
  return (event) => {
    const at = slotOf(event, timeZone);
    return event.status !== 'cancelled' && at !== null && isSame(at, slot);
  };
}

/**
 * Writes a new event once, under an id of ours: an event of that id is the one that was to be written,
 * whoever wrote it. Google finds two of one id by and large, not always; they would be two of one key.
 * @throws {SlotUnavailableError} one of that id was there, and was deleted
 * @throws {OutcomeUnknownError} it may come yet
 * @throws {CalendarError} nothing was written
 */
export async function insertEvent(
  parts: GoogleParts,
  body: { id: string },
  slot: Slot,
): Promise<GoogleEvent> {
  const isDone = standsAt(parts, slot);
  try {
    const made = await parts.client.call({
      method: 'POST',
      path: eventsPath(parts),
      query: { ...TELLING, conferenceDataVersion: 1 },
      body,
      answer: EventSchema,
    });
    return requireDone(made, isDone);
  } catch (error) {
    if (error instanceof DuplicateIdError) {
      const there = await lookUp(parts, body.id, error);
      if (there?.status === 'cancelled') {
        throw new SlotUnavailableError('The booking of this key was cancelled.', { cause: error });
      }
      if (there) return requireDone(there, isDone);
      throw new OutcomeUnknownError('Google has it and does not show it.', { cause: error });
    }
    if (error instanceof BookingNotFoundError) throw calendarGone(error);
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const there = await lookUp(parts, body.id, error);
    if (there && isDone(there)) return there;
    throw error;
  }
}

/**
 * Moves an event, anew where somebody else changed it meanwhile.
 * @param mayMove asked before each attempt; false where it is as it should be
 * @throws {BookingNotFoundError} {CalendarError}
 */
export async function moveEvent(
  parts: GoogleParts,
  reference: string,
  slot: Slot,
  mayMove: (event: GoogleEvent) => Promise<boolean>,
): Promise<{ before: GoogleEvent; after: GoogleEvent }> {
  const isDone = standsAt(parts, slot);
  for (let attempt = 1; ; attempt += 1) {
    const before = await requireEvent(parts, reference);
    if (!(await mayMove(before))) return { before, after: before };
    try {
      return { before, after: await patchTimes(parts, before, slot, isDone) };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhileError) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/**
 * Puts an event to another time, where it is as it was read.
 * @throws {ChangedMeanwhileError} {OutcomeUnknownError} {CalendarError}
 */
export async function patchTimes(
  parts: GoogleParts,
  before: GoogleEvent,
  slot: Slot,
  isDone = standsAt(parts, slot),
): Promise<GoogleEvent> {
  const { timeZone } = parts.event;
  const from = slotOf(before, timeZone);
  if (!from) throw new OutcomeUnknownError('Google answered an event without its times.');
  try {
    const after = await parts.client.call({
      method: 'PATCH',
      path: eventsPath(parts, before.id),
      query: TELLING,
      body: writeMove(from, slot, timeZone),
      answer: EventSchema,
      ...(before.etag === undefined ? {} : { ifMatch: before.etag }),
    });
    return requireDone(after, isDone);
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const there = await lookUp(parts, before.id, error);
    if (there && isDone(there)) return there;
    throw error;
  }
}

/**
 * Deletes an event, which stays readable as cancelled. One that is deleted already is as it should be.
 * @throws {BookingNotFoundError} there never was one
 * @throws {OutcomeUnknownError} it may stand yet
 * @throws {CalendarError}
 */
export async function deleteEvent(parts: GoogleParts, id: string): Promise<void> {
  try {
    await parts.client.call({
      method: 'DELETE',
      path: eventsPath(parts, id),
      query: TELLING,
      answer: null,
    });
  } catch (error) {
    if (error instanceof GoneError) return;
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const there = await lookUp(parts, id, error);
    if (there === null || there.status === 'cancelled') return;
    throw error;
  }
}

/** The event with the room that was asked for, where it comes within a moment. */
export async function awaitRoom(parts: GoogleParts, event: GoogleEvent): Promise<GoogleEvent> {
  let seen = event;
  for (const milliseconds of ROOM_PAUSES) {
    if (!isRoomPending(seen)) return seen;
    await pause(milliseconds);
    try {
      seen = (await readEvent(parts, event.id, { partOfWrite: true })) ?? seen;
    } catch (error) {
      // It is booked: a room that is told of later is no reason to say that it is not.
      if (!(error instanceof CalendarError)) throw error;
      return seen;
    }
  }
  return seen;
}

/** @throws {BookingNotFoundError} */
export async function requireEvent(parts: GoogleParts, reference: string): Promise<GoogleEvent> {
  // What is none of ours is neither moved nor deleted, whatever its id.
  const event = isReference(reference)
    ? await readEvent(parts, reference, { partOfWrite: true })
    : null;
  if (event) return event;
  throw new BookingNotFoundError('The calendar has no such booking.');
}

/** What Google answered is believed, not what was sent. */
function requireDone(event: GoogleEvent, isDone: IsDone): GoogleEvent {
  if (isDone(event)) return event;
  throw new OutcomeUnknownError('Google has something else than what was written.');
}

/** The event as it is after a write whose outcome is not known. */
async function lookUp(
  parts: GoogleParts,
  id: string,
  cause: CalendarError,
): Promise<GoogleEvent | null> {
  try {
    return await readEvent(parts, id, { partOfWrite: true });
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether it was written could not be looked up.', { cause });
  }
}
