import type { ItemOf } from '../../api/route-types.ts';

/** As the API answers it. */
export type Appointment = ItemOf<'listAppointments'>;

/** Who booked it, in words. */
export function bookedBy({ agent, bookedBy: by, callId, source }: Appointment): string {
  if (by) return `${by.name}, by hand`;
  if (callId !== null) return agent ? `${agent.name}, in a call` : 'in a call';
  return source === 'provider' ? 'in the calendar itself' : (agent?.name ?? 'unknown');
}

/** What is not settled, in words. */
export const OPEN_WORDS = {
  book: 'Nobody knows yet whether it was booked.',
  reschedule: 'Nobody knows yet whether it was moved.',
  cancel: 'Nobody knows yet whether it was cancelled.',
};
