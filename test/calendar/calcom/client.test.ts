import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CalcomClient } from '../../../calendar/calcom/client.ts';
import { refusalOf } from '../../../calendar/calcom/refusal.ts';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import type { RequestLimiter } from '../../../calendar/request-limiter.ts';
import { startScripted } from '../scripted-server.ts';
import type { ScriptStep } from '../scripted-server.ts';
import { recorded, recordedLater, recordedRace } from './recorded.ts';
import { clientOf, openLimiter } from './simulated.ts';

const ANSWER = z.object({ status: z.literal('success') });
const SUCCESS = { body: { status: 'success' } };
type Path = Parameters<CalcomClient['call']>[0]['path'];

describe('CalcomClient', () => {
  it.each([
    ['bookings', '2024-08-13'],
    ['event-types', '2024-06-14'],
    ['slots', '2024-09-04'],
    ['schedules', '2024-06-11'],
    ['me', undefined],
    ['webhooks', undefined],
  ] as const)('asks for %s in the version %s', async (resource, version) => {
    const server = await startScripted([SUCCESS]);
    await read(clientOf(server), [resource]);
    const [request] = server.requests;
    expect(request?.headers['cal-api-version']).toBe(version);
    expect(request?.headers['authorization']).toMatch(/^Bearer cal_/);
  });

  it.each([
    ['booking.create.taken-other-attendee', SlotUnavailableError],
    ['booking.create.overlapping', SlotUnavailableError],
    ['booking.create.outside-hours', SlotUnavailableError],
    ['booking.create.past', SlotUnavailableError],
    ['booking.reschedule.taken', SlotUnavailableError],
    ['reservation.create.overlap', SlotUnavailableError],
    ['booking.get.unknown', BookingNotFoundError],
    ['booking.cancel.unknown', BookingNotFoundError],
    ['booking.reschedule.unknown', BookingNotFoundError],
    ['booking.create.length-not-variable', RequestRefusedError],
    ['booking.cancel.no-body-auth-host', RequestRefusedError],
  ])('reads %s as the right error', async (name, type) => {
    await expect(refusal(recorded(name))).resolves.toBeInstanceOf(type);
  });

  it('takes a reservation of what is booked for a time that is not free', async () => {
    const answer = recordedLater('reservation.create.booked-422');
    await expect(refusal(answer)).resolves.toBeInstanceOf(SlotUnavailableError);
  });

  it.each([
    ['booking.create.bad-email', 'email'],
    ['booking.create.email-missing-phone-given', 'email'],
    ['booking.create.email-and-phone-missing', 'phone'],
    ['booking.create.bad-timezone', 'timeZone'],
  ])('names the field at fault in %s', async (name, field) => {
    await expect(refusal(recorded(name))).resolves.toMatchObject({
      name: 'RequestRefusedError',
      field,
    });
  });

  it('names the booking field whose answer is missing', async () => {
    const message = 'Missing required booking field response: reason - the event type requires it.';
    const body = { status: 'error', error: { code: 'BadRequestException', message } };
    await expect(refusal({ status: 400, body })).resolves.toMatchObject({ field: 'reason' });
  });

  it('reads the team’s words for a time that is taken, and a start too soon or too far', async () => {
    for (const message of [
      'One of the hosts either already has booking at this time or is not available',
      'The event type can\'t be booked at the "start" time provided.',
    ]) {
      const body = { status: 'error', error: { code: 'BadRequestException', message } };
      await expect(refusal({ status: 400, body })).resolves.toBeInstanceOf(SlotUnavailableError);
    }
  });

  it('reads the bare envelope of a race that was lost', async () => {
    const lost = recordedRace().find(({ status }) => status === 409);
    const error = await refusal(lost ?? {});
    expect(error).toBeInstanceOf(SlotUnavailableError);
    expect(refusalOf(error)).toMatchObject({ status: 409, message: 'booking_conflict_error' });
  });

  it('reads the properties that were found wrong', async () => {
    const error = await refusal(recorded('webhook.create.invalid-trigger'));
    expect(refusalOf(error)?.message).toMatch(/each value in triggers must be one of/);
  });

  it.each([
    ['me.noauth', 'key-refused'],
    ['bookings.list.noauth', 'key-without-rights'],
    ['slots.unknown-event-type', 'event-type-missing'],
    ['booking.create.unknown-event-type', 'event-type-missing'],
    ['event-types.wrong-version', 'not-supported'],
  ])('reads %s as the set-up problem %s', async (name, problem) => {
    await expect(refusal(recorded(name))).resolves.toMatchObject({
      name: 'CalendarSetupError',
      problem,
    });
  });

  it('obeys the limit that the headers tell, and says when it ends', async () => {
    const headers = {
      'X-RateLimit-Limit-Default': '120',
      'X-RateLimit-Remaining-Default': '10',
      'X-RateLimit-Reset-Default': '42',
    };
    const server = await startScripted([{ ...SUCCESS, headers }]);
    const limiter = memoryLimiter({ limit: 120, window: 60_000 });
    const client = new CalcomClient({ baseUrl: server.url, apiKey: 'cal_key', limiter });
    await read(client, ['me']);
    const error: unknown = await read(client, ['me']).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfter).toBeGreaterThan(40_000);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['an empty count', '', '600'],
    ['a count below nothing', '-1', '2000000'],
    ['half a request', '1.5', '60'],
    ['an instant', '5', '1795904361'],
    ['a time that is over', '5', '-1e300'],
    ['no end', '0', ''],
  ])('takes no budget of %s', async (_what, remaining, reset) => {
    const headers = { 'X-RateLimit-Remaining': remaining, 'X-RateLimit-Reset': reset };
    const observed: unknown[] = [];
    const server = await startScripted([{ ...SUCCESS, headers }]);
    await read(observing(server, observed), ['me']);
    expect(observed).toEqual([]);
  });

  it('takes a number of milliseconds for a few minutes', async () => {
    const headers = { 'X-RateLimit-Remaining': '5', 'X-RateLimit-Reset': '60000' };
    const observed: unknown[] = [];
    const server = await startScripted([{ ...SUCCESS, headers }]);
    await read(observing(server, observed), ['me']);
    expect(observed).toEqual([{ remaining: 5, resetSeconds: 180 }]);
  });

  it('takes the time to wait of a 429 from its headers: there is no Retry-After', async () => {
    const error = await refusal({
      status: 429,
      headers: { 'X-RateLimit-Remaining-Default': '0', 'X-RateLimit-Reset-Default': '17' },
    });
    expect((error as RateLimitedError).retryAfter).toBe(17_000);
  });

  it('reaches a self-hosted instance, however its address was written', async () => {
    const server = await startScripted([SUCCESS]);
    for (const end of ['', '/', '/v2', '/api/v2/']) {
      await read(clientOf({ url: `${server.url}${end}` }), ['bookings', 'a/b?c']);
    }
    const path = '/v2/bookings/a%2Fb%3Fc';
    expect(server.requests.map((request) => request.path)).toEqual([
      path,
      path,
      path,
      `/api${path}`,
    ]);
  });

  it('does not take an answer that it cannot read for a success', async () => {
    const server = await startScripted([{ body: '<html>' }]);
    const client = clientOf(server);
    await expect(read(client, ['me'])).rejects.toThrow(CalendarUnreachableError);
    await expect(
      client.call({ method: 'POST', path: ['bookings'], answer: ANSWER }),
    ).rejects.toThrow(OutcomeUnknownError);
  });

  it('keeps the key out of what it throws', async () => {
    const key = 'cal_secret_of_the_test';
    const server = await startScripted([recorded('me.noauth')]);
    const client = new CalcomClient({ baseUrl: server.url, apiKey: key, limiter: openLimiter() });
    const error: unknown = await read(client, ['me']).catch((caught: unknown) => caught);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key);
  });
});

function read(client: CalcomClient, path: Path) {
  return client.call({ method: 'GET', path, answer: ANSWER });
}

/** What a write that was answered so throws. */
async function refusal(step: ScriptStep): Promise<unknown> {
  const server = await startScripted([step]);
  const call = { method: 'POST' as const, path: ['bookings'] as Path, answer: ANSWER };
  return clientOf(server)
    .call(call)
    .catch((error: unknown) => error);
}

/** A client that tells what it was told of its budget. */
function observing({ url }: { url: string }, observed: unknown[]): CalcomClient {
  const limiter: RequestLimiter = {
    take: () => Promise.resolve(),
    observe: (reading) => {
      observed.push(reading);
      return Promise.resolve();
    },
  };
  return new CalcomClient({ baseUrl: url, apiKey: 'cal_key', limiter });
}
