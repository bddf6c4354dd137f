import type { z } from 'zod';
import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { CalendarUnreachableError } from '../calendar-error.ts';
import { failure, HttpClient } from '../http-client.ts';
import type { HttpAnswer, HttpRequest } from '../http-client.ts';
import type { TokenSource } from '../oauth/token-source.ts';
import type { RateReading, RequestLimiter } from '../request-limiter.ts';
import type { MailboxGate } from './mailbox-gate.ts';
import { isRefusal, toCalendarError } from './refusal.ts';

export interface GraphClientOptions {
  /** Before `/v1.0`. */
  baseUrl: string;
  tokens: TokenSource;
  limiter: RequestLimiter;
  /** That of the mailbox. */
  gate: MailboxGate;
  /** The process's {@link transport} by default. */
  fetch?: Fetch | undefined;
}

export interface GraphRequest<Answer extends z.ZodType> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** What follows `/v1.0`, such as `['me', 'events', id]`; or a link that Graph itself gave. */
  path: readonly string[] | { link: string };
  query?: Record<string, string | number>;
  body?: unknown;
  /** Of the whole body; null where there is none to read. */
  answer: Answer | null;
  /** The ETag that must still be that of what is changed. */
  ifMatch?: string | null;
  /** Further preferences beside that times come in UTC. */
  prefer?: string;
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

/** Microsoft Graph, version 1.0. What it refuses is thrown as a calendar error. */
export class GraphClient {
  readonly #options: GraphClientOptions;
  readonly #root: string;
  readonly #http: HttpClient;

  constructor(options: GraphClientOptions) {
    this.#options = options;
    this.#root = `${options.baseUrl.replace(/\/+$/, '')}/v1.0`;
    const { fetch = transport, limiter } = options;
    this.#http = new HttpClient({ fetch, limiter, readRate, isRefusal });
  }

  /** @throws {CalendarError} */
  async call<Answer extends z.ZodType>(request: GraphRequest<Answer>): Promise<z.infer<Answer>> {
    const kind = request.method === 'GET' ? 'read' : 'write';
    const { status, body } = await this.#options.gate.pass(() => this.#send(request, kind));
    if (status >= 400) throw toCalendarError(status, body, subjectOf(request));
    const parsed = request.answer?.safeParse(body);
    if (!parsed) return undefined as z.infer<Answer>;
    if (parsed.success) return parsed.data;
    throw failure({ kind }, 'The answer of Microsoft Graph could not be read.', parsed.error);
  }

  async #send(
    request: GraphRequest<z.ZodType>,
    kind: HttpRequest['kind'],
  ): Promise<Pick<HttpAnswer, 'status' | 'body'>> {
    const { tokens } = this.#options;
    const token = await tokens.accessToken();
    const answer = await this.#http.send(this.#httpRequest(request, kind, token));
    // Of a request that is not authorized nothing was done: it may be sent again.
    if (answer.status !== 401) return answer;
    const renewed = await tokens.renew(token);
    return this.#http.send(this.#httpRequest(request, kind, renewed));
  }

  #httpRequest(
    { method, path, query, body, ifMatch, prefer, partOfWrite, timeout }: GraphRequest<z.ZodType>,
    kind: HttpRequest['kind'],
    token: string,
  ): HttpRequest {
    const preferences = ['outlook.timezone="UTC"', ...(prefer === undefined ? [] : [prefer])];
    return {
      method,
      url: 'link' in path ? this.#ownLink(path.link) : this.#urlOf(path, query),
      kind,
      body,
      headers: {
        Authorization: `Bearer ${token}`,
        Prefer: preferences.join(', '),
        ...(ifMatch ? { 'If-Match': ifMatch } : {}),
      },
      ...(partOfWrite === undefined ? {} : { partOfWrite }),
      ...(timeout === undefined ? {} : { timeout }),
    };
  }

  #urlOf(path: readonly string[], query: GraphRequest<z.ZodType>['query'] = {}): string {
    const url = new URL(`${this.#root}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    // Graph reads a plus sign as itself.
    return url.href.replaceAll('+', '%20');
  }

  /** The token goes to nobody but Graph, whatever a link says. */
  #ownLink(link: string): string {
    const url = URL.parse(link);
    const root = new URL(this.#root);
    if (url?.origin === root.origin && url.pathname.startsWith(`${root.pathname}/`)) return link;
    throw new CalendarUnreachableError(
      'Microsoft Graph goes on at an address that is not its own.',
    );
  }
}

function subjectOf({ path }: GraphRequest<z.ZodType>): 'event' | 'calendar' {
  return 'link' in path || path[1] === 'calendars' ? 'calendar' : 'event';
}

/** Seconds: a longer wait than this is another unit. */
const LONGEST_WAIT = 1_800;

/** Graph names a wait when there is one, and says nothing of what is left before. */
function readRate(headers: Headers): RateReading | null {
  const said = headers.get('retry-after');
  if (said === null || !/^\s*\d{1,6}\s*$/.test(said)) return null;
  return { remaining: 0, resetSeconds: Math.min(Number(said), LONGEST_WAIT) };
}
