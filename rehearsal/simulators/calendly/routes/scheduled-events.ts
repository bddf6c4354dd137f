import { z } from 'zod';
import { idIn, inviteeAnswer, meetingAnswer } from '../answers.ts';
import { invalidArgument, notFound, permissionDenied } from '../calendly-error.ts';
import { resource } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import { cancelMeeting } from '../hands.ts';
import type { Meeting } from '../model.ts';
import { page } from '../pages.ts';

export const listEvents: Handler = ({ state, caller, query }) => {
  const host = query.get('user');
  if (host === null) {
    throw invalidArgument({
      parameter: 'user',
      message: 'either organization or user must be given',
    });
  }
  if (idIn(host) !== caller.id) throw permissionDenied();
  const email = query.get('invitee_email');
  const [from, to] = ['min_start_time', 'max_start_time'].map((name) => {
    const text = query.get(name);
    const at = text === null ? null : Date.parse(text);
    if (Number.isNaN(at)) throw invalidArgument({ parameter: name, message: 'is invalid' });
    return at;
  });
  const status = query.get('status');
  const found = [...state.meetings.values()]
    .filter(
      (meeting) =>
        meeting.hostId === caller.id &&
        (typeof from !== 'number' || meeting.start >= from) &&
        (typeof to !== 'number' || meeting.start <= to) &&
        (status === null || (status === 'canceled') === (meeting.cancellation !== null)) &&
        (email === null || state.inviteesOf(meeting.id).some((each) => each.email === email)),
    )
    .toSorted((one, other) => one.start - other.start);
  return page(
    '/scheduled_events',
    query,
    found.map((meeting) => meetingAnswer(state, meeting)),
  );
};

export const getEvent: Handler = (call) => resource(meetingAnswer(call.state, ownMeeting(call)));

export const listInvitees: Handler = (call) => {
  const { id } = ownMeeting(call);
  return page(
    `/scheduled_events/${id}/invitees`,
    call.query,
    call.state.inviteesOf(id).map((invitee) => inviteeAnswer(call.state, invitee)),
  );
};

export const getInvitee: Handler = (call) => {
  const { id } = ownMeeting(call);
  const invitee = call.state.invitees.get(call.parameters['invitee'] ?? '');
  if (invitee?.meetingId !== id) throw notFound();
  return resource(inviteeAnswer(call.state, invitee));
};

const CancellationSchema = z.object({ reason: z.string().max(10_000).optional() });

/** One answer for what was cancelled before and what has begun. */
export const createCancellation: Handler = (call) => {
  const meeting = ownMeeting(call);
  const { reason } = CancellationSchema.parse(call.body);
  if (meeting.cancellation !== null || meeting.start <= call.clock.now()) {
    throw permissionDenied('Event in the past or already canceled.');
  }
  const cancellation = {
    by: call.caller.name,
    reason: reason ?? null,
    canceler: 'host' as const,
    at: call.clock.now(),
  };
  cancelMeeting(call, meeting, cancellation);
  return resource(
    {
      canceled_by: cancellation.by,
      reason: cancellation.reason,
      canceler_type: cancellation.canceler,
      created_at: new Date(cancellation.at).toISOString(),
    },
    201,
  );
};

/** @throws CalendlyError 404 */
function ownMeeting({ state, caller, parameters }: Call): Meeting {
  const meeting = state.meetings.get(parameters['event'] ?? '');
  if (meeting?.hostId !== caller.id) throw notFound();
  return meeting;
}
