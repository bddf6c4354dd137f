import type { z } from 'zod';
import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { failure, HttpClient } from '../http-client.ts';
import type { HttpAnswer, HttpRequest } from '../http-client.ts';
import type { TokenSource } from '../oauth/token-source.ts';
import type { RateReading, RequestLimiter } from '../request-limiter.ts';
import { isRefusal, readRefusal, toCalendarError } from './refusal.ts';

export interface CalendlyClientOptions {
  /** The address that paths follow, without a slash at its end. */
  baseUrl: string;
  tokens: TokenSource;
  limiter: RequestLimiter;
  /** The process's {@link transport} by default. */
  fetch?: Fetch | undefined;
}

export interface CalendlyRequest<Answer extends z.ZodType> {
  method: 'GET' | 'POST' | 'DELETE';
  /** Of the resource and what follows, such as `['scheduled_events', id, 'cancellation']`. */
  path: [resource: string, ...rest: string[]];
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Of the whole body. */
  answer: Answer;
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
  /** Counted apart at Calendly: what its headers say is not of the other requests. */
  countedApart?: boolean;
}

/** How a read may be made. */
export type ReadLimits = Pick<CalendlyRequest<z.ZodType>, 'partOfWrite' | 'timeout'>;

/** Calendly's API, version 2. What it refuses is thrown as a calendar error. */
export class CalendlyClient {
  readonly #options: CalendlyClientOptions;
  readonly #http: HttpClient;
  readonly #httpCountedApart: HttpClient;

  constructor(options: CalendlyClientOptions) {
    this.#options = options;
    const { limiter } = options;
    const open = (counting: RequestLimiter) =>
      new HttpClient({
        fetch: options.fetch ?? transport,
        limiter: counting,
        readRate: readCalendlyRate,
        isRefusal,
      });
    this.#http = open(limiter);
    this.#httpCountedApart = open({
      take: (priority) => limiter.take(priority),
      observe: () => Promise.resolve(),
    });
  }

  /** @throws {CalendarError} */
  async call<Answer extends z.ZodType>(request: CalendlyRequest<Answer>): Promise<z.infer<Answer>> {
    const [resource] = request.path;
    const kind = request.method === 'GET' ? 'read' : 'write';
    const { tokens } = this.#options;
    const token = await tokens.accessToken();
    let answer = await this.#send(request, { kind, token });
    // Nothing was done: with a token that has ended early it is asked once more.
    if (answer.status === 401) {
      answer = await this.#send(request, { kind, token: await tokens.renew(token) });
    }
    const { status, body } = answer;
    if (status >= 400) throw toCalendarError(readRefusal(status, body), resource);
    const parsed = request.answer.safeParse(body);
    if (parsed.success) return parsed.data;
    throw failure({ kind }, `The answer to ${resource} could not be read.`, parsed.error);
  }

  async #send(
    { method, path, query, body, partOfWrite, timeout, countedApart }: CalendlyRequest<z.ZodType>,
    { kind, token }: { kind: HttpRequest['kind']; token: string },
  ): Promise<HttpAnswer> {
    const { baseUrl } = this.#options;
    const url = new URL(`${baseUrl}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return (countedApart ? this.#httpCountedApart : this.#http).send({
      method,
      url: url.href,
      headers: { Authorization: `Bearer ${token}` },
      kind,
      body,
      ...(partOfWrite === undefined ? {} : { partOfWrite }),
      ...(timeout === undefined ? {} : { timeout }),
    });
  }
}

/** Seconds: Calendly's longest window is a day, and a number beyond this is none of seconds. */
const LONGEST_RESET = 86_400;
const USUAL_RESET = 60;

function readCalendlyRate(headers: Headers): RateReading | null {
  const remaining = readCount(headers.get('x-ratelimit-remaining'));
  const reset = readCount(headers.get('x-ratelimit-reset'));
  if (remaining === null || reset === null) return null;
  return { remaining, resetSeconds: reset > LONGEST_RESET ? USUAL_RESET : reset };
}

/** A whole number that the database can hold; null for anything else, such as an empty header. */
function readCount(text: string | null): number | null {
  return text !== null && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}
