import { BookingBook } from './booking-book.ts';
import type { Account, EventType, Reservation, Schedule, Team, Webhook } from './model.ts';

/** What one build of Cal.com calls its own things. */
export interface Edition {
  /** The place of a meeting whose event type names none. */
  video: string;
  /** Behind the @ of a calendar file's name. */
  domain: string;
}

/** All that a Cal.com instance knows. */
export class CalcomState {
  readonly edition: Edition;
  readonly accounts: Account[] = [];
  readonly teams: Team[] = [];
  readonly schedules = new Map<number, Schedule>();
  readonly eventTypes = new Map<number, EventType>();
  readonly bookings = new BookingBook();
  readonly reservations = new Map<string, Reservation>();
  readonly webhooks = new Map<string, Webhook>();
  readonly #last = { account: 0, booking: 0, eventType: 0, schedule: 0, team: 0 };

  constructor(edition: Edition) {
    this.edition = edition;
  }

  nextId(kind: 'account' | 'booking' | 'eventType' | 'schedule' | 'team'): number {
    this.#last[kind] += 1;
    return this.#last[kind];
  }

  account(id: number): Account {
    const account = this.accounts.find((each) => each.id === id);
    if (account === undefined) throw new Error(`The simulator has no account ${id}`);
    return account;
  }

  accountNamed(username: string): Account | undefined {
    return this.accounts.find((account) => account.username === username);
  }

  accountWithKey(apiKey: string): Account | undefined {
    return this.accounts.find((account) => account.apiKey === apiKey);
  }

  teamNamed(slug: string): Team | undefined {
    return this.teams.find((team) => team.slug === slug);
  }

  eventTypesOf(owner: { accountId: number } | { teamId: number }): EventType[] {
    return [...this.eventTypes.values()].filter((eventType) =>
      'teamId' in owner
        ? eventType.teamId === owner.teamId
        : eventType.teamId === null && eventType.ownerId === owner.accountId,
    );
  }

  /** Its bookings stay, and know no event type any more. */
  deleteEventType(id: number): void {
    this.eventTypes.delete(id);
    for (const booking of this.bookings.all()) {
      if (booking.eventTypeId === id) booking.eventTypeId = null;
    }
  }

  /** The hours in which an account can be booked for an event type; none without a schedule. */
  scheduleFor(account: Account, eventType: EventType): Schedule | undefined {
    const id = eventType.scheduleId ?? account.defaultScheduleId;
    return id === null ? undefined : this.schedules.get(id);
  }
}
