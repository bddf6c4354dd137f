/** A calendar of the simulated Google, and who sees what of it. */
export interface SimulatedCalendar {
  id: string;
  summary: string;
  timeZone: string;
  /** The account whose it is. */
  owner: string;
  /** Accounts that see when it is taken, and no more. */
  freeBusyReaders: string[];
  events: Map<string, StoredEvent>;
}

/** A time as Google writes it: an instant with its zone, or a whole day. */
export type EventTime = { dateTime: string; timeZone?: string } | { date: string };

/** What an event has beside what Google adds to it. */
export interface EventFields {
  summary?: string;
  description?: string;
  location?: string;
  status?: 'confirmed' | 'tentative' | 'cancelled';
  transparency?: 'opaque' | 'transparent';
  start: EventTime;
  end: EventTime;
  attendees?: { email: string; displayName?: string; responseStatus?: string; self?: boolean }[];
  extendedProperties?: { private?: Record<string, string>; shared?: Record<string, string> };
}

export interface StoredEvent extends EventFields {
  id: string;
  status: 'confirmed' | 'tentative' | 'cancelled';
  sequence: number;
  created: Date;
  updated: Date;
  /** Of the whole simulator: what changed later has a greater one. */
  version: number;
  room: Room | null;
}

/** A place to meet in, which takes a while to be made. */
export interface Room {
  requestId: string;
  /** Reads until it is there. */
  pendingReads: number;
  uri: string;
}

/** What posts to an address when a calendar changes. */
export interface Channel {
  id: string;
  resourceId: string;
  calendar: string;
  account: string;
  address: string;
  token: string | null;
  expiration: Date;
  /** Of the last message. */
  number: number;
}

/** What is done to a request: by names of Google's methods. */
export type Operation =
  | 'calendarList.list'
  | 'channels.stop'
  | 'events.delete'
  | 'events.get'
  | 'events.insert'
  | 'events.list'
  | 'events.patch'
  | 'events.watch'
  | 'freebusy.query';
