import { setTimeout as wait } from 'node:timers/promises';
import { Router } from 'express';
import { z } from 'zod';
import type { Request, Response } from 'express';
import { deleteSession } from '../../db/accounts/users.ts';
import type { Database } from '../../db/database.ts';
import { PasswordSchema } from '../../manage/accounts/password-rules.ts';
import { NameSchema } from '../../manage/parse-input.ts';
import { tellOrganizations } from '../../manage/accounts/tell-organizations.ts';
import { readJson } from '../middleware/read-json.ts';
import { Problem, toProblemBody } from '../problem.ts';
import { searchOf } from '../search-of.ts';
import { addressOf } from '../visitor-address.ts';
import type { AuthLimits } from './auth-limits.ts';
import { AUTH_PATHS } from './auth-paths.ts';
import type { AuthPath } from './auth-paths.ts';
import { ADDRESS_HEADER } from './create-auth.ts';
import type { Auth } from './create-auth.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { sessionOf } from './session-of.ts';
import type { SessionUser } from './session-of.ts';

const BODY_LIMIT = '64kb';

export interface AuthRouteParts {
  db: Database;
  auth: Pick<Auth, 'api' | 'handler'>;
  limits: AuthLimits;
  office: { url: string; origins: readonly string[] };
}

/** `/api/auth/…`: sign-in, sessions, passkeys and second steps, by better-auth; the paths that `AUTH_PATHS` lists. */
export function authRoutes({ db, auth, limits, office }: AuthRouteParts): Router {
  const router = Router();
  router.use('/api/auth', readJson(BODY_LIMIT));
  router.all('/api/auth/*splat', async (request, response) => {
    const path = request.path.slice('/api/auth'.length);
    const known = Object.hasOwn(AUTH_PATHS, path) ? AUTH_PATHS[path] : undefined;
    if (!known) throw new Problem('not_found', 'There is nothing at this address.');
    if (request.method !== known.method) {
      throw new Problem('method_not_allowed', `Only ${known.method} can be used here.`, {
        headers: { Allow: known.method },
      });
    }
    if (known.method === 'POST') requireOwnOrigin(request, office.origins);
    const body = { ...bodyOf(request), ...known.fixed };
    const user = known.account === 'session' || known.told ? await sessionOf(auth, request) : null;
    const account = accountOf(known, body, user);
    if (known.counted) await limits.take(known.counted, { address: addressOf(request), account });
    checkBody(known, body);
    const [first] = await Promise.all([
      auth.handler(toWebRequest(request, body, office.url)),
      known.floor === undefined ? undefined : wait(known.floor),
    ]);
    const answer = known.once
      ? await takeOnce({ db, limits }, first, { code: String(body[known.once]), user })
      : first;
    if (answer.ok && known.forgives && account !== null) await limits.forgive(account);
    if (answer.ok && known.told && user && isNews(known, user)) {
      await tellOrganizations(db, user.id, known.told);
    }
    await send(response, answer, office);
  });
  return router;
}

/**
 * Lets a code in once. Of any number who bring the same one the session is ended that the library has
 * made for the others, before anybody is told its token; they hear what they would hear of a wrong code.
 */
async function takeOnce(
  { db, limits }: Pick<AuthRouteParts, 'db' | 'limits'>,
  answer: globalThis.Response,
  { code, user }: { code: string; user: SessionUser | null },
): Promise<globalThis.Response> {
  if (!answer.ok) return answer;
  const { token, user: of } = LetInSchema.parse(await answer.clone().json());
  if (await limits.takeCode(of.id, code)) return answer;
  if (!user) await deleteSession(db, token);
  return globalThis.Response.json(
    { code: 'INVALID_CODE', message: 'Invalid code' },
    { status: 401 },
  );
}

/** Of the library's answer to a code that was right. */
const LetInSchema = z.object({ token: z.string(), user: z.object({ id: z.string() }) });

function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

/** Whom an attempt is counted against; null: the address alone. */
function accountOf(
  { account }: AuthPath,
  body: Record<string, unknown>,
  user: SessionUser | null,
): string | null {
  if (account === 'session') return user && `user ${user.id}`;
  const { email } = body;
  if (account !== 'email' || typeof email !== 'string') return null;
  return `email ${email.trim().toLowerCase()}`;
}

/** @throws {Problem} naming the field at fault */
function checkBody(
  { refused, newPassword, newName }: AuthPath,
  body: Record<string, unknown>,
): void {
  if (refused !== undefined && body[refused] !== undefined) {
    throw new Problem('invalid_request', 'is not taken here', { field: refused });
  }
  if (newPassword !== undefined) checkField(body, newPassword, PasswordSchema);
  if (newName !== undefined) checkField(body, newName, NameSchema);
}

function checkField(body: Record<string, unknown>, field: string, schema: z.ZodType): void {
  const parsed = schema.safeParse(body[field]);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  const detail = body[field] === undefined ? 'is missing' : issue?.message;
  throw new Problem('invalid_request', detail ?? 'cannot be used', { field });
}

/** Whether it changes what was so before: a second step is neither switched on nor off twice. */
function isNews({ told }: AuthPath, { hasSecondStep }: SessionUser): boolean {
  if (told === 'member.second_step_on') return !hasSecondStep;
  return told !== 'member.second_step_off' || hasSecondStep;
}

/**
 * The request as better-auth reads one: under the office's own address, whatever Host says, or a first
 * line that names another server (RFC 9112, 3.2.2).
 */
function toWebRequest(
  request: Request,
  body: Record<string, unknown>,
  officeUrl: string,
): globalThis.Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // What a proxy says counts as far as TRUST_PROXY goes, and not beyond.
    if (name.startsWith('x-forwarded') || name === 'forwarded' || name === 'content-length')
      continue;
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  headers.set(ADDRESS_HEADER, addressOf(request));
  const { method, path: pathname } = request;
  const url = Object.assign(new URL(officeUrl), { pathname, search: searchOf(request) });
  if (method === 'GET') return new globalThis.Request(url, { method, headers });
  headers.set('content-type', 'application/json');
  return new globalThis.Request(url, { method, headers, body: JSON.stringify(body) });
}

/** An error of the library's comes out in the one shape that errors of the office have. */
async function send(
  response: Response,
  answer: globalThis.Response,
  office: AuthRouteParts['office'],
): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie' && name !== 'content-length') response.set(name, value);
  }
  const location = answer.headers.get('location');
  if (location !== null && isRedirection(answer)) {
    response.set('Location', ownLocation(location, office));
  }
  for (const cookie of answer.headers.getSetCookie()) response.append('Set-Cookie', cookie);
  const text = await answer.text();
  if (answer.status < 400) {
    response.send(text);
    return;
  }
  const { code, message } = readError(text);
  response.type('application/problem+json');
  response.send(JSON.stringify(toProblemBody({ status: answer.status, code, detail: message })));
}

function isRedirection({ status }: globalThis.Response): boolean {
  return status >= 300 && status < 400;
}

/**
 * Where a browser is sent, always within the office. The library looks at an address as it is written,
 * and a browser at what becomes of it: "/office/..//elsewhere.example" is another site's.
 */
function ownLocation(location: string, { url, origins }: AuthRouteParts['office']): string {
  const target = URL.parse(location, url);
  return target && origins.includes(target.origin) ? location : `${url}/office`;
}

function readError(text: string): { code: string; message: string } {
  let error: { code?: unknown; message?: unknown } = {};
  try {
    error = Object(JSON.parse(text)) as typeof error;
  } catch {
    // Some answers have no body.
  }
  return {
    code: typeof error.code === 'string' ? error.code.toLowerCase() : 'refused',
    message: typeof error.message === 'string' ? error.message : 'The request was refused.',
  };
}
