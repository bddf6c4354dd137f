import { z } from 'zod';
import type { Calendar } from './calendar.ts';
import { FakeCalendar, FakeCalendarSettingsSchema } from './fake.ts';
import type { FakeBookingStore } from './fake.ts';

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

export interface CalendarParts {
  fakeBookings: FakeBookingStore;
  now: () => Date;
}

/** The calendar cannot be opened as it is configured; the message is for the operator. */
export class CalendarConfigurationError extends Error {
  override readonly name = 'CalendarConfigurationError';
}

/**
 * Makes the adapter of a connection. Nothing is asked of the provider yet.
 * @throws {CalendarConfigurationError}
 */
export function openCalendar(configuration: CalendarConfiguration, parts: CalendarParts): Calendar {
  if (configuration.provider !== 'fake') {
    throw new CalendarConfigurationError(
      `This version cannot open a calendar of the provider "${configuration.provider}".`,
    );
  }
  const settings = FakeCalendarSettingsSchema.safeParse(configuration.settings);
  if (!settings.success) {
    throw new CalendarConfigurationError(
      `The settings of the calendar connection are wrong: ${z.prettifyError(settings.error)}`,
    );
  }
  return new FakeCalendar({
    timeZone: configuration.timeZone,
    durationMinutes: configuration.durationMinutes,
    settings: settings.data,
    store: parts.fakeBookings,
    now: parts.now,
  });
}
