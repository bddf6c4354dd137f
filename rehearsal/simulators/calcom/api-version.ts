import { HttpError, PropertiesError, type ApiError, type PropertyFault } from './api-error.ts';
import type { ApiRoute } from './api-routes.ts';

const KNOWN = ['2024-04-15', '2024-06-11', '2024-06-14', '2024-08-13', '2024-09-04'];

/**
 * Whether a request's `cal-api-version` reaches a route.
 *
 * A version that is not known, or none, becomes the oldest. The old controller for new bookings lives at
 * the same path and refuses a new body in its own way; the other old controllers are not simulated, and
 * everything else that misses is not found.
 *
 * @param laterVersions what the instance knows for bookings beyond the version of the route
 */
export function reachesRoute(
  route: ApiRoute,
  version: string | undefined,
  laterVersions: readonly string[],
): boolean {
  if (route.version === null || route.version === version) return true;
  return route.operation.startsWith('bookings.') && laterVersions.includes(version ?? '');
}

/** What the old controller for new bookings says to a request that was meant for the present one. */
export function oldControllerRefusal(
  route: ApiRoute,
  version: string | undefined,
  body: Record<string, unknown>,
  laterVersions: readonly string[],
): ApiError | null {
  const isKnown = version !== undefined && [...KNOWN, ...laterVersions].includes(version);
  const isOldest = !isKnown || version === KNOWN[0];
  if (route.operation !== 'bookings.create' || !isOldest) return null;
  const { eventTypeId, language, metadata, start, timeZone } = body;
  const faults: PropertyFault[] = [];
  if (timeZone === undefined) {
    const constraints = { isTimeZone: 'timeZone must be a valid IANA time-zone' };
    faults.push({ property: 'timeZone', constraints });
  }
  if (language === undefined) {
    faults.push({
      property: 'language',
      constraints: { isString: 'language must be a string' },
    });
  }
  return new PropertiesError({ eventTypeId, start, metadata }, faults);
}

export function notFound(method: string, path: string): HttpError {
  return new HttpError(404, `Cannot ${method} ${path}`);
}
