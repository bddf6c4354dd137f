import { ROUTE_TABLE } from 'virtual:route-table';
import { ApiProblem, readProblem } from './api-problem.ts';
import type { RouteId } from './route-types.ts';

interface RequestParts {
  /** Null: whoever asks has none, or it needs none. */
  organizationId: string | null;
  params?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  from?: object | undefined;
  signal?: AbortSignal | undefined;
}

/** Of what was read: the ETag that an edit made from it names. */
const etags = new WeakMap<object, string>();
/** As often is a write sent whose answer did not come; the server does it once. */
const ATTEMPTS = 3;

/**
 * Asks a route of `/api/v1`.
 * @throws {ApiProblem}
 */
export async function callRoute(id: RouteId, parts: RequestParts): Promise<unknown> {
  const route = ROUTE_TABLE[id];
  if (!route) throw new Error(`the page was built without the route ${id}`);
  const { organizationId, query = {}, body, from, signal } = parts;
  const params = { ...(organizationId === null ? {} : { organizationId }), ...parts.params };
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (route.isEdit) headers['If-Match'] = (from && etags.get(from)) ?? '*';
  if (route.isIdempotent) headers['Idempotency-Key'] = randomKey();
  const response = await send(`/api/v1${fill(route.path, params)}${toSearch(query)}`, {
    attempts: route.isIdempotent ? ATTEMPTS : 1,
    method: route.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const answer: unknown = await response.json();
  const etag = response.headers.get('ETag');
  if (etag !== null && typeof answer === 'object' && answer !== null) etags.set(answer, etag);
  return answer;
}

/**
 * Sends a request of the office's.
 * @throws {ApiProblem}
 */
export async function send(
  address: string,
  { attempts = 1, ...init }: RequestInit & { attempts?: number },
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address, { ...init, credentials: 'same-origin' });
      if (response.ok) return response;
      throw await readProblem(response);
    } catch (error) {
      if (error instanceof ApiProblem || init.signal?.aborted === true) throw error;
      if (attempt >= attempts) {
        throw new ApiProblem(
          0,
          'unreachable',
          'The server does not answer. Try again in a moment.',
        );
      }
    }
  }
}

function fill(path: string, params: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string') throw new Error(`${path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
}

function toSearch(query: object): string {
  const given = Object.entries(query as Record<string, string | undefined>).flatMap(
    ([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]),
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** crypto.randomUUID is not there on a page that came by plain http from another machine. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
