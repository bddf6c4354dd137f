import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknownError, SlotUnavailableError } from '../calendar-error.ts';
import { overlaps } from '../calendar.ts';
import type { Slot } from '../calendar.ts';
import { isBlocking } from '../slots/free-slots.ts';
import { writeMoved } from './booking-object.ts';
import type { StoredObject } from './booking-object.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { isSame } from './free-times.ts';
import { readItems } from './read-objects.ts';
import { removeObject, writeObject } from './write-object.ts';

/** Milliseconds for which a rival is waited for that has to give way. */
const PATIENCE = 3_000;
/** Milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 800;

interface Written {
  /** The time that a move came from; null of a new booking. */
  before: Slot | null;
  /**
   * Its write was made by somebody who never told how it ended. A rival may have looked since, and be
   * about to give way: it is waited for longer than it waits itself.
   */
  isLate?: boolean;
}

/**
 * Lets a booking that was written stand, or give way to what came in between: a new one is taken away,
 * a moved one goes back.
 * @throws {SlotUnavailableError} it gave way
 * @throws {OutcomeUnknownError} it is written, and may have to give way yet
 */
export async function standOrGiveWay(
  parts: CaldavParts,
  stored: StoredObject,
  { before, isLate = false }: Written,
): Promise<void> {
  if (!(await compare(parts, stored, isLate))) return;
  if (before) await moveBack(parts, stored, before);
  else await removeObject(parts, stored.reference);
  throw new SlotUnavailableError('Somebody else booked the time at the same moment.');
}

/** A booking that stands and could not be compared is no booking that may be promised. */
async function compare(
  parts: CaldavParts,
  stored: StoredObject,
  isLate: boolean,
): Promise<boolean> {
  try {
    return await mustGiveWay(parts, stored, isLate);
  } catch (cause) {
    throw new OutcomeUnknownError('It was written, and the calendar could not be read after.', {
      cause,
    });
  }
}

async function moveBack(parts: CaldavParts, stored: StoredObject, slot: Slot): Promise<void> {
  try {
    await writeObject(parts, {
      reference: stored.reference,
      replaces: stored,
      ics: writeMoved(stored, slot, 'The new time was taken.', parts.now()),
      isDone: (after) => isSame(after.slot, slot),
    });
  } catch (cause) {
    throw new OutcomeUnknownError('It was moved to a time that is taken, and not back yet.', {
      cause,
    });
  }
}

/**
 * Whether a booking that was written must give way, since something else came in between: no server
 * refuses an overlap.
 *
 * What is no booking of ours stands. Of two of ours the one of the smaller reference stands, so that two
 * processes that see each other agree; but only once the other is gone, for it may have read before
 * ours was there, and stand. Whoever sees nobody stands: all that come later see it.
 *
 * Who settles a write long after it was made does not know whether it was seen alone then. It waits
 * until every rival has had the time to give way, and of two that are settled so the smaller waits
 * longer.
 *
 * @throws {CalendarError} the calendar could not be read
 */
async function mustGiveWay(
  parts: CaldavParts,
  booking: StoredObject,
  isLate: boolean,
): Promise<boolean> {
  const { reference } = booking;
  const begun = performance.now();
  for (let wait = FIRST_PAUSE; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    const rivals = await listRivals(parts, booking);
    if (rivals.length === 0) return false;
    if (rivals.includes(null)) return true;
    const isFirst = rivals.every((rival) => rival !== null && rival > reference);
    if (!isFirst && !isLate) return true;
    const patience = isLate ? PATIENCE * (isFirst ? 3 : 2) : PATIENCE;
    if (performance.now() - begun > patience) return true;
    await pause(wait);
  }
}

/** The references of what overlaps; null for what is no booking of ours. */
async function listRivals(
  parts: CaldavParts,
  { reference, slot }: StoredObject,
): Promise<(string | null)[]> {
  const range = { from: slot.start, to: slot.end };
  const items = await readItems(parts, parts.places.blocking, range, { partOfWrite: true });
  return items
    .filter(({ booking }) => booking?.reference !== reference)
    .filter(({ times }) =>
      times.some((time) => isBlocking(time, parts.availability) && overlaps(time, slot)),
    )
    .map(({ booking }) => booking?.reference ?? null);
}
