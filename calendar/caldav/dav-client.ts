import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { CalendarSetupError } from '../calendar-error.ts';
import { HttpClient } from '../http-client.ts';
import type { HttpAnswer, HttpRequest } from '../http-client.ts';
import type { ConnectionAccess } from '../provider.ts';
import type { RateReading, RequestLimiter, RequestWindow } from '../request-limiter.ts';
import { Authorization } from './authorization.ts';
import { readMultistatus } from './multistatus.ts';
import type { Multistatus } from './multistatus.ts';
import { mayHearPassword } from './server-address.ts';
import { serverOf, settingsOf } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Servers name no limit; this one keeps a loop of ours from being one. */
const WINDOW: RequestWindow = { limit: 600, window: 60_000 };
/** Milliseconds. */
const READ_TIMEOUT = 8_000;
/** Milliseconds: a calendar of years is one answer, and some servers index it when they are first asked. */
const ATTEMPT_TIMEOUT = 7_000;
const WRITE_TIMEOUT = 6_000;

export interface DavRequest {
  method: HttpRequest['method'];
  url: URL;
  depth?: '0' | '1';
  xml?: string;
  ics?: string;
  /** Of the object that is replaced. Never `*`, which several servers take for something else. */
  ifMatch?: string;
  /** Only where there is no object of that name. */
  ifNoneMatch?: '*';
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
  /** Statuses that come back though they are failures elsewhere. */
  handsBack?: readonly number[];
}

export interface DavClientOptions {
  /** What the operator typed: the password goes to hosts of its domain alone. */
  server: URL;
  username: string;
  password: string;
  limiter: RequestLimiter;
  /** The process's {@link transport} by default. */
  fetch?: Fetch | undefined;
}

/** How often a request is sent again because the server asks for another proof of the password. */
const MOST_CHALLENGES = 2;

/** WebDAV with a name and a password. */
export class DavClient {
  readonly server: URL;
  readonly #authorization: Authorization;
  readonly #http: HttpClient;

  constructor({ server, username, password, limiter, fetch = transport }: DavClientOptions) {
    this.server = server;
    this.#authorization = new Authorization(username, password);
    this.#http = new HttpClient({
      fetch,
      limiter,
      readRate: readRetryAfter,
      // What a write was answered is not believed either way: whoever writes reads the object again.
      isRefusal: () => true,
    });
  }

  /**
   * Sends a request, and answers what came back below 500.
   * @throws {CalendarSetupError} the password is refused, or may not do that
   * @throws {CalendarUnreachableError} {OutcomeUnknownError} {RateLimitedError}
   */
  async send(request: DavRequest): Promise<HttpAnswer> {
    const { method, url } = request;
    if (!mayHearPassword(this.server, url)) {
      throw setupError(
        'not-supported',
        `The server at ${this.server.host} sends on to ${url.host}, which is not of its domain: the password is not sent there. Give the address of ${url.host} itself if that is your server.`,
      );
    }
    for (let challenges = 0; ; challenges += 1) {
      const authorization = this.#authorization.header(method, url);
      const answer = await this.#exchange(request, authorization);
      if (answer.status !== 401) return answer;
      // Nothing was done: whoever asks for a proof has not looked at the rest.
      const asked = answer.headers.get('www-authenticate');
      const isNew = this.#authorization.takeUp(asked, authorization, url);
      if (!isNew || challenges === MOST_CHALLENGES) throw refusedPassword(url);
    }
  }

  #exchange(request: DavRequest, authorization: string): Promise<HttpAnswer> {
    const { method, url, xml, ics, depth, ifMatch, ifNoneMatch } = request;
    const isWrite = ['PUT', 'DELETE', 'MKCALENDAR'].includes(method);
    return this.#http.send({
      method,
      url: url.href,
      headers: {
        Authorization: authorization,
        ...(depth === undefined ? {} : { Depth: depth }),
        ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
        ...(ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
        ...(xml === undefined ? {} : { 'Content-Type': 'application/xml; charset=utf-8' }),
        ...(ics === undefined ? {} : { 'Content-Type': 'text/calendar; charset=utf-8' }),
      },
      ...(xml === undefined ? {} : { text: xml }),
      ...(ics === undefined ? {} : { text: ics }),
      kind: isWrite ? 'write' : 'read',
      timeout: request.timeout ?? (isWrite ? WRITE_TIMEOUT : READ_TIMEOUT),
      attemptTimeout: ATTEMPT_TIMEOUT,
      handsBack: request.handsBack ?? [],
      ...(request.partOfWrite === undefined ? {} : { partOfWrite: request.partOfWrite }),
    });
  }

  /**
   * Asks for what can only be answered by a multistatus.
   * @throws {CalendarError}
   */
  async ask(request: DavRequest): Promise<Multistatus> {
    const answer = await this.send(request);
    return expectMultistatus(answer, request.url);
  }
}

function refusedPassword({ host }: URL): CalendarSetupError {
  return setupError(
    'key-refused',
    `The server at ${host} does not accept the name and the password. Most providers want a password made for one app alone: make one in your account, and connect the calendar again.`,
  );
}

/**
 * A multistatus, or what went wrong.
 * @throws {CalendarSetupError} {CalendarUnreachableError}
 */
export function expectMultistatus({ status, text }: HttpAnswer, url: URL): Multistatus {
  if (status === 207) return readMultistatus(text);
  if (status === 403) {
    throw setupError(
      'key-without-rights',
      `The account may not read ${url.pathname}: let its owner share it, or choose another calendar.`,
    );
  }
  if (status === 404 || status === 410) {
    throw setupError(
      'event-type-missing',
      `The server has no calendar at ${url.pathname} any more: connect it again.`,
    );
  }
  throw new CalendarUnreachableError(`The calendar server answered ${status}.`);
}

/**
 * The server of a connection.
 * @throws {CalendarConfigurationError} the settings cannot be read
 * @throws {CalendarSetupError} the password is missing
 */
export function openClient(access: ConnectionAccess): DavClient {
  if (access.credential === null) {
    throw setupError('key-missing', 'It has no password: connect the calendar again.');
  }
  const { server, username } = settingsOf(access);
  return new DavClient({
    server: serverOf({ server }),
    username,
    password: access.credential,
    limiter: access.limiter(WINDOW),
    fetch: access.fetch,
  });
}

function readRetryAfter(headers: Headers): RateReading | null {
  const seconds = /^\s*(\d{1,6})\s*$/.exec(headers.get('retry-after') ?? '')?.[1];
  return seconds === undefined ? null : { remaining: 0, resetSeconds: Number(seconds) };
}
