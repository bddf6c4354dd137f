import { setTimeout as pause } from 'node:timers/promises';
import { CalendarUnreachableError, OutcomeUnknownError } from './calendar-error.ts';
import type { BookRequest, Calendar, Slot, TimeRange } from './calendar.ts';

/** A fault to inject, `times` over. */
export interface CalendarFault {
  at: 'calendar.book' | 'calendar.listSlots';
  kind: 'delay' | 'taken' | 'commit-then-timeout' | 'unreachable';
  times: number;
  /** For `delay`; 3,000 unless given. */
  milliseconds?: number | undefined;
}

/**
 * A calendar that fails as a rehearsal asks: what lies behind it stays real. With `taken`, a rival
 * really books the slot first.
 */
export function faultyCalendar(calendar: Calendar, faults: readonly CalendarFault[]): Calendar {
  const pending = faults.map((fault) => ({ ...fault }));
  const next = (at: CalendarFault['at']): CalendarFault | undefined => {
    const fault = pending.find((candidate) => candidate.at === at && candidate.times > 0);
    if (fault) fault.times -= 1;
    return fault;
  };
  return {
    describe: () => calendar.describe(),
    findBookings: (query) => calendar.findBookings(query),
    reschedule: (reference, slot, reason) => calendar.reschedule(reference, slot, reason),
    cancel: (reference, reason) => calendar.cancel(reference, reason),

    async listSlots(range: TimeRange): Promise<Slot[]> {
      const fault = next('calendar.listSlots');
      if (fault?.kind === 'unreachable') throw new CalendarUnreachableError('Injected fault.');
      if (fault?.kind === 'delay') await pause(fault.milliseconds ?? 3_000);
      return calendar.listSlots(range);
    },

    async book(request: BookRequest) {
      const fault = next('calendar.book');
      if (fault?.kind === 'unreachable') throw new CalendarUnreachableError('Injected fault.');
      if (fault?.kind === 'delay') await pause(fault.milliseconds ?? 3_000);
      if (fault?.kind === 'taken') {
        const attendee = {
          ...request.attendee,
          name: 'A rival caller',
          email: 'rival@example.com',
          phone: null,
        };
        await calendar.book({ ...request, attendee, key: `rival:${request.key}`, notes: null });
      }
      const booking = await calendar.book(request);
      if (fault?.kind === 'commit-then-timeout') {
        throw new OutcomeUnknownError('Injected fault: booked, then no answer.');
      }
      return booking;
    },
  };
}
