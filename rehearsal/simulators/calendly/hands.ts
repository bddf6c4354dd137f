import type { SimulatorClock } from './clock.ts';
import type { Cancellation, Invitee, Meeting } from './model.ts';
import { newId } from './state.ts';
import type { CalendlyState } from './state.ts';
import type { WebhookSender } from './webhook-sender.ts';

interface HandsParts {
  state: CalendlyState;
  clock: SimulatorClock;
  webhooks: WebhookSender;
}

/** Cancels a meeting, and tells of it. */
export function cancelMeeting(
  { state, webhooks }: Pick<HandsParts, 'state' | 'webhooks'>,
  meeting: Meeting,
  cancellation: Cancellation,
): void {
  meeting.cancellation = cancellation;
  meeting.updatedAt = cancellation.at;
  for (const invitee of state.inviteesOf(meeting.id)) {
    invitee.updatedAt = cancellation.at;
    webhooks.send('invitee.canceled', invitee);
  }
}

/** What people do by hand on Calendly's own pages. */
export class Hands {
  readonly #parts: HandsParts;

  constructor(parts: HandsParts) {
    this.#parts = parts;
  }

  /**
   * The attendee chooses another time on the page that their mail leads to. Of marks beside the old
   * booking nothing is sure to go with them.
   * @returns the id of the new meeting
   */
  move(meetingId: string, start: number): string {
    const { state, clock, webhooks } = this.#parts;
    const { meeting, invitee } = this.#find(meetingId);
    const at = clock.now();
    const moved: Meeting = {
      ...meeting,
      id: newId(),
      start,
      end: start + (meeting.end - meeting.start),
      createdAt: at,
      updatedAt: at,
    };
    const after: Invitee = {
      ...invitee,
      id: newId(),
      meetingId: moved.id,
      tracking: {
        utm_campaign: null,
        utm_source: null,
        utm_medium: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: null,
      },
      oldInvitee: invitee.id,
      newInvitee: null,
      createdAt: at,
      updatedAt: at,
    };
    invitee.newInvitee = after.id;
    state.add(moved, after);
    const reason = null;
    cancelMeeting(this.#parts, meeting, { by: invitee.name, reason, canceler: 'invitee', at });
    webhooks.send('invitee.created', after);
    return moved.id;
  }

  /** Its host cancels. */
  cancel(meetingId: string, reason: string | null = null): void {
    const { state, clock } = this.#parts;
    const { meeting } = this.#find(meetingId);
    const { name: by } = state.account(meeting.hostId);
    cancelMeeting(this.#parts, meeting, { by, reason, canceler: 'host', at: clock.now() });
  }

  /**
   * Somebody books on the page.
   * @returns the id of the meeting
   */
  book(
    eventTypeSlug: string,
    start: number,
    { name, email }: { name: string; email: string },
  ): string {
    const { state, clock, webhooks } = this.#parts;
    const eventType = [...state.eventTypes.values()].find(({ slug }) => slug === eventTypeSlug);
    if (!eventType) throw new RangeError(`There is no event type ${eventTypeSlug}`);
    const at = clock.now();
    const meeting: Meeting = {
      id: newId(),
      hostId: eventType.ownerId,
      eventTypeId: eventType.id,
      name: eventType.name,
      start,
      end: start + eventType.duration * 60_000,
      location: null,
      guests: [],
      limit: eventType.kind === 'group' ? 10 : 1,
      cancellation: null,
      createdAt: at,
      updatedAt: at,
    };
    const invitee: Invitee = {
      id: newId(),
      meetingId: meeting.id,
      name,
      email,
      timeZone: 'America/New_York',
      textReminderNumber: null,
      answers: [],
      tracking: {
        utm_campaign: null,
        utm_source: null,
        utm_medium: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: null,
      },
      oldInvitee: null,
      newInvitee: null,
      createdAt: at,
      updatedAt: at,
    };
    state.add(meeting, invitee);
    webhooks.send('invitee.created', invitee);
    return meeting.id;
  }

  #find(meetingId: string): { meeting: Meeting; invitee: Invitee } {
    const { state } = this.#parts;
    const meeting = state.meetings.get(meetingId);
    const [invitee] = state.inviteesOf(meetingId);
    if (!meeting || !invitee || meeting.cancellation) {
      throw new RangeError('There is no such meeting, or it was cancelled.');
    }
    return { meeting, invitee };
  }
}
