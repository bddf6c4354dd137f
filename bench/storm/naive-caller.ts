import { randomUUID } from 'node:crypto';
import { SlotUnavailableError } from '../../calendar/calendar-error.ts';
import type { Attendee, Calendar, Slot } from '../../calendar/calendar.ts';

/** What the caller hears. */
export type Told = 'booked' | 'taken' | 'failed';

/**
 * Books as a first version would: looks whether the time is free, books it, and tries once more
 * when no answer comes.
 */
export async function bookNaively(
  calendar: Calendar,
  slot: Slot,
  attendee: Attendee,
): Promise<Told> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const free = await calendar.listSlots({ from: slot.start, to: slot.end });
      if (!free.some(({ start }) => start.getTime() === slot.start.getTime())) return 'taken';
      await calendar.book({ slot, attendee, key: randomUUID(), notes: null, answers: {} });
      return 'booked';
    } catch (error) {
      if (error instanceof SlotUnavailableError) return 'taken';
      if (attempt === 2) return 'failed';
    }
  }
}
