import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
} from '../../calendar/calendar-error.ts';
import { HttpClient } from '../../calendar/http-client.ts';
import type { HttpRequest } from '../../calendar/http-client.ts';
import type { RateReading, RequestLimiter } from '../../calendar/request-limiter.ts';
import { createTransport, transport } from '../../runtime/http-transport.ts';
import { startScripted } from './scripted-server.ts';

const OK = { body: { fine: true } };

describe('HttpClient', () => {
  it('repeats a read that fails, twice at most', async () => {
    const patient = await startScripted([{ status: 503 }, 'reset', OK]);
    expect(await get(patient.url)).toMatchObject({ status: 200, body: { fine: true } });
    expect(patient.requests).toHaveLength(3);
    const broken = await startScripted([{ status: 500 }]);
    await expect(get(broken.url)).rejects.toThrow(CalendarUnreachableError);
    expect(broken.requests).toHaveLength(3);
  });

  it.each([
    ['a reset', 'reset'],
    ['a 500', { status: 500 }],
    ['a 503', { status: 503 }],
    ['no answer', 'hang'],
  ] as const)('sends a write once: after %s its outcome is unknown', async (_, step) => {
    const server = await startScripted([step]);
    await expect(post(server.url, { timeout: 200 })).rejects.toThrow(OutcomeUnknownError);
    expect(server.requests).toHaveLength(1);
  });

  it('knows that a write was not done when nobody listens', async () => {
    const url = await closedAddress();
    await expect(post(url)).rejects.toThrow(CalendarUnreachableError);
    await expect(post('http://no-such-host.invalid')).rejects.toThrow(CalendarUnreachableError);
  });

  it('ends a read in the time that it was given, all attempts together', async () => {
    const server = await startScripted(['hang']);
    const began = performance.now();
    await expect(get(server.url, { timeout: 400 })).rejects.toThrow(CalendarUnreachableError);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('answers refusals without repeating them', async () => {
    const server = await startScripted([{ status: 404, body: { message: 'none' } }]);
    expect(await get(server.url)).toMatchObject({ status: 404, body: { message: 'none' } });
    expect(server.requests).toHaveLength(1);
  });

  it('does not follow a redirection, which would turn a POST into a GET', async () => {
    const target = await startScripted([OK]);
    const server = await startScripted([{ status: 302, headers: { Location: target.url } }]);
    await expect(get(server.url)).rejects.toThrow(CalendarUnreachableError);
    // It may have been done before it was answered so.
    await expect(post(server.url)).rejects.toThrow(OutcomeUnknownError);
    expect(target.requests).toHaveLength(0);
  });

  it('answers a body that is not JSON as undefined', async () => {
    const server = await startScripted([{ body: '<html>' }]);
    expect(await get(server.url)).toMatchObject({ status: 200, body: undefined });
  });

  it.each([
    [400, ''],
    [401, {}],
    [403, '<html>'],
    [404, { message: 'none' }],
    [429, {}],
  ])(
    'knows no outcome of a write from a %i that is not in the provider’s words',
    async (...row) => {
      const [status, body] = row;
      const server = await startScripted([{ status, body }]);
      await expect(post(server.url)).rejects.toThrow(OutcomeUnknownError);
    },
  );

  it('answers a refusal of a write in the provider’s words', async () => {
    const server = await startScripted([{ status: 404, body: REFUSAL }]);
    expect(await post(server.url)).toMatchObject({ status: 404, body: REFUSAL });
    const limited = await startScripted([{ status: 429, body: REFUSAL }]);
    await expect(post(limited.url)).rejects.toThrow(RateLimitedError);
  });

  it('says how long to wait when the provider refuses further requests', async () => {
    const server = await startScripted([{ status: 429, headers: { 'X-Left': '0/7' } }]);
    const refusal: unknown = await post(server.url).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimitedError);
    expect((refusal as RateLimitedError).retryAfter).toBe(7_000);
  });

  it.each([
    ['EHOSTUNREACH', 'connect', CalendarUnreachableError],
    ['ENETUNREACH', 'connect', CalendarUnreachableError],
    ['ETIMEDOUT', 'connect', CalendarUnreachableError],
    ['ENOTFOUND', 'getaddrinfo', CalendarUnreachableError],
    ['EHOSTUNREACH', 'write', OutcomeUnknownError],
    ['ENETUNREACH', 'read', OutcomeUnknownError],
    ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', undefined, OutcomeUnknownError],
  ])('tells by %s of %s whether a write can have been sent', async (code, syscall, expected) => {
    const failing: typeof globalThis.fetch = () => {
      const cause = Object.assign(new Error(code), { code, syscall });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    const client = new HttpClient({ fetch: failing, limiter: OPEN, readRate, isRefusal });
    const request = { method: 'POST', kind: 'write', url: 'http://x', headers: {} } as const;
    await expect(client.send(request)).rejects.toThrow(expected);
  });

  it('asks the limiter before each request and tells it what the provider said', async () => {
    const server = await startScripted([{ headers: { 'X-Left': '11/30' } }]);
    const heard: unknown[] = [];
    const limiter: RequestLimiter = {
      take: (priority) => Promise.resolve(void heard.push(priority)),
      observe: (reading) => Promise.resolve(void heard.push(reading)),
    };
    const reading = { remaining: 11, resetSeconds: 30 };
    await get(server.url, {}, limiter);
    await get(server.url, { partOfWrite: true }, limiter);
    await post(server.url, {}, limiter);
    expect(heard).toEqual(['read', reading, 'write', reading, 'write', reading]);
  });

  it.each([
    ['write', 'POST'],
    ['read', 'GET'],
  ] as const)('has sent nothing of a %s while it waits for the limiter', async (kind, method) => {
    const server = await startScripted([OK]);
    const limiter = limiterOf(() => new Promise<void>(() => undefined));
    const request = { method, kind, url: server.url, timeout: 200 };
    await expect(send(request, limiter)).rejects.toThrow(CalendarUnreachableError);
    expect(server.requests).toHaveLength(0);
  });

  it('gives what it sends the time that the limiter left of it', async () => {
    const [timeout, waits] = [3_000, 1_300];
    const waiting = limiterOf(() => pause(waits));
    const silent = await startScripted(['hang']);
    const began = performance.now();
    await expect(post(silent.url, { timeout }, waiting)).rejects.toThrow(OutcomeUnknownError);
    // Were the time counted anew, it would be over only then.
    expect(performance.now() - began).toBeLessThan(waits + timeout);
  });

  it('knows what was answered while the limiter does not take note of it', async () => {
    const server = await startScripted([{ headers: { 'X-Left': '11/30' } }]);
    const limiter: RequestLimiter = { ...OPEN, observe: () => new Promise(() => undefined) };
    expect(await post(server.url, { timeout: 5_000 }, limiter)).toMatchObject({ status: 200 });
  });

  it('reads an answer once that is longer than any can be', async () => {
    const server = await startScripted([{ body: 'x'.repeat(2_000) }]);
    const client = new HttpClient({
      fetch: createTransport({ bodyLimit: 1_000 }),
      limiter: OPEN,
      readRate,
      isRefusal,
    });
    const request = { method: 'GET', kind: 'read', url: server.url, headers: {} } as const;
    await expect(client.send(request)).rejects.toThrow(CalendarUnreachableError);
    expect(server.requests).toHaveLength(1);
  });

  it('sends nothing when the limiter refuses', async () => {
    const server = await startScripted([OK]);
    const limiter: RequestLimiter = {
      take: () => Promise.reject(new RateLimitedError('Full.', { retryAfter: 5_000 })),
      observe: () => Promise.resolve(),
    };
    await expect(post(server.url, {}, limiter)).rejects.toThrow(RateLimitedError);
    expect(server.requests).toHaveLength(0);
  });
});

/** An address that was listened on, and no longer is. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

function limiterOf(take: () => Promise<void>): RequestLimiter {
  return { take, observe: () => Promise.resolve() };
}

/** As the provider of these tests says no. */
const REFUSAL = { refused: true };

function isRefusal(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'refused' in body;
}

const OPEN: RequestLimiter = { take: () => Promise.resolve(), observe: () => Promise.resolve() };

function get(url: string, change: Partial<HttpRequest> = {}, limiter = OPEN) {
  return send({ method: 'GET', kind: 'read', url, ...change }, limiter);
}

function post(url: string, change: Partial<HttpRequest> = {}, limiter = OPEN) {
  return send({ method: 'POST', kind: 'write', url, body: { a: 1 }, ...change }, limiter);
}

function send(request: Omit<HttpRequest, 'headers'>, limiter: RequestLimiter) {
  const client = new HttpClient({ fetch: transport, limiter, readRate, isRefusal });
  return client.send({ ...request, headers: {} });
}

/** "remaining/reset". */
function readRate(headers: Headers): RateReading | null {
  const [remaining, resetSeconds] = (headers.get('X-Left') ?? '').split('/').map(Number);
  return remaining === undefined || resetSeconds === undefined ? null : { remaining, resetSeconds };
}
