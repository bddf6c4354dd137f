import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { BodyTooLargeError } from '../runtime/http-transport.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import { within } from '../runtime/within.ts';
import {
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  setupErrorOf,
} from './calendar-error.ts';
import type { CalendarSetupError } from './calendar-error.ts';
import type { RateReading, RequestLimiter } from './request-limiter.ts';

export interface HttpRequest {
  method:
    | 'GET'
    | 'POST'
    | 'PATCH'
    | 'PUT'
    | 'DELETE'
    | 'OPTIONS'
    | 'PROPFIND'
    | 'REPORT'
    | 'MKCALENDAR';
  url: string;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in the place of a body; its type is among the headers. */
  text?: string;
  /** A read may be repeated; a write is sent once, and its failure is an outcome that nobody knows. */
  kind: 'read' | 'write';
  /** A read that a write cannot go without: it may use what is kept for writes. */
  partOfWrite?: boolean;
  /** Milliseconds at most: waiting for the limiter, and all attempts together. */
  timeout?: number;
  /** Milliseconds at most for one attempt of a read. */
  attemptTimeout?: number;
  /** Statuses of a read that come back though they are failures elsewhere. */
  handsBack?: readonly number[];
}

/** An answer below 500, and not 429, or what was to be handed back. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the body is not JSON. */
  body: unknown;
}

export interface HttpClientOptions {
  fetch: Fetch;
  limiter: RequestLimiter;
  /** What the provider's headers say of the budget; null where they say nothing. */
  readRate: (headers: Headers) => RateReading | null;
  /**
   * Whether a body is a refusal in the provider's own words. Of a write, any other may come from what
   * stands between, after the provider has done it.
   */
  isRefusal: (body: unknown) => boolean;
}

/** Milliseconds. A write may take as long as a read: reads are tried again, writes are not. */
const TIMEOUT = 8_000;
/** Milliseconds: a read that hangs leaves time for another attempt. */
const ATTEMPT_TIMEOUT = 4_000;
const RETRIES = 2;
/** Milliseconds. */
const OBSERVE_TIMEOUT = 500;
/** The part of a write's time that may pass before it is sent. */
const MOST_OF_IT_WAITING = 0.5;
/** Milliseconds. */
const UNKNOWN_RETRY_AFTER = 60_000;

/** What Node says when no name was found or no connection made: the request never left this machine. */
const NO_CONNECTION =
  /^(ENOTFOUND|EAI_|UND_ERR_CONNECT|ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/**
 * HTTP to a calendar, mostly JSON: deadlines, repeated reads with jitter, the credential's limiter, and
 * failures as calendar errors. Answers from 200 to 499 come back for the adapter to read.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #repeat = retry(
    handleWhen(
      (error) =>
        error instanceof CalendarUnreachableError && !(error.cause instanceof BodyTooLargeError),
    ),
    {
      maxAttempts: RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 800 }),
    },
  );

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /**
   * @throws {CalendarUnreachableError} a read failed, or a write was certainly not sent
   * @throws {OutcomeUnknownError} a write was sent, and how it ended is not known
   * @throws {RateLimitedError} nothing was done
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const timeout = Math.max(request.timeout ?? TIMEOUT, 1);
    const ends = performance.now() + timeout;
    if (request.kind === 'write') {
      // What is left for its answer must suffice: an outcome that nobody knows is worse than none.
      await this.#waitForTurn(request, timeout * MOST_OF_IT_WAITING);
      return this.#exchange(request, ends - performance.now());
    }
    return this.#repeat.execute(async () => {
      await this.#waitForTurn(request, ends - performance.now());
      const attempt = request.attemptTimeout ?? ATTEMPT_TIMEOUT;
      return this.#exchange(request, Math.min(attempt, ends - performance.now()));
    }, AbortSignal.timeout(timeout));
  }

  /**
   * @throws {CalendarUnreachableError} it takes too long: nothing was sent
   * @throws {RateLimitedError} it would
   */
  async #waitForTurn(request: HttpRequest, patience: number): Promise<void> {
    const urgent = request.kind === 'write' || request.partOfWrite === true;
    await within(
      Math.max(patience, 1),
      this.#options.limiter.take(urgent ? 'write' : 'read'),
      () => new CalendarUnreachableError('Nothing was sent: other requests were waited for.'),
    );
  }

  /** @param timeout milliseconds, counted from here: before, nothing is sent */
  async #exchange(request: HttpRequest, timeout: number): Promise<HttpAnswer> {
    const { limiter, readRate, isRefusal } = this.#options;
    const { response, text } = await this.#fetch(request, timeout);
    const rate = readRate(response.headers);
    // What was answered is known by now: a slow limiter must not make it an unknown outcome.
    if (rate) await within(OBSERVE_TIMEOUT, limiter.observe(rate)).catch(() => undefined);
    const { status } = response;
    const answer = { status, headers: response.headers, text, body: parseJson(text) };
    if (request.kind === 'read' && request.handsBack?.includes(status)) return answer;
    if (request.kind === 'write' && status >= 300 && status < 500) {
      // The provider's headers prove as much as its words.
      const isOwn = isRefusal(answer.body) || (status === 429 && rate !== null);
      if (status < 400 || !isOwn) throw failure(request, `It answered ${status}.`);
    }
    if (status === 429) {
      const retryAfter = rate ? rate.resetSeconds * 1_000 : UNKNOWN_RETRY_AFTER;
      throw new RateLimitedError('The calendar refuses further requests.', { retryAfter });
    }
    if (status >= 300 && status < 400) {
      throw new CalendarUnreachableError(
        `The calendar's address redirects (${status}): set the address it redirects to.`,
      );
    }
    if (status >= 500 || status === 408) throw failure(request, `It answered ${status}.`);
    return answer;
  }

  async #fetch(request: HttpRequest, timeout: number) {
    const { method, url, headers, body, text } = request;
    const { fetch } = this.#options;
    try {
      const response = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(text === undefined ? {} : { body: text }),
        signal: AbortSignal.timeout(Math.max(Math.floor(timeout), 1)),
        // A redirected POST would arrive as something else.
        redirect: 'manual',
      });
      return { response, text: await response.text() };
    } catch (cause) {
      throw connectionFailure(request, cause);
    }
  }
}

/** The error of a request that was sent and not answered as it should have been. */
export function failure(
  request: Pick<HttpRequest, 'kind'>,
  reason: string,
  cause?: unknown,
): CalendarUnreachableError | OutcomeUnknownError {
  return request.kind === 'write'
    ? new OutcomeUnknownError(`Whether the calendar did it is not known. ${reason}`, { cause })
    : new CalendarUnreachableError(`The calendar did not answer as it should. ${reason}`, {
        cause,
      });
}

function connectionFailure(
  request: HttpRequest,
  cause: unknown,
): CalendarUnreachableError | OutcomeUnknownError | CalendarSetupError {
  if (cause instanceof DOMException && ['TimeoutError', 'AbortError'].includes(cause.name)) {
    return failure(request, 'No answer came in time.', cause);
  }
  const { code, syscall } = systemErrorOf(cause);
  if (code === 'ERR_ADDRESS_REFUSED') {
    const advice = `The address ${new URL(request.url).host} leads to a private network, or is no https. The operator of this server allows networks by CALENDAR_PRIVATE_NETWORKS, or connects the calendar by the command line.`;
    return setupErrorOf('', 'not-supported', advice, { cause });
  }
  // A network that goes away tells so on a connection that stands too, after the request was sent.
  if (syscall === 'connect' || NO_CONNECTION.test(code)) {
    return new CalendarUnreachableError(`The calendar cannot be reached (${code}).`, { cause });
  }
  return failure(request, `The connection broke (${code}).`, cause);
}

/** fetch hides the system's error as the cause of its own, and several addresses' errors in a list. */
function systemErrorOf(error: unknown): { code: string; syscall: string | null } {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (!('code' in current) || typeof current.code !== 'string') continue;
    const inner = current instanceof AggregateError ? (current.errors[0] as unknown) : current;
    const syscall = inner instanceof Error && 'syscall' in inner ? inner.syscall : null;
    return { code: current.code, syscall: typeof syscall === 'string' ? syscall : null };
  }
  return { code: 'no reason given', syscall: null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
