import { memoryBudget } from '../booking-budget.ts';
import type { BookingBudget } from '../booking-budget.ts';
import type { TokenSource } from '../oauth/token-source.ts';
import type { ConnectionAccess } from '../provider.ts';
import type { RequestWindow } from '../request-limiter.ts';
import { CalendlyClient } from './client.ts';
import { baseUrlOf, bookingWindowsOf } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Of the Free plan; larger ones say so in their headers. */
const WINDOW: RequestWindow = { limit: 50, window: 60_000 };

/**
 * The API of a connection.
 * @throws {CalendarSetupError} the credential is missing
 */
export function openClient(access: ConnectionAccess): CalendlyClient {
  const tokens = access.tokens ?? (access.credential ? lasting(access.credential) : null);
  if (!tokens) throw setupError('key-missing');
  return new CalendlyClient({
    baseUrl: baseUrlOf(access),
    tokens,
    limiter: access.limiter(WINDOW),
    fetch: access.fetch,
  });
}

/**
 * The bookings that the connection's plan allows.
 * @throws {CalendarConfigurationError} the settings cannot be read
 */
export function openBudget(access: ConnectionAccess): BookingBudget {
  const windows = bookingWindowsOf(access);
  return access.bookingBudget?.(windows) ?? memoryBudget(windows);
}

/** A personal access token, which nobody renews. */
export function lasting(token: string): TokenSource {
  return {
    accessToken: () => Promise.resolve(token),
    renew: () => Promise.reject(setupError('key-refused')),
  };
}
