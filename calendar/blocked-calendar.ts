import {
  CalendarError,
  CalendarSetupError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from './calendar-error.ts';
import type { Booking, Calendar, Slot, TimeRange } from './calendar.ts';
import type { BusyCalendar } from './provider.ts';
import type { Availability } from './slots/availability.ts';
import { isBlocking } from './slots/free-slots.ts';
import type { BusyTime } from './slots/free-slots.ts';

/** Milliseconds; longer than any slot, and than any buffer. */
const WIDEST = 24 * 3_600_000;
const MINUTE = 60_000;
const TAKEN = 'Something else stands at this time in a calendar that blocks it.';

/** A calendar that is asked before anything is booked into another one. */
export interface Blocker extends BusyCalendar {
  /** As its operator calls it. */
  name: string;
}

export interface BlockedCalendarOptions {
  blockers: readonly Blocker[];
  /** How the event counts what stands in them, and how much room it keeps. */
  rules: Pick<Availability, 'allDay' | 'tentative' | 'bufferBefore' | 'bufferAfter'>;
  /**
   * Whether the blockers are read once more after a write, and the write is taken back where something
   * came in between: of a provider that refuses no overlap itself.
   */
  looksAgain: boolean;
}

/**
 * A calendar that is booked only while others are free too. They are read with every list and again
 * before every write; one that cannot be read fails the list, and the write before it is sent.
 */
export function blockedCalendar(calendar: Calendar, options: BlockedCalendarOptions): Calendar {
  const { looksAgain } = options;
  const rivalOf = async (slot: Slot): Promise<BusyTime | undefined> => {
    const busy = await readBusy(options, { from: slot.start, to: slot.end }, true);
    return busy.find((time) => isInTheWay(time, slot, options));
  };
  /** A booking that stands and could not be compared is no booking that may be promised. */
  const hasRivalNow = async ({ start, end }: Booking): Promise<boolean> => {
    try {
      return (await rivalOf({ start, end })) !== undefined;
    } catch (cause) {
      const fact = 'It was written, and a calendar that blocks it could not be read after.';
      throw new OutcomeUnknownError(fact, { cause });
    }
  };
  return {
    ...calendarOf(calendar),

    async describe() {
      const description = await calendar.describe();
      const names = options.blockers.map(({ name }) => `"${name}"`).join(', ');
      return { ...description, remarks: [...(description.remarks ?? []), `blocked by ${names}`] };
    },

    async listSlots(range, durationMinutes) {
      const [slots, busy] = await Promise.all([
        calendar.listSlots(range, durationMinutes),
        readBusy(options, range, false),
      ]);
      return slots.filter((slot) => !busy.some((time) => isInTheWay(time, slot, options)));
    },

    async book(request) {
      if (await rivalOf(request.slot)) {
        // What blocks may be a copy of the booking that this key has made.
        const [known] = await calendar.findBookings({ key: request.key });
        if (!known) throw new SlotUnavailableError(TAKEN);
        return calendar.book(request);
      }
      const booking = await calendar.book(request);
      if (!looksAgain || !(await hasRivalNow(booking))) return booking;
      await takenBack(() => calendar.cancel(booking.reference, TAKEN));
      throw new SlotUnavailableError(TAKEN);
    },

    async reschedule(reference, slot, reason) {
      const rival = await rivalOf(slot);
      const [before] =
        rival || looksAgain ? await calendar.findBookings({ reference }) : [undefined];
      const stays = before?.start.getTime() === slot.start.getTime();
      if (rival && before && !stays) throw new SlotUnavailableError(TAKEN);
      const moved = await calendar.reschedule(reference, slot, reason);
      if (!looksAgain || !before || stays || !(await hasRivalNow(moved))) return moved;
      const { start, end } = before;
      await takenBack(() => calendar.reschedule(reference, { start, end }, TAKEN));
      throw new SlotUnavailableError(TAKEN);
    },

    ...(looksAgain
      ? {
          async settleWrite(booking: Booking, before: Slot | null): Promise<Booking> {
            const { reference } = booking;
            const settled = (await calendar.settleWrite?.(booking, before)) ?? booking;
            if (!(await hasRivalNow(settled))) return settled;
            // The mirror has heard of the move already: where it came from is not known here.
            if (before?.start.getTime() === settled.start.getTime()) throw standsBeside(options);
            await takenBack(() =>
              before
                ? calendar.reschedule(reference, before, TAKEN)
                : calendar.cancel(reference, TAKEN),
            );
            throw new SlotUnavailableError(TAKEN);
          },
        }
      : {}),
  };
}

/** What a calendar can do, for a wrapper that changes some of it: its methods may be a class's. */
function calendarOf(calendar: Calendar): Calendar {
  return {
    describe: () => calendar.describe(),
    listSlots: (range, durationMinutes) => calendar.listSlots(range, durationMinutes),
    book: (request) => calendar.book(request),
    findBookings: (query) => calendar.findBookings(query),
    reschedule: (reference, slot, reason) => calendar.reschedule(reference, slot, reason),
    cancel: (reference, reason) => calendar.cancel(reference, reason),
    ...(calendar.listBookings ? { listBookings: calendar.listBookings.bind(calendar) } : {}),
    ...(calendar.listChanges ? { listChanges: calendar.listChanges.bind(calendar) } : {}),
    ...(calendar.settleWrite ? { settleWrite: calendar.settleWrite.bind(calendar) } : {}),
    ...(calendar.hold ? { hold: calendar.hold.bind(calendar) } : {}),
  };
}

/** Everything in the blockers that could be in the way of a slot which begins in the range. */
async function readBusy(
  { blockers, rules }: BlockedCalendarOptions,
  range: TimeRange,
  partOfWrite: boolean,
): Promise<BusyTime[]> {
  const wider = {
    from: new Date(range.from.getTime() - WIDEST),
    to: new Date(range.to.getTime() + WIDEST),
  };
  const all = await Promise.all(
    blockers.map(async (blocker) => {
      try {
        return await blocker.listBusy(wider, { partOfWrite });
      } catch (error) {
        throw named(error, blocker);
      }
    }),
  );
  return all.flat().filter((time) => isBlocking(time, rules));
}

function isInTheWay(
  time: BusyTime,
  { start, end }: Slot,
  { rules: { bufferBefore, bufferAfter } }: BlockedCalendarOptions,
): boolean {
  return (
    time.start.getTime() < end.getTime() + bufferAfter * MINUTE &&
    start.getTime() - bufferBefore * MINUTE < time.end.getTime()
  );
}

/** The operator reads which calendar it is; a caller hears that of it what they would hear of any. */
function named(error: unknown, { name }: Blocker): unknown {
  if (!(error instanceof CalendarError)) return error;
  const fact = `The calendar "${name}", which blocks this one, cannot be read: ${error.message}`;
  if (error instanceof CalendarSetupError) {
    const { problem } = error;
    return new CalendarSetupError(fact, { problem, cause: error });
  }
  return new CalendarUnreachableError(fact, { cause: error });
}

function standsBeside({ blockers }: BlockedCalendarOptions): CalendarSetupError {
  const names = blockers.map(({ name }) => `"${name}"`).join(', ');
  const advice = `A booking stands at the time of something else in ${names}: remove one of the two in your calendar program.`;
  return new CalendarSetupError(advice, { problem: 'not-supported' });
}

/** @throws {OutcomeUnknownError} it may stand still */
async function takenBack(undo: () => Promise<Booking>): Promise<void> {
  try {
    await undo();
  } catch (cause) {
    throw new OutcomeUnknownError('It was written beside something else, and not taken back yet.', {
      cause,
    });
  }
}
