import type { BookingDesk } from '../booking/booking-desk.ts';
import type { CallOutcome } from '../db/schema.ts';

/** How a call counts in the end: what was changed last counts, whatever came after it. */
export function callOutcome(desk: BookingDesk | null, failed: boolean): CallOutcome {
  switch (desk?.appointment?.status) {
    case 'booked':
    case 'requested':
      return 'booked';
    case 'rescheduled':
      return 'rescheduled';
    case 'cancelled':
      return 'cancelled';
    case 'unconfirmed':
      return 'unknown';
    case undefined:
      return failed ? 'failed' : 'no_booking';
  }
}
