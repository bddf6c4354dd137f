import type { ConnectionAccess } from '../provider.ts';
import type { RequestWindow } from '../request-limiter.ts';
import { CalcomClient } from './client.ts';
import { baseUrlOf } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Of an ordinary key; larger plans say so in their headers. */
const WINDOW: RequestWindow = { limit: 120, window: 60_000 };

/**
 * The API of a connection.
 * @throws {CalendarConfigurationError} the settings cannot be read
 * @throws {CalendarSetupError} the credential is missing
 */
export function openClient(access: ConnectionAccess): CalcomClient {
  const baseUrl = baseUrlOf(access);
  if (!access.credential) throw setupError('key-missing');
  return new CalcomClient({
    baseUrl,
    apiKey: access.credential,
    limiter: access.limiter(WINDOW),
    fetch: access.fetch,
  });
}
