import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { TokenOwner } from '../oauth/oauth-server.ts';
import { ApiError, haste, notFound } from './api-error.ts';
import type { Call, Reply, Route } from './call.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { Notifier } from './notifier.ts';
import { CALENDAR_ROUTES } from './routes/calendars.ts';
import { CHANNEL_ROUTES } from './routes/channels.ts';
import { EVENT_ROUTES } from './routes/events.ts';
import type { GoogleState } from './state.ts';

const ROOT = '/calendar/v3/';
const BODY_LIMIT = 1_048_576;
const SCOPE = 'https://www.googleapis.com/auth/';
const ROUTES: readonly Route[] = [...CALENDAR_ROUTES, ...CHANNEL_ROUTES, ...EVENT_ROUTES];

/** A request that was answered, and how. */
export interface Exchange {
  operation: Route['operation'];
  query: Record<string, string>;
  body: unknown;
  status: number;
  answer: object | undefined;
}

export interface ApiParts {
  state: GoogleState;
  faults: Faults;
  notifier: Notifier;
  ownerOf: (accessToken: string) => Promise<TokenOwner | null>;
  /** Requests of an account a minute; null: as many as it likes. */
  budget: { perMinute: number | null };
  /** Told of everything that was done. */
  record: (exchange: Exchange) => void;
}

/** Whether a request is for the calendars, and not for who signs in. */
export function isForApi({ url = '' }: IncomingMessage): boolean {
  return url.startsWith(ROOT);
}

/** Answers one request of the API. */
export async function serveApi(
  parts: ApiParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { route, params, query } = findRoute(request);
    const fault = parts.faults.take(route.operation);
    if (fault && (await failBefore(fault, request, response))) return;
    const reply = await perform(parts, request, { route, params, query });
    if (fault?.kind === 'lost-answer') request.socket.destroy();
    else if (fault?.kind !== 'commit-then-hang') send(response, reply.status, reply.body);
  } catch (error) {
    if (error instanceof ApiError) send(response, error.status, error.body);
    else send(response, 500, new ApiError(500, 'backendError', 'Backend Error').body);
  }
}

async function perform(
  parts: ApiParts,
  request: IncomingMessage,
  {
    route,
    params,
    query,
  }: { route: Route; params: Record<string, string>; query: URLSearchParams },
): Promise<Reply> {
  const { state, notifier, record } = parts;
  const body = await readBody(request);
  const account = await authorize(parts, request, route);
  const call: Call = { account, params, query, headers: request.headers, body };
  const reply = route.run(state, call);
  const { operation } = route;
  record({
    operation,
    query: Object.fromEntries(query),
    body,
    status: reply.status,
    answer: reply.body,
  });
  if (operation === 'events.watch') notifier.greet(String((reply.body as { id: unknown }).id));
  return reply;
}

/** Whether the fault has ended the request. */
async function failBefore(
  fault: FaultKind,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await pause(fault.milliseconds);
      return false;
    case 'reset':
      request.socket.destroy();
      return true;
    case 'hang':
      return true;
    case 'page':
      response.writeHead(fault.status, { 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      return true;
    case 'refuse': {
      const { status, reason, domain } = fault;
      throw new ApiError(status, reason, 'It was refused.', domain === undefined ? {} : { domain });
    }
    case 'lost-answer':
    case 'commit-then-hang':
      return false;
  }
}

/** @throws {ApiError} */
async function authorize(
  { ownerOf, budget, state }: ApiParts,
  request: IncomingMessage,
  { scopes }: Route,
): Promise<string> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const owner = token === undefined ? null : await ownerOf(token);
  if (!owner) {
    throw new ApiError(401, 'authError', 'Invalid Credentials', {
      locationType: 'header',
      location: 'Authorization',
    });
  }
  if (budget.perMinute !== null && !state.takeRequest(owner.account, budget.perMinute)) {
    throw haste(403, 'userRateLimitExceeded');
  }
  if (!scopes.some((scope) => owner.scopes.has(SCOPE + scope))) {
    throw new ApiError(
      403,
      'insufficientPermissions',
      'Insufficient Permission: Request had insufficient authentication scopes.',
    );
  }
  return owner.account;
}

function findRoute({ method, url = '' }: IncomingMessage) {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  const given = pathname.slice(ROOT.length).split('/');
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const params = match(route.path.split('/'), given);
    if (params) return { route, params, query };
  }
  throw notFound();
}

function match(path: readonly string[], given: readonly string[]): Record<string, string> | null {
  if (path.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of path.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_LIMIT) throw new ApiError(413, 'uploadTooLarge', 'Too large');
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(400, 'parseError', 'Parse Error');
  }
}

function send(response: ServerResponse, status: number, body: object | undefined): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
