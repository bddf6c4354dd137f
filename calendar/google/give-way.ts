import { OutcomeUnknownError, SlotUnavailableError } from '../calendar-error.ts';
import type { Slot } from '../calendar.ts';
import { mustGiveWay } from '../own-events/give-way.ts';
import type { WrittenBooking } from '../own-events/give-way.ts';
import type { GoogleParts } from './calendar-parts.ts';
import type { GoogleEvent } from './event.ts';
import { deleteEvent, patchTimes } from './write-event.ts';

/**
 * Lets a new booking stand, or takes it away again.
 * @throws {SlotUnavailableError} it gave way, and is deleted
 * @throws {OutcomeUnknownError} it is written, and may have to give way yet
 */
export async function standOrLeave(parts: GoogleParts, written: WrittenBooking): Promise<void> {
  if (!(await mustGiveWay(parts.book, written))) return;
  await ending('It stands at a time that is taken, and is not deleted yet.', () =>
    deleteEvent(parts, written.reference),
  );
}

/**
 * Lets a moved booking stand, or puts it back.
 * @throws {SlotUnavailableError} it gave way, and is where it was
 * @throws {OutcomeUnknownError} it is moved, and may have to give way yet
 */
export async function standOrGoBack(
  parts: GoogleParts,
  event: GoogleEvent,
  written: WrittenBooking,
  before: Slot,
): Promise<void> {
  if (!(await mustGiveWay(parts.book, written))) return;
  await ending('It was moved to a time that is taken, and not back yet.', () =>
    patchTimes(parts, event, before),
  );
}

async function ending(whileOpen: string, undo: () => Promise<unknown>): Promise<never> {
  try {
    await undo();
  } catch (cause) {
    throw new OutcomeUnknownError(whileOpen, { cause });
  }
  throw new SlotUnavailableError('Somebody else booked the time at the same moment.');
}
