import { HttpError } from './api-error.ts';
import type { ApiRoute } from './api-routes.ts';
import type { Account } from './model.ts';
import type { CalcomState } from './state.ts';

/** The bearer token of an `Authorization` header; null where there is none. */
export function bearerToken(header: string | undefined): string | null {
  const [scheme, token] = (header ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token !== undefined && token !== '' ? token : null;
}

/** A wrong key is refused everywhere, public routes included, before it is counted. */
export function invalidKey(): HttpError {
  return new HttpError(401, 'CustomThrottlerGuard - Invalid API Key');
}

/** @throws HttpError 401 for a key that is not known */
export function accountOf(state: CalcomState, key: string | null): Account | null {
  if (key === null) return null;
  const account = state.accountWithKey(key);
  if (account === undefined) throw invalidKey();
  return account;
}

/** @throws HttpError where a route needs a key and there is none, or a key without rights */
export function guard(route: ApiRoute, caller: Account | null): void {
  if (caller?.rights === 'none' && route.operation !== 'me.get') {
    throw new HttpError(403, 'PermissionsGuard - the key has no permission for this operation');
  }
  if (route.guard === 'public' || caller !== null) return;
  if (route.guard === 'owner') {
    throw new HttpError(
      403,
      "PermissionsGuard - no authentication provided. Provide either authorization bearer token containing managed user access token or oAuth client id in 'x-cal-client-id' header.",
    );
  }
  throw new HttpError(
    401,
    "ApiAuthStrategy - No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials as 'x-cal-secret-key' and 'x-cal-client-id' headers",
  );
}
