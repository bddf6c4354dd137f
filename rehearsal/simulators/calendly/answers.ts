import type { EventType, Invitee, Meeting, Subscription } from './model.ts';
import type { CalendlyState } from './state.ts';

const ROOT = 'https://api.calendly.com';

export const uri = {
  user: (id: string) => `${ROOT}/users/${id}`,
  organization: (id: string) => `${ROOT}/organizations/${id}`,
  eventType: (id: string) => `${ROOT}/event_types/${id}`,
  meeting: (id: string) => `${ROOT}/scheduled_events/${id}`,
  invitee: (meetingId: string, id: string) =>
    `${ROOT}/scheduled_events/${meetingId}/invitees/${id}`,
  subscription: (id: string) => `${ROOT}/webhook_subscriptions/${id}`,
};

/** The last part of a URI; empty for none. */
export function idIn(text: string | null): string {
  return text?.split('/').at(-1) ?? '';
}

/** With microseconds, as Calendly writes instants of its own rows. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

export function userAnswer(state: CalendlyState, id: string) {
  const { name, email, slug, timeZone } = state.account(id);
  return {
    uri: uri.user(id),
    name,
    slug,
    email,
    scheduling_url: `https://calendly.com/${slug}`,
    timezone: timeZone,
    avatar_url: null,
    created_at: '2024-01-02T03:04:05.678123Z',
    updated_at: '2024-01-02T03:04:05.678123Z',
    current_organization: uri.organization(id),
    resource_type: 'User',
  };
}

export function eventTypeAnswer(state: CalendlyState, eventType: EventType) {
  const { id, ownerId, slug } = eventType;
  const owner = state.account(ownerId);
  const at = instant(eventType.createdAt);
  return {
    uri: uri.eventType(id),
    name: eventType.name,
    active: eventType.active,
    booking_method: eventType.bookingMethod,
    slug,
    scheduling_url: `https://calendly.com/${owner.slug}/${slug ?? id}`,
    duration: eventType.duration,
    duration_options: eventType.durationOptions,
    kind: eventType.kind,
    pooling_type: eventType.poolingType,
    type: 'StandardEventType',
    color: '#fff200',
    created_at: at,
    updated_at: at,
    internal_note: null,
    description_plain: '',
    description_html: '',
    profile: { type: 'User', name: owner.name, owner: uri.user(ownerId) },
    secret: false,
    deleted_at: eventType.deletedAt === null ? null : instant(eventType.deletedAt),
    admin_managed: false,
    locations: eventType.locations,
    position: 0,
    custom_questions: eventType.questions,
  };
}

function cancellationAnswer({ cancellation }: Meeting) {
  if (!cancellation) return {};
  return {
    cancellation: {
      canceled_by: cancellation.by,
      reason: cancellation.reason,
      canceler_type: cancellation.canceler,
      created_at: instant(cancellation.at),
    },
  };
}

export function meetingAnswer(state: CalendlyState, meeting: Meeting) {
  const { id, hostId, eventTypeId } = meeting;
  const host = state.account(hostId);
  const invitees = state.inviteesOf(id);
  return {
    uri: uri.meeting(id),
    name: meeting.name,
    meeting_notes_plain: null,
    meeting_notes_html: null,
    status: meeting.cancellation ? 'canceled' : 'active',
    start_time: instant(meeting.start),
    end_time: instant(meeting.end),
    event_type: eventTypeId === null ? null : uri.eventType(eventTypeId),
    location: meeting.location,
    invitees_counter: {
      total: invitees.length,
      active: meeting.cancellation ? 0 : invitees.length,
      limit: meeting.limit,
    },
    created_at: instant(meeting.createdAt),
    updated_at: instant(meeting.updatedAt),
    event_memberships: [{ user: uri.user(hostId), user_email: host.email, user_name: host.name }],
    event_guests: meeting.guests.map((email) => ({
      email,
      created_at: instant(meeting.createdAt),
      updated_at: instant(meeting.createdAt),
    })),
    ...cancellationAnswer(meeting),
  };
}

export function inviteeAnswer(state: CalendlyState, invitee: Invitee) {
  const { id, meetingId, name } = invitee;
  const meeting = state.meetings.get(meetingId);
  if (!meeting) throw new Error(`The simulator has no meeting ${meetingId}`);
  const linked = (other: string | null): string | null => {
    const meant = state.invitees.get(other ?? '');
    return meant ? uri.invitee(meant.meetingId, meant.id) : null;
  };
  return {
    cancel_url: `https://calendly.com/cancellations/${id}`,
    created_at: instant(invitee.createdAt),
    email: invitee.email,
    event: uri.meeting(meetingId),
    name,
    first_name: null,
    last_name: null,
    new_invitee: linked(invitee.newInvitee),
    old_invitee: linked(invitee.oldInvitee),
    questions_and_answers: invitee.answers,
    reschedule_url: `https://calendly.com/reschedulings/${id}`,
    rescheduled: invitee.newInvitee !== null,
    status: meeting.cancellation ? 'canceled' : 'active',
    text_reminder_number: invitee.textReminderNumber,
    timezone: invitee.timeZone,
    tracking: invitee.tracking,
    updated_at: instant(invitee.updatedAt),
    uri: uri.invitee(meetingId, id),
    payment: null,
    no_show: null,
    reconfirmation: null,
    routing_form_submission: null,
    scheduling_method: null,
    invitee_scheduled_by: null,
    ...cancellationAnswer(meeting),
  };
}

export function subscriptionAnswer(subscription: Subscription) {
  const { id, ownerId, url, events, state, createdAt } = subscription;
  return {
    uri: uri.subscription(id),
    callback_url: url,
    created_at: instant(createdAt),
    updated_at: instant(createdAt),
    retry_started_at: null,
    state,
    events,
    scope: 'user',
    organization: uri.organization(ownerId),
    user: uri.user(ownerId),
    creator: uri.user(ownerId),
  };
}
