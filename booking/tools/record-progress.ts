import { outcomeSoFar } from '../desk/call-outcome.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';
import type { ServedCall } from './tool.ts';

/**
 * Writes on the call's row how it counts by now, and what was booked, moved or cancelled last, from
 * the booking itself: a killed process leaves a row that is true.
 */
export function recordProgress(
  call: Pick<ServedCall, 'messages' | 'record'> & { desk: BookingDesk | null },
  { transferred }: { transferred: boolean },
): void {
  const outcome = outcomeSoFar(call, { transferred });
  if (outcome === null) return;
  const made = call.desk?.appointment;
  call.record.progress({
    outcome,
    ...(made?.confirmation
      ? {
          appointment: {
            ...made.confirmation,
            status: made.status,
            ...(made.before === null ? {} : { before: made.before }),
            start: made.start,
            end: made.end,
            label: made.label,
            attendee: { ...made.confirmation.attendee, timeZone: made.timeZone },
          },
        }
      : {}),
  });
}
