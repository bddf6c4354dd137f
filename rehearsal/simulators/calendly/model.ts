/** What a token may do: everything, or nothing but be known. */
export type Rights = 'all' | 'none';

export interface Account {
  id: string;
  name: string;
  email: string;
  slug: string;
  /** IANA. */
  timeZone: string;
  /** `null`: nobody holds one. */
  token: string | null;
  rights: Rights;
  /** Local hours, Monday to Friday. */
  hours: { from: number; to: number };
  /** Times that something else than a meeting takes, milliseconds since 1970. */
  busy: { start: number; end: number }[];
}

export interface Question {
  name: string;
  type: string;
  position: number;
  enabled: boolean;
  required: boolean;
  answer_choices: string[];
  include_other: boolean;
}

export interface EventType {
  id: string;
  ownerId: string;
  name: string;
  slug: string | null;
  active: boolean;
  /** Minutes. */
  duration: number;
  durationOptions: number[] | null;
  kind: 'solo' | 'group';
  poolingType: 'round_robin' | 'collective' | 'multi_pool' | null;
  bookingMethod: 'instant' | 'poll';
  locations: { kind: string; location?: string }[] | null;
  questions: Question[];
  /** Minutes. */
  minimumNotice: number;
  daysAhead: number;
  createdAt: number;
  deletedAt: number | null;
}

export interface Cancellation {
  by: string;
  reason: string | null;
  canceler: 'host' | 'invitee';
  at: number;
}

/** A meeting of one host. */
export interface Meeting {
  id: string;
  hostId: string;
  eventTypeId: string | null;
  name: string;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  location: Record<string, unknown> | null;
  guests: string[];
  /** How many may come. */
  limit: number;
  cancellation: Cancellation | null;
  createdAt: number;
  updatedAt: number;
}

export type Tracking = Record<
  'utm_campaign' | 'utm_source' | 'utm_medium' | 'utm_content' | 'utm_term' | 'salesforce_uuid',
  string | null
>;

export interface Invitee {
  id: string;
  meetingId: string;
  name: string;
  email: string;
  timeZone: string;
  textReminderNumber: string | null;
  answers: { question: string; answer: string; position: number }[];
  tracking: Tracking;
  /** Ids of who they were before, and after, they chose another time on the page. */
  oldInvitee: string | null;
  newInvitee: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface Subscription {
  id: string;
  ownerId: string;
  url: string;
  events: string[];
  signingKey: string | null;
  state: 'active' | 'disabled';
  createdAt: number;
}
