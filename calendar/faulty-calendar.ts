import { setTimeout as pause } from 'node:timers/promises';
import {
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
} from './calendar-error.ts';
import type { Booking, Calendar, Slot } from './calendar.ts';

/** A fault to inject, `times` over. */
export interface CalendarFault {
  at:
    | 'calendar.listSlots'
    | 'calendar.findBookings'
    | 'calendar.book'
    | 'calendar.reschedule'
    | 'calendar.cancel';
  /**
   * - `delay`: answers late; 3,000 ms unless `milliseconds` says otherwise.
   * - `unreachable`, `rate-limited`: fails before anything was done; the limit says to wait for
   *   `milliseconds`, 30,000 by default.
   * - `commit-then-timeout`: of a write; does it, and its answer is lost.
   * - `taken`: of a write that wants a slot; a rival really books it first.
   */
  kind: 'delay' | 'unreachable' | 'rate-limited' | 'commit-then-timeout' | 'taken';
  times: number;
  milliseconds?: number | undefined;
}

/** Begins the key of what a rival booked, so that it can be told from the caller's own. */
export const RIVAL = 'rival:';

/** The faults that are still to come. */
class PendingFaults {
  readonly #left: CalendarFault[];

  constructor(faults: readonly CalendarFault[]) {
    this.#left = faults.map((fault) => ({ ...fault }));
  }

  take(at: CalendarFault['at']): CalendarFault | undefined {
    const fault = this.#left.find((each) => each.at === at && each.times > 0);
    if (fault) fault.times -= 1;
    return fault;
  }
}

/** A calendar that fails as a rehearsal asks: what lies behind it stays real. */
export function faultyCalendar(calendar: Calendar, faults: readonly CalendarFault[]): Calendar {
  const pending = new PendingFaults(faults);
  const letRivalBook = async (slot: Slot, key: string): Promise<void> => {
    await calendar.book({
      slot,
      attendee: {
        name: 'A rival caller',
        email: 'rival@example.com',
        phone: null,
        timeZone: 'UTC',
      },
      key: `${RIVAL}${key}`,
      notes: null,
      answers: {},
    });
  };
  const read = async <T>(at: CalendarFault['at'], work: () => Promise<T>): Promise<T> => {
    await failBefore(pending.take(at));
    return work();
  };
  const write = async (
    at: CalendarFault['at'],
    wanted: { slot: Slot; key: string } | null,
    work: () => Promise<Booking>,
  ): Promise<Booking> => {
    const fault = pending.take(at);
    await failBefore(fault);
    if (fault?.kind === 'taken' && wanted) await letRivalBook(wanted.slot, wanted.key);
    const booking = await work();
    if (fault?.kind === 'commit-then-timeout') {
      throw new OutcomeUnknownError('Injected fault: done, then no answer.');
    }
    return booking;
  };
  return {
    describe: () => calendar.describe(),
    listSlots: (range, durationMinutes) =>
      read('calendar.listSlots', () => calendar.listSlots(range, durationMinutes)),
    findBookings: (query) => read('calendar.findBookings', () => calendar.findBookings(query)),
    book: (request) => write('calendar.book', request, () => calendar.book(request)),
    reschedule: (reference, slot, reason) =>
      write('calendar.reschedule', { slot, key: `${reference}:${slot.start.toISOString()}` }, () =>
        calendar.reschedule(reference, slot, reason),
      ),
    cancel: (reference, reason) =>
      write('calendar.cancel', null, () => calendar.cancel(reference, reason)),
    ...(calendar.listBookings ? { listBookings: calendar.listBookings.bind(calendar) } : {}),
    ...(calendar.listChanges ? { listChanges: calendar.listChanges.bind(calendar) } : {}),
    ...(calendar.settleWrite ? { settleWrite: calendar.settleWrite.bind(calendar) } : {}),
    ...(calendar.hold ? { hold: calendar.hold.bind(calendar) } : {}),
  };
}

async function failBefore(fault: CalendarFault | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'unreachable':
      throw new CalendarUnreachableError('Injected fault.');
    case 'rate-limited':
      throw new RateLimitedError('Injected fault.', { retryAfter: fault.milliseconds ?? 30_000 });
    case 'delay':
      await pause(fault.milliseconds ?? 3_000);
      return;
    case 'commit-then-timeout':
    case 'taken':
    case undefined:
  }
}
