import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { readBody } from '../read-body.ts';
import { findRoute } from './api-routes.ts';
import {
  CalendlyError,
  notFound,
  permissionDenied,
  tooManyRequests,
  unauthenticated,
} from './calendly-error.ts';
import type { Answer, Instance } from './call.ts';
import type { Fault, Faults, Operation } from './faults.ts';
import type { Account } from './model.ts';
import { rateHeaders } from './rate-limits.ts';
import type { RateLimits } from './rate-limits.ts';

/** One answer as it went out, for whoever wants to hold it against the contract. */
export interface SentAnswer {
  operation: Operation | 'none';
  method: string;
  /** With the query. */
  path: string;
  requestBody: Record<string, unknown>;
  status: number;
  body: object | null;
}

export interface ApiParts {
  instance: Instance;
  faults: Faults;
  /** Null for no limit. */
  requestLimits: RateLimits | null;
  logger: Logger;
  /** The address of the account that an access token lets in; undefined for none. */
  ownerOf: (token: string) => Promise<string | undefined>;
  onAnswer: (answer: SentAnswer) => void;
}

/** Serves one request of the API, faults and all. */
export async function serveApi(
  parts: ApiParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? 'GET';
  const path = incoming.url ?? '/';
  const url = new URL(path, 'http://localhost');
  const requestBody = await readBody(incoming);
  const found = findRoute(method, url.pathname);
  const operation = found?.route.operation ?? 'none';
  const fault = found ? parts.faults.strike(found.route.operation) : null;
  const headers: Record<string, string> = {};
  let answer: Answer;
  try {
    if (!found) throw notFound();
    const caller = await callerOf(parts, incoming);
    const counted = parts.requestLimits?.count(caller.id);
    if (counted) Object.assign(headers, rateHeaders(counted));
    if (counted?.exceeded) throw tooManyRequests();
    if (caller.rights === 'none' && operation !== 'users.me') throw permissionDenied();
    if (fault && (await strikeBefore(fault, headers))) return breakOff(fault, response);
    answer = await found.route.handler({
      ...parts.instance,
      parameters: found.parameters,
      query: url.searchParams,
      body: requestBody,
      caller,
    });
    if (fault?.kind === 'commit-then-500') throw brokenDown(fault);
    if (fault?.kind === 'commit-then-timeout' || fault?.kind === 'commit-then-reset') {
      return breakOff(fault, response);
    }
  } catch (error) {
    answer = refuse(error, parts.logger);
  }
  Object.assign(headers, answer.headers);
  parts.onAnswer({
    operation,
    method,
    path,
    requestBody,
    status: answer.status,
    body: answer.body,
  });
  parts.logger.debug({ operation, status: answer.status, fault: fault?.kind }, 'answered');
  response.writeHead(answer.status, { ...headers, 'Content-Type': 'application/json' });
  response.end(answer.body === null ? undefined : JSON.stringify(answer.body));
}

/** @throws CalendlyError 401 */
async function callerOf(
  { instance: { state }, ownerOf }: ApiParts,
  { headers }: IncomingMessage,
): Promise<Account> {
  const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === '') throw unauthenticated();
  const personal = state.accounts.find((account) => account.token === token);
  if (personal) return personal;
  const email = await ownerOf(token);
  const account = state.accounts.find((each) => each.email === email);
  if (email === undefined || !account) throw unauthenticated();
  return account;
}

/** @returns whether the request ends here without an answer */
async function strikeBefore(fault: Fault, headers: Record<string, string>): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await pause(fault.milliseconds);
      return false;
    case 'hang':
    case 'connection-reset':
      return true;
    case 'rate-limited': {
      const reset = Math.max(1, Math.ceil(fault.milliseconds / 1_000));
      Object.assign(headers, rateHeaders({ limit: 500, remaining: 0, reset, exceeded: true }));
      throw tooManyRequests();
    }
    case 'server-error':
      throw brokenDown(fault);
    case 'expired-token':
      throw unauthenticated();
    case 'forbidden':
      throw permissionDenied();
    case 'commit-then-timeout':
    case 'commit-then-500':
    case 'commit-then-reset':
      return false;
  }
}

/** Leaves the client without an answer: at once by a reset, or waiting for as long as it likes. */
function breakOff(fault: Fault, response: ServerResponse): void {
  if (fault.kind === 'connection-reset' || fault.kind === 'commit-then-reset') {
    response.socket?.resetAndDestroy();
  }
}

function brokenDown({ status }: Fault): CalendlyError {
  return new CalendlyError(
    status,
    'Internal Server Error',
    'The server encountered an unexpected condition that prevented it from fulfilling the request.',
  );
}

function refuse(error: unknown, logger: Logger): Answer {
  if (error instanceof CalendlyError) return { status: error.status, body: error.body() };
  logger.error({ err: error }, 'the simulator failed');
  const failure = new CalendlyError(500, 'Internal Server Error', 'The simulator failed.');
  return { status: 500, body: failure.body() };
}
