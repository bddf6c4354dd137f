import type { CallAppointment } from '../../booking/desk/call-appointments.ts';
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
    v: 2,
    businessName: call.agent.businessName,
    rehearsal,
    state,
    timeZone: call.timeZone,
    language: call.language.now,
    offer: call.desk?.offer ?? null,
    details: call.desk?.callerDetails ?? [],
    appointment: made && withoutRow(made),
  };
}

/** What only operators read stays here. */
function withoutRow({
  confirmation: _confirmation,
  before: _before,
  timeZone: _timeZone,
  ...appointment
}: CallAppointment): CallView['appointment'] {
  return appointment;
}
