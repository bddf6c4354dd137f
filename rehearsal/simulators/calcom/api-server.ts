import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { ApiError, HttpError } from './api-error.ts';
import { API_ROUTES, type ApiRoute } from './api-routes.ts';
import { notFound, oldControllerRefusal, reachesRoute } from './api-version.ts';
import { accountOf, bearerToken, guard } from './authorization.ts';
import type { Answer, Call, Instance } from './call.ts';
import { breakOff, knownBy, serverError, strikeBefore, tooManyRequests } from './fault-effects.ts';
import type { Fault, Faults } from './faults.ts';
import { matchPath } from './match-path.ts';
import { rateLimitHeaders, type RateLimiter } from './rate-limit.ts';
import { readBody } from '../read-body.ts';

/** One answer as it went out, for whoever wants to hold it against the contract. */
export interface SentAnswer {
  operation: string;
  method: string;
  /** With the query. */
  path: string;
  requestBody: unknown;
  status: number;
  body: object;
}

export interface ApiServerOptions {
  instance: Instance;
  faults: Faults;
  /** Null for no limit. */
  rateLimiter: RateLimiter | null;
  logger: Logger;
  onAnswer: (answer: SentAnswer) => void;
}

/** A request as it was read, before it is known to be anything the API serves. */
interface ApiRequest {
  method: string;
  path: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
  /** Who is counted: the key, or the address. */
  address: string;
}

/** Serves one request of the API, faults and all. */
export async function serveApi(
  options: ApiServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const headers: Record<string, string> = {};
  let operation = 'none';
  let fault: Fault | null = null;
  let answer: Answer;
  try {
    const found = findRoute(request);
    operation = found.route.operation;
    const version = oneHeader(request, 'cal-api-version');
    const { laterVersions } = options.instance;
    const refusal = oldControllerRefusal(found.route, version, request.body, laterVersions);
    if (refusal === null && !reachesRoute(found.route, version, laterVersions)) {
      throw notFound(request.method, request.path);
    }
    const key = bearerToken(request.headers.authorization);
    const { instance } = options;
    accountOf(instance.state, key);
    const counted = options.rateLimiter?.count(key ?? request.address);
    if (counted !== undefined) Object.assign(headers, rateLimitHeaders(counted));
    if (counted?.exceeded === true) throw tooManyRequests();
    if (refusal !== null) throw refusal;

    const { parameters } = found;
    const named = { parameters, body: request.body, query: request.url.searchParams };
    fault = options.faults.strike(operation);
    if (fault !== null && (await strikeBefore(fault, named, instance.state, headers))) {
      return breakOff(fault, response);
    }
    // The key is looked at again: it may have been revoked while the request was delayed.
    const caller = accountOf(instance.state, key);
    guard(found.route, caller);
    const call: Call = {
      ...instance,
      ...named,
      caller,
      countsBooking: knownBy(fault),
    };
    answer = await found.route.handler(call);
    if (fault?.kind === 'commit-then-500') throw serverError(fault);
    if (fault?.kind === 'commit-then-timeout' || fault?.kind === 'commit-then-reset') {
      return breakOff(fault, response);
    }
  } catch (error) {
    answer = refuse(error, request, options);
  }
  const { method, path } = request;
  options.onAnswer({ operation, method, path, requestBody: request.body, ...answer });
  options.logger.debug({ operation, status: answer.status, fault: fault?.kind }, 'answered');
  send(response, answer, headers);
}

function findRoute(request: ApiRequest): { route: ApiRoute; parameters: Record<string, string> } {
  for (const route of API_ROUTES) {
    if (route.method !== request.method) continue;
    const parameters = matchPath(route.path, request.url.pathname);
    if (parameters !== null) return { route, parameters };
  }
  throw notFound(request.method, request.path);
}

function refuse(error: unknown, request: ApiRequest, options: ApiServerOptions): Answer {
  const now = new Date(options.instance.clock.now());
  if (error instanceof ApiError) {
    return { status: error.status, body: error.body(request.path, now) };
  }
  options.logger.error({ err: error }, 'the simulator failed');
  const failure = new HttpError(500, 'Internal server error');
  return { status: 500, body: failure.body(request.path, now) };
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  response.writeHead(answer.status, {
    ...headers,
    'X-Request-Id': randomUUID(),
    'Content-Type': 'application/json; charset=utf-8',
  });
  response.end(JSON.stringify(answer.body));
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const path = incoming.url ?? '/';
  return {
    method: incoming.method ?? 'GET',
    path,
    url: new URL(path, 'http://localhost'),
    headers: incoming.headers,
    body: await readBody(incoming),
    address: incoming.socket.remoteAddress ?? '',
  };
}

function oneHeader(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
