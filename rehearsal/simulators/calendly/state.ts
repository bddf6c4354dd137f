import { randomUUID } from 'node:crypto';
import type { Account, EventType, Invitee, Meeting, Subscription } from './model.ts';

/** All that the stand-in knows. */
export class CalendlyState {
  readonly accounts: Account[] = [];
  readonly eventTypes = new Map<string, EventType>();
  readonly meetings = new Map<string, Meeting>();
  readonly invitees = new Map<string, Invitee>();
  readonly subscriptions = new Map<string, Subscription>();

  account(id: string): Account {
    const account = this.accounts.find((each) => each.id === id);
    if (!account) throw new Error(`The simulator has no account ${id}`);
    return account;
  }

  /** Who comes to a meeting, in order of their coming. */
  inviteesOf(meetingId: string): Invitee[] {
    return [...this.invitees.values()].filter((invitee) => invitee.meetingId === meetingId);
  }

  /** The meetings of a host that stand, and overlap. */
  blocking(hostId: string, { start, end }: { start: number; end: number }): Meeting[] {
    return [...this.meetings.values()].filter(
      (meeting) =>
        meeting.hostId === hostId &&
        meeting.cancellation === null &&
        meeting.start < end &&
        start < meeting.end,
    );
  }

  /** Writes down a new meeting and who comes to it. */
  add(meeting: Meeting, invitee: Invitee): void {
    this.meetings.set(meeting.id, meeting);
    this.invitees.set(invitee.id, invitee);
  }
}

/** As Calendly's ids look in addresses. */
export function newId(): string {
  return randomUUID();
}
