import type { z } from 'zod';
import type { Fetch } from '../runtime/http-transport.ts';
import type { BookingBudget } from './booking-budget.ts';
import type { StoredBookings } from './stored-bookings.ts';
import type { BookingNews, Calendar, TimeRange } from './calendar.ts';
import type { RequestLimiter, RequestWindow } from './request-limiter.ts';
import type { Availability } from './slots/availability.ts';
import type { TokenSource } from './oauth/token-source.ts';
import type { BusyTime } from './slots/free-slots.ts';

/** A connection of an organization to a provider, and what it is reached through. */
export interface ConnectionAccess {
  /** As stored beside the connection; the provider reads them by its own schema. */
  settings: unknown;
  /** In clear; null where the provider needs none, or none is stored. */
  credential: string | null;
  /** Present where the account's owner signed in at the provider; there is no credential then. */
  tokens?: TokenSource | undefined;
  /** What the process's environment says to the provider; see {@link CalendarProvider.environment}. */
  environment: Readonly<Record<string, unknown>>;
  /** Counts the requests of this connection; the window holds until the provider says otherwise. */
  limiter: (window: RequestWindow) => RequestLimiter;
  /**
   * Counts the bookings of this connection, where its provider allows so many a window; missing where
   * nothing is booked.
   */
  bookingBudget?: (windows: readonly RequestWindow[]) => BookingBudget;
  fetch?: Fetch | undefined;
}

/** Where an appointment takes place: the provider's own place of meeting, or a Google Meet room. */
export type MeetingLink = 'provider' | 'google_meet';

/** What is booked, as its operator set it up. */
export interface CalendarEvent {
  /** The provider's slug. */
  eventType: string;
  /** How callers hear it; the slug unless given. */
  title?: string;
  durationMinutes: number;
  /** IANA; the zone of the connection. */
  timeZone: string;
  meetingLink: MeetingLink;
  /** Of a provider that {@link CalendarProvider.usesAvailability}; the usual one unless set. */
  availability?: Availability | null;
}

export interface CalendarParts {
  now: () => Date;
  /** For a provider that has no place of its own for bookings. */
  bookings: StoredBookings;
}

/** A calendar that is only read: what stands in it keeps an event of another calendar from its time. */
export interface BusyCalendar {
  /**
   * What has a moment of the range, as its owner marked it; what lies beside the range does no harm.
   *
   * @param reading.partOfWrite it may use the requests that are kept for writes
   * @throws {CalendarError} not all of it can be read: an odd answer is never "free"
   */
  listBusy(range: TimeRange, reading?: { partOfWrite?: boolean }): Promise<BusyTime[]>;
}

/** Whose a credential is. */
export interface ProviderAccount {
  /** Unique at the instance that {@link CalendarProvider.instanceOf} names. */
  name: string;
  /** Who granted the access, where several accounts of a person share one grant; the name unless given. */
  owner?: string;
  /** IANA; null where the account does not say: its operator then does. */
  timeZone: string | null;
  /** What was found out about it and is stored among the connection's settings. */
  settings?: Record<string, unknown>;
}

/** How a provider's credential is known and asked for. */
export interface ProviderCredential {
  /**
   * Finds a credential in any text, to blot it out: somebody may have written one into an argument.
   * The first group is what may be shown of it. Global.
   */
  pattern: RegExp;
  /** The environment variable that may hold it while a calendar is connected; ends with _KEY. */
  variable: string;
  /** What its owner calls it; "API key" unless given. */
  label?: string;
  /** Where its owner finds it, in a sentence. */
  origin?: string;
}

/** Where a provider's authorization server answers. */
export interface OAuthEndpoints {
  issuer: string;
  authorization: string;
  token: string;
  /** Null or missing where access is given back by its owner alone. */
  revocation?: string | null;
  /** Where an administrator agrees for everybody of an organization. */
  adminConsent?: string;
}

/** How somebody lets us into their account by signing in at the provider (OAuth 2). */
export interface OAuthSettings {
  endpoints(access: Pick<ConnectionAccess, 'settings' | 'environment'>): OAuthEndpoints;
  /** All of them are needed: whoever grants less is told so. */
  scopes: string[];
  /** What the provider wants to be asked beside what every one does. */
  authorizationParameters?: Record<string, string>;
  /** Variables of the provider's own environment schema, in which its operator gives our client. */
  clientIdVariable: string;
  clientSecretVariable: string;
  /** True where a refresh token is good once, and each answer carries the next one. */
  usesSingleUseRefreshTokens?: boolean;
}

export interface EventTypeWish {
  slug: string;
  title: string;
  /** Of an event type that has to be made. */
  durationMinutes: number;
}

/** An event type as a form offers it. */
export interface ListedEventType {
  slug: string;
  title: string;
  /** Every duration that can be booked, in minutes, in order. */
  durations: number[];
  /** Why it cannot be booked here, and what its owner can change; null where it can. */
  fault: string | null;
}

export interface EnsuredEventType {
  created: boolean;
  /** What is booked where no duration is asked for. */
  durationMinutes: number;
  /** Every duration that can be booked, in minutes, in order. */
  durations: number[];
}

/** A request that came to a webhook's address. */
export interface WebhookRequest {
  /** By names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: URLSearchParams;
  /** The bytes as they came. */
  rawBody: Buffer;
}

/** A webhook as the provider has it. */
export interface RegisteredWebhook {
  address: string;
  /** Why it tells us less than it should, to be said after "it"; null where it is as we registered it. */
  fault: string | null;
}

/** How long a provider keeps a webhook, which then ends by itself. */
export interface WebhookLease {
  endsAt: Date;
  /** Where it calls. */
  address: string;
}

/** What tells one delivery from another; everything else in it is of no use before it is applied. */
export interface DeliveryName {
  trigger: string;
  /** The same for the same news, however often it comes. */
  deliveryKey: string;
}

/** How a provider tells of what changes in its calendars. */
export interface ProviderWebhooks {
  /**
   * What signs the webhooks of a connection, where it is not ours to choose; null where it is.
   * @throws {CalendarSetupError} it is not, and was not given
   */
  givenSecret?(access: ConnectionAccess): string | null;
  /**
   * Another path at which the webhooks of this provider arrive, where the connection is named in the
   * query: `?connection=<id>`.
   */
  alias?: string;
  /**
   * Registers a webhook in the place of one of the same address, and answers the provider's id of it.
   * @throws {CalendarError}
   */
  register(
    access: ConnectionAccess,
    webhook: { address: string; secret: string; now: Date },
  ): Promise<string>;
  /**
   * Removes a webhook; one that is gone is no error.
   * @throws {CalendarError}
   */
  remove(access: ConnectionAccess, id: string): Promise<void>;
  /**
   * The webhook of that id; undefined where the provider has it no more.
   * @throws {CalendarError}
   */
  find(access: ConnectionAccess, id: string): Promise<RegisteredWebhook | undefined>;
  /**
   * What a provider is answered, as plain text, that asks whether anybody is there; undefined for a
   * delivery. Comes before the secret is known, and so proves nothing.
   */
  handshake?(request: WebhookRequest): string | undefined;
  /**
   * Whether the request comes from the provider, by the secret of the webhook. Takes as long for a
   * wrong secret as for the right one.
   * @param now for a provider that signs the time too: what was sent long ago is refused
   */
  verify(request: WebhookRequest, secret: string, now: Date): boolean;
  /**
   * Of a provider whose webhooks end by themselves: until when it keeps one, by its id. It is made anew
   * before. Missing where they stay.
   */
  leaseOf?(id: string): WebhookLease;
  /**
   * Of a provider that says that something changed, and not what: the name of such a delivery, for
   * which the calendar is read. Missing where deliveries carry bookings.
   */
  nameNotice?(request: WebhookRequest): DeliveryName;
  /** Whether a proved request says that the webhook ends before its time, or has ended. */
  asksForRenewal?(request: WebhookRequest): boolean;
  /** @throws {WebhookUnreadableError} */
  nameDelivery(body: unknown): DeliveryName;
  /**
   * What a delivery says of a booking; undefined where it says nothing of one.
   * @throws {WebhookUnreadableError} {z.ZodError} it is about a booking and carries none
   */
  read(body: unknown): BookingNews | undefined;
}

/**
 * Everything that is special to a provider of calendars, as one value: what works with calendars asks
 * it, and never which provider it is.
 */
export interface CalendarProvider {
  /** In the database, in addresses and on the command line: lower case, and never another one. */
  id: string;
  /** In words, before "calendar" or "account". */
  name: string;
  /**
   * What is stored beside a connection. A setting that has a description is asked of the operator;
   * `placeholder` of its metadata stands for its value in the help of the command line.
   */
  settings: z.ZodObject;
  /** Null where the provider needs none, or its owner signs in: {@link oauth}. */
  credential: ProviderCredential | null;
  /** Missing where nobody signs in. Beside a {@link credential}, either of the two does. */
  oauth?: OAuthSettings;
  /** The environment variables that the provider knows, each optional. */
  environment?: z.ZodObject;
  /** Whole commands of the command line that connect such a calendar. */
  examples: string[];
  /** True where the provider itself writes to attendees, with a calendar file of its own. */
  writesToAttendees: boolean;
  /** True where it knows appointments and no opening hours: an event then has its own. */
  usesAvailability?: boolean;
  /**
   * Makes the adapter; nothing is asked of the provider yet.
   * @throws {CalendarConfigurationError} the settings cannot be read
   * @throws {CalendarSetupError} the credential is missing
   */
  open(access: ConnectionAccess, event: CalendarEvent, parts: CalendarParts): Calendar;
  /**
   * Opens everything that stands in the connection's calendars, for events that are booked into another
   * one; nothing is asked yet. Missing where a provider cannot tell: such a calendar blocks no other.
   * @throws as {@link open}
   */
  openBusy?(
    access: ConnectionAccess,
    calendar: Pick<CalendarEvent, 'timeZone'>,
    parts: CalendarParts,
  ): BusyCalendar;
  /**
   * Proves the credential. Missing where a provider has no accounts: the operator then says the zone.
   * @throws {CalendarError}
   */
  readAccount?(access: ConnectionAccess): Promise<ProviderAccount>;
  /** Where a person adds users to an account, behind "adds them"; missing where there are none. */
  addUsersAt?: string;
  /**
   * What the instance behind a connection can do, such as the versions of its API, in words for its
   * operator. Missing where there is nothing to tell.
   * @throws {CalendarError} bookings cannot be read
   */
  describeInstance?(access: ConnectionAccess): Promise<string>;
  /**
   * Where the credential is sent to: a stored one is sent to no other instance. Missing where there
   * is one alone.
   */
  instanceOf?(access: Pick<ConnectionAccess, 'settings' | 'environment'>): string;
  /** The address of an instance that the settings name themselves; null where they name none. */
  ownInstanceOf?(settings: unknown): string | null;
  /**
   * The event types that the credential sees. Missing where any slug is booked.
   * @throws {CalendarError}
   */
  listEventTypes?(access: ConnectionAccess): Promise<ListedEventType[]>;
  /**
   * Finds the event type, or creates it, and proves that it can be booked. Missing where any slug and
   * any duration is booked.
   * @throws {CalendarError}
   */
  ensureEventType?(access: ConnectionAccess, wanted: EventTypeWish): Promise<EnsuredEventType>;
  webhooks?: ProviderWebhooks;
  /**
   * How a scenario of a rehearsal sets up a calendar that is free at the same times. Missing where it
   * cannot: the times are an account's.
   */
  asScenario?(settings: unknown): { seed: number; busy: string[] };
}
