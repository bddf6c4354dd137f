import { OutcomeUnknownError, SlotUnavailableError } from '../calendar-error.ts';
import type { CalendarSetupError } from '../calendar-error.ts';
import type { Slot } from '../calendar.ts';
import { isSame } from '../own-events/free-times.ts';
import { mustGiveWay } from '../own-events/give-way.ts';
import { writeMoved } from './booking-object.ts';
import type { StoredObject } from './booking-object.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { setupError } from './setup-error.ts';
import { removeObject, writeObject } from './write-object.ts';

interface Written {
  /** The time that a move came from; null of a new booking. */
  before: Slot | null;
  /** Its write was made by somebody who never told how it ended. */
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
  if (!(await mustGiveWay(parts.book, { ...stored, isLate }))) return;
  if (before && isSame(before, stored.slot)) throw standsBeside();
  if (before) await moveBack(parts, stored, before);
  else await removeObject(parts, stored.reference);
  throw new SlotUnavailableError('Somebody else booked the time at the same moment.');
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

/** Where it was before nobody knows any more: what it was moved with another program has taken away. */
function standsBeside(): CalendarSetupError {
  return setupError(
    'not-supported',
    'A booking stands at the time of something else: move one of the two in your calendar program.',
  );
}
