import type { z } from 'zod';
import { transport } from '../../runtime/http-transport.ts';
import { failure, HttpClient } from '../http-client.ts';
import type { HttpAnswer, HttpRequest } from '../http-client.ts';
import type { TokenSource } from '../oauth/token-source.ts';
import type { ConnectionAccess } from '../provider.ts';
import type { RequestLimiter, RequestWindow } from '../request-limiter.ts';
import { isHaste, isRefusal, readRefusal, toCalendarError } from './refusal.ts';
import { apiRootOf } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Of one user of a client, unless its project was given more. */
const WINDOW: RequestWindow = { limit: 600, window: 60_000 };
/** Seconds for which nobody asks after Google said that it was too often. */
const REST_SECONDS = 10;

export interface GoogleRequest<Answer extends z.ZodType> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind the API's root, such as `['calendars', id, 'events']`. */
  path: readonly string[];
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Of the whole body; null where there is none. */
  answer: Answer | null;
  /** Of a POST that only asks. */
  isRead?: boolean;
  partOfWrite?: boolean;
  /** The ETag that the event must have still. */
  ifMatch?: string;
  /** Milliseconds. */
  timeout?: number;
}

/** Google Calendar's API, version 3. What it refuses is thrown as a calendar error. */
export class GoogleClient {
  readonly #root: string;
  readonly #tokens: TokenSource;
  readonly #limiter: RequestLimiter;
  readonly #http: HttpClient;

  /** @throws {CalendarSetupError} nobody has signed in */
  constructor(access: ConnectionAccess) {
    if (!access.tokens) {
      throw setupError('key-missing', 'Nobody has signed in. Connect the calendar again.');
    }
    this.#root = apiRootOf(access);
    this.#tokens = access.tokens;
    this.#limiter = access.limiter(WINDOW);
    const { fetch = transport } = access;
    this.#http = new HttpClient({
      fetch: async (...request) => {
        const answer = await fetch(...request);
        if (answer.status === 429) await this.#rest();
        return answer;
      },
      limiter: this.#limiter,
      // Google's headers say nothing of what is left.
      readRate: () => null,
      isRefusal,
    });
  }

  /** @throws {CalendarError} */
  async call<Answer extends z.ZodType>(request: GoogleRequest<Answer>): Promise<z.infer<Answer>> {
    const kind = request.method === 'GET' || request.isRead ? 'read' : 'write';
    const token = await this.#tokens.accessToken();
    let answer = await this.#send(request, kind, token);
    // A token that ended early, or was taken back: of what is refused so nothing was done.
    if (answer.status === 401) {
      answer = await this.#send(request, kind, await this.#tokens.renew(token));
    }
    const { status, body } = answer;
    if (status >= 400) throw await this.#refusal(status, body);
    if (request.answer === null) return undefined as z.infer<Answer>;
    const parsed = request.answer.safeParse(body);
    if (parsed.success) return parsed.data;
    throw failure(
      { kind },
      `The answer to ${request.path.at(-1)} could not be read.`,
      parsed.error,
    );
  }

  #send(
    { method, path, query = {}, body, ifMatch, partOfWrite, timeout }: GoogleRequest<z.ZodType>,
    kind: HttpRequest['kind'],
    token: string,
  ): Promise<HttpAnswer> {
    const url = new URL(`${this.#root}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return this.#http.send({
      method,
      url: url.href,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
      },
      kind,
      body,
      ...(partOfWrite === undefined ? {} : { partOfWrite }),
      ...(timeout === undefined ? {} : { timeout }),
    });
  }

  async #refusal(status: number, body: unknown): Promise<Error> {
    const refusal = readRefusal(status, body);
    if (isHaste(refusal)) await this.#rest();
    return toCalendarError(refusal);
  }

  /** Every process of the connection asks nothing for a while, not this one alone. */
  async #rest(): Promise<void> {
    await this.#limiter.observe({ remaining: 0, resetSeconds: REST_SECONDS });
  }
}
