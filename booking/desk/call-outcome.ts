import type { CallOutcome } from '../../db/schema.ts';
import type { BookingDesk } from './booking-desk.ts';
import type { MessagePad } from './take-message.ts';

/**
 * How a call counts in the end: what was changed last counts, whatever came after it; then who it was
 * handed to; then what was written down.
 */
export function callOutcome(
  call: { desk: BookingDesk | null; messages: Pick<MessagePad, 'taken'> },
  { failed, transferred }: { failed: boolean; transferred: boolean },
): CallOutcome {
  switch (call.desk?.appointment?.status) {
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
      if (transferred) return 'transferred';
      if (call.messages.taken > 0) return 'message_taken';
      return failed ? 'failed' : 'no_booking';
  }
}
