import { randomBytes, randomUUID } from 'node:crypto';

/** One pattern of those that Outlook has: every so many days or weeks, so often. */
export interface Recurrence {
  every: 'day' | 'week';
  times: number;
}

export interface SimulatedCalendar {
  id: string;
  name: string;
  isDefault: boolean;
  canEdit: boolean;
}

export interface Attendee {
  type: string;
  emailAddress: { name: string; address: string };
}

export interface SimulatedEvent {
  id: string;
  calendarId: string;
  subject: string;
  body: { contentType: string; content: string };
  /** Milliseconds since 1970; of an all-day event those of its dates' midnights in UTC. */
  start: number;
  end: number;
  isAllDay: boolean;
  showAs: string;
  isCancelled: boolean;
  isOrganizer: boolean;
  response: string;
  attendees: Attendee[];
  transactionId: string | null;
  properties: Map<string, string>;
  isOnlineMeeting: boolean;
  joinUrl: string | null;
  location: string;
  allowNewTimeProposals: boolean;
  recurrence: Recurrence | null;
  createdAt: number;
  modifiedAt: number;
  /** Goes up with each change of the mailbox; its ETag is made of it. */
  changedIn: number;
  createdIn: number;
}

/** What is left of an event that was deleted. */
interface Remains {
  event: SimulatedEvent;
  deletedIn: number;
}

export type Change = 'created' | 'updated' | 'deleted';

export interface MailboxSeed {
  address: string;
  name?: string;
  /** Beside "Calendar", which every mailbox has. */
  calendars?: readonly { name: string; canEdit?: boolean }[];
  /** False for an account that Exchange Online does not know. */
  hasExchange?: boolean;
  /** False where there is no licence for Teams. */
  hasTeams?: boolean;
}

/** What a seed or a person at another program says of an event. */
export type EventWish = Partial<Omit<SimulatedEvent, 'id' | 'start' | 'end'>> & {
  start: Date | string;
  end: Date | string;
};

/** The calendars of one account. Overlaps are accepted, as Exchange accepts them. */
export class Mailbox {
  readonly address: string;
  readonly name: string;
  readonly hasExchange: boolean;
  readonly hasTeams: boolean;
  readonly calendars: SimulatedCalendar[] = [];
  readonly events = new Map<string, SimulatedEvent>();
  readonly deleted = new Map<string, Remains>();
  /** Which event a transaction made, for as long as Exchange remembers. */
  readonly transactions = new Map<string, string>();
  /** What was written to attendees. */
  readonly sent: { to: string; kind: 'invited' | 'moved' | 'cancelled'; comment?: string }[] = [];
  /** Requests that are being served. */
  atOnce = 0;
  /** Delta links of an earlier generation are known no more. */
  generation = 1;
  revision = 0;
  readonly #now: () => number;
  readonly #tell: (change: Change, event: SimulatedEvent) => void;

  constructor(
    seed: MailboxSeed,
    parts: { now: () => number; tell: (change: Change, event: SimulatedEvent) => void },
  ) {
    this.address = seed.address;
    this.name = seed.name ?? 'Owner';
    this.hasExchange = seed.hasExchange ?? true;
    this.hasTeams = seed.hasTeams ?? true;
    this.#now = parts.now;
    this.#tell = parts.tell;
    this.addCalendar('Calendar', { isDefault: true });
    for (const { name, canEdit } of seed.calendars ?? []) {
      this.addCalendar(name, canEdit === undefined ? {} : { canEdit });
    }
  }

  addCalendar(name: string, options: { isDefault?: boolean; canEdit?: boolean } = {}): string {
    const { isDefault = false, canEdit = true } = options;
    const id = newId('calendar');
    this.calendars.push({ id, name, isDefault, canEdit });
    return id;
  }

  calendarNamed(name: string): SimulatedCalendar {
    const found = this.calendars.find((each) => each.name === name);
    if (!found) throw new RangeError(`There is no calendar "${name}".`);
    return found;
  }

  add(wish: EventWish): SimulatedEvent {
    const now = this.#now();
    this.revision += 1;
    const event: SimulatedEvent = {
      calendarId: this.calendars[0]?.id ?? '',
      subject: 'Own',
      body: { contentType: 'text', content: '' },
      isAllDay: false,
      showAs: 'busy',
      isCancelled: false,
      isOrganizer: true,
      response: 'organizer',
      attendees: [],
      transactionId: null,
      properties: new Map(),
      isOnlineMeeting: false,
      joinUrl: null,
      location: '',
      allowNewTimeProposals: true,
      recurrence: null,
      ...wish,
      id: newId('event'),
      start: new Date(wish.start).getTime(),
      end: new Date(wish.end).getTime(),
      createdAt: now,
      modifiedAt: now,
      createdIn: this.revision,
      changedIn: this.revision,
    };
    if (event.isOnlineMeeting) event.joinUrl ??= `https://teams.example/l/${randomUUID()}`;
    this.events.set(event.id, event);
    if (event.transactionId !== null) this.transactions.set(event.transactionId, event.id);
    this.#write(event, 'invited');
    this.#tell('created', event);
    return event;
  }

  change(id: string, change: Partial<SimulatedEvent>): SimulatedEvent {
    const event = this.#event(id);
    this.revision += 1;
    const moved = (change.start ?? event.start) !== event.start;
    Object.assign(event, change, { modifiedAt: this.#now(), changedIn: this.revision });
    if (moved) this.#write(event, 'moved');
    this.#tell('updated', event);
    return event;
  }

  /** Deleted by its owner, or cancelled: both leave nothing of that id. */
  remove(id: string, comment?: string): void {
    const event = this.#event(id);
    this.revision += 1;
    this.events.delete(id);
    this.deleted.set(id, { event, deletedIn: this.revision });
    if (event.isOrganizer) this.#write(event, 'cancelled', comment);
    this.#tell('deleted', event);
  }

  /** Dragged into another calendar: its id becomes another one. */
  moveTo(id: string, calendarId: string): SimulatedEvent {
    const { id: _, ...event } = this.#event(id);
    this.revision += 1;
    this.events.delete(id);
    this.deleted.set(id, { event: { ...event, id }, deletedIn: this.revision });
    const { start, end, ...rest } = event;
    return this.add({ ...rest, calendarId, start: new Date(start), end: new Date(end) });
  }

  #event(id: string): SimulatedEvent {
    const event = this.events.get(id);
    if (!event) throw new RangeError('There is no such event.');
    return event;
  }

  #write(event: SimulatedEvent, kind: 'invited' | 'moved' | 'cancelled', comment?: string): void {
    for (const { emailAddress } of event.attendees) {
      const words = comment === undefined ? {} : { comment };
      this.sent.push({ to: emailAddress.address, kind, ...words });
    }
  }
}

function newId(kind: string): string {
  return `AAMk${Buffer.from(kind).toString('base64url')}${randomBytes(48).toString('base64url')}AAA=`;
}
