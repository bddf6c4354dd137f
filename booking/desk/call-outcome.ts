import type { CallOutcome } from '../../db/values.ts';
import type { BookingDesk } from './booking-desk.ts';
import type { MessagePad } from './message-pad.ts';

interface CountedCall {
  desk: BookingDesk | null;
  messages: Pick<MessagePad, 'taken'>;
  /** What came of it before a process that died. */
  earlier?: { outcome: CallOutcome | null } | null;
}

/** Of a call that changed something in a calendar, or may have. */
const CHANGES: readonly CallOutcome[] = ['booked', 'rescheduled', 'cancelled', 'unknown'];

/**
 * How a call counts by now: what was changed last counts, whatever came after it; then who it was
 * handed to; then what was written down. Null while nothing came of it.
 */
export function outcomeSoFar(
  call: CountedCall,
  { transferred }: { transferred: boolean },
): CallOutcome | null {
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
    case undefined: {
      const earlier = call.earlier?.outcome ?? null;
      if (earlier !== null && CHANGES.includes(earlier)) return earlier;
      if (transferred) return 'transferred';
      if (call.messages.taken > 0) return 'message_taken';
      return earlier;
    }
  }
}

/** How a call counts in the end. */
export function callOutcome(
  call: CountedCall,
  { failed, transferred }: { failed: boolean; transferred: boolean },
): CallOutcome {
  return outcomeSoFar(call, { transferred }) ?? (failed ? 'failed' : 'no_booking');
}
