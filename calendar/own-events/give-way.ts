import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknownError } from '../calendar-error.ts';
import { overlaps } from '../calendar.ts';
import type { Slot } from '../calendar.ts';
import { isBlocking } from '../slots/free-slots.ts';
import type { AppointmentBook } from './appointment-book.ts';

/** Milliseconds for which a rival is waited for that has to give way. */
const PATIENCE = 3_000;
/** Milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 800;

export interface WrittenBooking {
  reference: string;
  slot: Slot;
  /**
   * Its write was made by somebody who never told how it ended. A rival may have looked since, and be
   * about to give way: it is waited for longer than it waits itself.
   */
  isLate?: boolean;
}

/**
 * Whether a booking that was written must give way, since something else came in between: where
 * nothing refuses an overlap, the calendars are read once more after every write.
 *
 * What is no booking of ours stands. Of two of ours the one of the smaller reference stands, so that two
 * processes that see each other agree; but only once the other is gone, for it may have read before
 * ours was there, and stand. Whoever sees nobody stands: all that come later see it.
 *
 * Who settles a write long after it was made does not know whether it was seen alone then. It waits
 * until every rival has had the time to give way, and of two that are settled so the smaller waits
 * longer.
 *
 * @throws {OutcomeUnknownError} the calendars could not be read: it is no booking yet that may be promised
 */
export async function mustGiveWay(
  book: AppointmentBook,
  written: WrittenBooking,
): Promise<boolean> {
  const { reference, isLate = false } = written;
  const begun = performance.now();
  for (let wait = FIRST_PAUSE; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    const rivals = await listRivals(book, written);
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
  book: AppointmentBook,
  { reference, slot }: WrittenBooking,
): Promise<(string | null)[]> {
  try {
    const items = await book.read({ from: slot.start, to: slot.end }, { partOfWrite: true });
    return items
      .filter(({ booking }) => booking?.reference !== reference)
      .filter(({ times }) =>
        times.some((time) => isBlocking(time, book.availability) && overlaps(time, slot)),
      )
      .map(({ booking }) => booking?.reference ?? null);
  } catch (cause) {
    throw new OutcomeUnknownError('It was written, and the calendar could not be read after.', {
      cause,
    });
  }
}
