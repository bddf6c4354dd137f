import { z } from 'zod';
import { CalcomCalendar } from './calcom/calcom-calendar.ts';
import { CalcomClient } from './calcom/client.ts';
import { CalcomSettingsSchema } from './calcom/settings.ts';
import { setupError } from './calcom/setup-error.ts';
import type { Calendar } from './calendar.ts';
import { FakeCalendar, FakeCalendarSettingsSchema } from './fake/fake-calendar.ts';
import type { FakeBookingStore } from './fake/fake-calendar.ts';
import type { RequestLimiter } from './request-limiter.ts';
import type { Fetch } from '../runtime/http-transport.ts';

export interface CalendarConfiguration {
  provider: 'fake' | 'calcom';
  /** IANA. */
  timeZone: string;
  /** The provider's slug. */
  eventType: string;
  durationMinutes: number;
  /** The provider's own place of meeting, or a Google Meet room. */
  meetingLink: 'provider' | 'google_meet';
  /** As stored beside the connection; each provider has a schema of its own. */
  settings: unknown;
  /** In clear; null where the provider needs none. */
  credential: string | null;
}

/** What a provider's API is asked through. */
export interface CalcomParts {
  /** The credential's; see {@link RequestLimiter}. */
  limiter: RequestLimiter;
  /** Where the connection's settings name no instance; Cal.com itself by default. */
  calcomBaseUrl?: string | undefined;
  fetch?: Fetch | undefined;
}

export interface CalendarParts extends CalcomParts {
  fakeBookings: FakeBookingStore;
  now: () => Date;
}

/** The calendar cannot be opened as it is configured; the message is for the operator. */
export class CalendarConfigurationError extends Error {
  override readonly name = 'CalendarConfigurationError';
}

/**
 * Makes the adapter of a connection. Nothing is asked of the provider yet.
 * @throws {CalendarConfigurationError} the settings cannot be read
 * @throws {CalendarSetupError} the credential is missing
 */
export function openCalendar(configuration: CalendarConfiguration, parts: CalendarParts): Calendar {
  const { timeZone, durationMinutes, eventType, meetingLink } = configuration;
  if (configuration.provider === 'fake') {
    return new FakeCalendar({
      timeZone,
      durationMinutes,
      settings: readSettings(FakeCalendarSettingsSchema, configuration.settings),
      store: parts.fakeBookings,
      now: parts.now,
    });
  }
  const { username, teamId } = readSettings(CalcomSettingsSchema, configuration.settings);
  return new CalcomCalendar({
    client: openCalcomClient(configuration, parts),
    eventType: { slug: eventType, username, teamId },
    durationMinutes,
    timeZone,
    meetingLink,
    now: parts.now,
  });
}

/**
 * The API of a Cal.com connection, for what is not a matter of one calendar: its account, its
 * webhooks, all its bookings.
 * @throws {CalendarConfigurationError} the settings cannot be read
 * @throws {CalendarSetupError} the credential is missing
 */
export function openCalcomClient(
  connection: Pick<CalendarConfiguration, 'settings' | 'credential'>,
  { limiter, calcomBaseUrl, fetch }: CalcomParts,
): CalcomClient {
  const settings = readSettings(CalcomSettingsSchema, connection.settings);
  if (!connection.credential) throw setupError('key-missing');
  return new CalcomClient({
    baseUrl: settings.baseUrl ?? calcomBaseUrl,
    apiKey: connection.credential,
    limiter,
    fetch,
  });
}

function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  settings: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new CalendarConfigurationError(
    `The settings of the calendar connection are wrong: ${z.prettifyError(parsed.error)}`,
  );
}
