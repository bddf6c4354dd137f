import { setTimeout as pause } from 'node:timers/promises';
import { overlaps } from '../calendar.ts';
import type { Slot } from '../calendar.ts';
import { isBlocking } from '../slots/free-slots.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { readItems } from './read-objects.ts';

/** Milliseconds for which a rival is waited for that has to give way. */
const PATIENCE = 3_000;
/** Milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 800;

/**
 * Whether a booking that was just written must give way, since something else came in between: no
 * server refuses an overlap.
 *
 * What is no booking of ours stands. Of two of ours the one of the smaller reference stands, so that two
 * processes that see each other agree; but only once the other is gone, for it may have read before
 * ours was there, and stand. Whoever sees nobody stands: all that come later see it.
 *
 * @throws {CalendarError} the calendar could not be read
 */
export async function mustGiveWay(
  parts: CaldavParts,
  { reference, slot }: { reference: string; slot: Slot },
): Promise<boolean> {
  const ends = performance.now() + PATIENCE;
  for (let wait = FIRST_PAUSE; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    const rivals = await listRivals(parts, { reference, slot });
    if (rivals.length === 0) return false;
    if (rivals.some((rival) => rival === null || rival < reference)) return true;
    if (performance.now() > ends) return true;
    await pause(wait);
  }
}

/** The references of what overlaps; null for what is no booking of ours. */
async function listRivals(
  parts: CaldavParts,
  { reference, slot }: { reference: string; slot: Slot },
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
