import type { CallAppointment } from '../../booking/desk/call-appointments.ts';
import { languageName } from '../../calls/languages.ts';
import type { OpenCall } from './open-call.ts';

/** How an appointment that was changed stands. */
export const STANDS: Record<CallAppointment['status'], string> = {
  booked: 'is booked',
  requested: 'is requested, and the business has yet to accept it',
  rescheduled: 'was moved to this time',
  cancelled: 'is cancelled',
  unconfirmed: 'is not confirmed yet: neither call it booked nor failed',
};

/** What stands in a call, from the desk itself. */
export function whatStands({ desk }: Pick<OpenCall, 'desk'>): string[] {
  const made = desk?.appointment ?? null;
  const offer = desk?.offer ?? null;
  const chosen = offer?.slots.find(({ isChosen }) => isChosen);
  return [
    made
      ? `What was last changed: the appointment ${made.label} ${STANDS[made.status]}. Do not do it again.`
      : 'Nothing has been booked, moved or cancelled in this call so far.',
    'A tool that was called and has not answered yet is still at work: do not call it again.',
    ...(offer && offer.slots.length > 0
      ? [
          `The times offered last: ${offer.slots.map(({ id, label }) => `${label} (slot_id ${id})`).join('; ')}.`,
        ]
      : []),
    ...(chosen ? [`The caller chose ${chosen.label}.`] : []),
  ];
}

/**
 * The same for a model whose connection was renewed in the middle of the call: it may remember less than
 * the caller does.
 */
export function recallCall(call: Pick<OpenCall, 'desk' | 'language'>): string {
  const { now } = call.language;
  return [
    'The connection was renewed in the middle of this call. Go on where you were; greet nobody again.',
    `You speak ${languageName(now)} with this caller.`,
    ...whatStands(call),
  ].join('\n');
}
