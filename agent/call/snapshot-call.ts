import type { CallView } from '../../calls/call-view.ts';
import type { OpenCall } from './open-call.ts';

/** The call as a page may show it: from the desk, never from the model's words. */
export function snapshotCall(
  call: OpenCall,
  state: CallView['state'],
  rehearsal: boolean,
): CallView {
  const made = call.desk?.appointment ?? null;
  return {
    v: 1,
    businessName: call.agent.businessName,
    rehearsal,
    state,
    timeZone: call.timeZone,
    offer: call.desk?.offer ?? null,
    appointment: made && {
      status: made.status,
      label: made.label,
      start: made.start,
      end: made.end,
      timeZone: made.timeZone,
      attendee: made.attendee,
    },
  };
}
