import type { z } from 'zod';
import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { failure, HttpClient } from '../http-client.ts';
import type { HttpRequest } from '../http-client.ts';
import type { RateReading, RequestLimiter } from '../request-limiter.ts';
import { isRefusal, readRefusal, toCalendarError } from './refusal.ts';
import { rootOf } from './settings.ts';

/**
 * Each resource has a version of its own. A known version of another resource answers 404; an
 * unknown one is silently taken for an old one.
 */
export const VERSIONS = {
  bookings: '2024-08-13',
  'event-types': '2024-06-14',
  slots: '2024-09-04',
  schedules: '2024-06-11',
  teams: '2024-06-14',
  me: null,
  webhooks: null,
} as const;

export interface CalcomClientOptions {
  /** Before `/v2`. */
  baseUrl: string;
  apiKey: string;
  limiter: RequestLimiter;
  /** The process's {@link transport} by default. */
  fetch?: Fetch | undefined;
}

export interface CalcomRequest<Answer extends z.ZodType> {
  method: HttpRequest['method'];
  /** Of the resource and what follows, such as `['bookings', uid, 'cancel']`. */
  path: [resource: keyof typeof VERSIONS, ...rest: (string | number)[]];
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Of the whole body. */
  answer: Answer;
  /** That of the resource by default. */
  version?: string;
  /** Sent as by anybody; Cal.com serves bookings to who knows their uid. */
  withoutKey?: boolean;
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

/** Cal.com's API, version 2. What it refuses is thrown as a calendar error. */
export class CalcomClient {
  readonly #root: string;
  readonly #apiKey: string;
  readonly #http: HttpClient;

  constructor(options: CalcomClientOptions) {
    this.#root = rootOf(options.baseUrl);
    this.#apiKey = options.apiKey;
    this.#http = new HttpClient({
      fetch: options.fetch ?? transport,
      limiter: options.limiter,
      readRate: readCalcomRate,
      isRefusal,
    });
  }

  /** @throws {CalendarError} */
  async call<Answer extends z.ZodType>(request: CalcomRequest<Answer>): Promise<z.infer<Answer>> {
    const [resource] = request.path;
    const version = request.version ?? VERSIONS[resource];
    const kind = request.method === 'GET' ? 'read' : 'write';
    const { status, body } = await this.#http.send({
      method: request.method,
      url: this.#urlOf(request),
      headers: {
        ...(request.withoutKey ? {} : { Authorization: `Bearer ${this.#apiKey}` }),
        ...(version === null ? {} : { 'cal-api-version': version }),
      },
      kind,
      body: request.body,
      ...(request.partOfWrite === undefined ? {} : { partOfWrite: request.partOfWrite }),
      ...(request.timeout === undefined ? {} : { timeout: request.timeout }),
    });
    if (status >= 400) throw toCalendarError(readRefusal(status, body));
    const parsed = request.answer.safeParse(body);
    if (parsed.success) return parsed.data;
    throw failure({ kind }, `The answer to ${resource} could not be read.`, parsed.error);
  }

  #urlOf({ path, query }: Pick<CalcomRequest<z.ZodType>, 'path' | 'query'>): string {
    const url = new URL(`${this.#root}/v2/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url.href;
  }
}

/** Seconds: Cal.com's longest window is a minute, and a number beyond this is none of seconds. */
const LONGEST_RESET = 180;

/** Each limit has a name, such as Default, at the end of its headers; the tightest one counts. */
function readCalcomRate(headers: Headers): RateReading | null {
  let tightest: RateReading | null = null;
  for (const [header, value] of headers) {
    const name = /^x-ratelimit-remaining(.*)$/.exec(header)?.[1];
    if (name === undefined) continue;
    const remaining = readCount(value);
    const reset = readCount(headers.get(`x-ratelimit-reset${name}`));
    if (remaining === null || reset === null) continue;
    const resetSeconds = Math.min(reset, LONGEST_RESET);
    if (!tightest || remaining < tightest.remaining) tightest = { remaining, resetSeconds };
  }
  return tightest;
}

/** A whole number that the database can hold; null for anything else, such as an empty header. */
function readCount(text: string | null): number | null {
  return text !== null && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}
