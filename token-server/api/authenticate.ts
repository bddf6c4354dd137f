import type { Request } from 'express';
import { findApiKey, touchApiKey } from '../../db/accounts/api-keys.ts';
import type { Database } from '../../db/database.ts';
import { KEY_PREFIX } from '../../manage/accounts/api-keys.ts';
import type { Actor } from '../../manage/accounts/authorize.ts';
import { digestToken } from '../../manage/accounts/secret-token.ts';
import type { Auth } from '../auth/create-auth.ts';
import { requireOwnOrigin } from '../auth/own-origin.ts';
import { sessionOf } from '../auth/session-of.ts';
import { Problem } from '../problem.ts';

export interface AuthenticationParts {
  db: Database;
  auth: Pick<Auth, 'api'>;
  office: { origins: readonly string[] };
}

/**
 * Tells who asks: by an API key where one is sent, else by the session of a cookie, for whose sake a
 * write must come from a page of ours.
 *
 * @throws {Problem} nobody that is known
 */
export async function authenticate(
  { db, auth, office }: AuthenticationParts,
  request: Request,
): Promise<Actor> {
  if (sendsKey(request)) return byKey(db, request.headers.authorization ?? '');
  if (request.method !== 'GET') requireOwnOrigin(request, office.origins);
  const user = await sessionOf(auth, request);
  if (user) {
    const { id, name, email, sessionId } = user;
    return { kind: 'user', id, name, email, sessionId };
  }
  throw new Problem('not_signed_in', 'Sign in, or send an API key as "Authorization: Bearer …".');
}

/** Whether a program asks; what else the header carries may be for a proxy before us. */
export function sendsKey({ headers: { authorization } }: Request): boolean {
  return authorization !== undefined && /^Bearer(?: |$)/i.test(authorization);
}

async function byKey(db: Database, authorization: string): Promise<Actor> {
  const token = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1] ?? '';
  const key = token.startsWith(KEY_PREFIX) ? await findApiKey(db, digestToken(token)) : undefined;
  if (!key) {
    throw new Problem('key_refused', 'This API key is not known, was revoked, or has expired.');
  }
  await touchApiKey(db, key.id);
  const { id, name, organizationId, scopes, requestsPerMinute } = key;
  return { kind: 'key', id, name, organizationId, scopes, requestsPerMinute };
}
