import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { API_ROUTES } from './api-routes.ts';
import type { ApiRoute } from './api-routes.ts';
import type { Answer, Call } from './call.ts';
import type { Fault, Faults } from './faults.ts';
import { badRequest, GraphError, throttled, tokenRefused } from './graph-error.ts';
import type { Mailbox } from './mailbox.ts';
import type { Notifier } from './notifier.ts';
import { readBody } from '../read-body.ts';

/** One answer as it went out, for whoever wants to hold it against the contract. */
export interface SentAnswer {
  operation: string;
  method: string;
  /** With the query. */
  path: string;
  requestBody: unknown;
  status: number;
  headers: Record<string, string>;
  body: object | null;
}

export interface ApiServerOptions {
  /** The mailbox of a token; null for one that is not known, or has ended. */
  mailboxOf: (token: string) => Promise<Mailbox | null>;
  notifier: Notifier;
  faults: Faults;
  now: () => number;
  root: () => string;
  /** Requests that are served at once for a mailbox. */
  atOnce: number;
  logger: Logger;
  onAnswer: (answer: SentAnswer) => void;
}

const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
const PREFIX = '/v1.0';

type Served = { answer: Answer; headers?: Record<string, string> } | 'nothing' | 'reset' | 'page';

/** Serves one request of Graph, faults and all. */
export async function serveApi(
  options: ApiServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = incoming.url ?? '/';
  const method = incoming.method ?? 'GET';
  const requestBody = await readBody(incoming);
  const found = findRoute(method, new URL(path, 'http://localhost').pathname);
  const operation = found?.route.operation ?? 'none';
  let served: Served;
  try {
    served = await serve(options, incoming, { found, path, requestBody });
  } catch (error) {
    served = refuse(error, options);
  }
  options.logger.debug({
    operation,
    served: typeof served === 'string' ? served : served.answer.status,
  });
  if (served === 'nothing') return;
  if (served === 'reset') return void response.socket?.resetAndDestroy();
  if (served === 'page') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    return void response.end('<html><body>Sign in to your account</body></html>');
  }
  const { status, body } = served.answer;
  const headers = {
    ...served.headers,
    'request-id': randomUUID(),
    ...(body === null ? {} : { 'Content-Type': JSON_TYPE }),
  };
  options.onAnswer({ operation, method, path, requestBody, status, headers, body });
  response.writeHead(status, headers);
  response.end(body === null ? '' : JSON.stringify(body));
}

async function serve(
  options: ApiServerOptions,
  { headers }: IncomingMessage,
  request: {
    found: { route: ApiRoute; parameters: Record<string, string> } | null;
    path: string;
    requestBody: Record<string, unknown>;
  },
): Promise<Served> {
  const { found, path, requestBody } = request;
  const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  const mailbox = token === undefined ? null : await options.mailboxOf(token);
  if (!mailbox) throw tokenRefused();
  if (!found) throw badRequest('BadRequest', 'Resource not found for the segment.');
  if (!mailbox.hasExchange) {
    const message = 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.';
    throw new GraphError(404, 'MailboxNotEnabledForRESTAPI', message);
  }
  const { route, parameters } = found;
  if (mailbox.atOnce >= options.atOnce) throw throttled(1);
  mailbox.atOnce += 1;
  try {
    const fault = options.faults.strike(route.operation);
    const early = fault && (await strikeBefore(fault));
    if (early) return early;
    const call: Call = {
      mailbox,
      parameters,
      query: new URL(path, 'http://localhost').searchParams,
      headers,
      body: requestBody,
      root: options.root(),
      notifier: options.notifier,
      now: options.now,
    };
    const answer = await route.handler(call);
    return (fault && strikeAfter(fault)) ?? { answer };
  } finally {
    mailbox.atOnce -= 1;
  }
}

async function strikeBefore({ kind, milliseconds, seconds }: Fault): Promise<Served | null> {
  switch (kind) {
    case 'delay':
      await sleep(milliseconds);
      return null;
    case 'hang':
      return 'nothing';
    case 'connection-reset':
      return 'reset';
    case 'login-page':
      return 'page';
    case 'throttled':
      throw throttled(seconds);
    case 'unavailable':
      throw new GraphError(503, 'ServiceUnavailable', 'The service is unavailable.', {
        'Retry-After': String(seconds),
      });
    case 'expired-token':
      throw tokenRefused();
    default:
      return null;
  }
}

function strikeAfter({ kind }: Fault): Served | null {
  if (kind === 'commit-then-timeout') return 'nothing';
  if (kind === 'commit-then-reset') return 'reset';
  if (kind === 'commit-then-504') throw new GraphError(504, 'UnknownError', 'It took too long.');
  return null;
}

function refuse(error: unknown, { now, logger }: ApiServerOptions): Served {
  const at = new Date(now());
  if (error instanceof GraphError) {
    const { status, headers } = error;
    return { answer: { status, body: error.body(at) }, headers };
  }
  logger.error({ err: error }, 'the simulator failed');
  const failed = new GraphError(500, 'InternalServerError', 'Something went wrong.');
  return { answer: { status: 500, body: failed.body(at) } };
}

function findRoute(
  method: string,
  path: string,
): { route: ApiRoute; parameters: Record<string, string> } | null {
  for (const route of API_ROUTES) {
    if (route.method !== method) continue;
    const parameters = matchPath(`${PREFIX}${route.path}`, path);
    if (parameters) return { route, parameters };
  }
  return null;
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (segment.startsWith(':')) parameters[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return parameters;
}
