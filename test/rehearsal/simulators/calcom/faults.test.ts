import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, control, request, startCalcom, type ValidatedSimulator } from './start-calcom.ts';

const START = '2026-11-24T15:00:00Z';
const SLOTS = '/v2/slots?eventTypeId=1&start=2026-11-24&end=2026-11-24';

let simulator: ValidatedSimulator;
beforeEach(async () => {
  simulator = await startCalcom({ random: () => 0.5, slotsCache: 0 });
});
afterEach(async () => await simulator.close());

describe('faults that do nothing', () => {
  it('delays, then answers', async () => {
    await set({ kind: 'delay', milliseconds: 60 });
    const begun = performance.now();
    expect((await book()).status).toBe(201);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
  });

  it('hangs for as long as the client waits', async () => {
    await set({ kind: 'hang' });
    await expect(book(AbortSignal.timeout(50))).rejects.toThrow('timeout');
    expect(await bookings()).toHaveLength(0);
  });

  it('answers 429 with the headers of an exhausted limit', async () => {
    await set({ kind: 'rate-limited', operation: 'me.get', milliseconds: 7000 });
    const { body, headers, status } = await request(simulator, 'GET', '/v2/me');
    expect([status, body.error?.code]).toStrictEqual([429, 'ThrottlerException']);
    expect(headers.get('X-RateLimit-Remaining-Default')).toBe('0');
    expect(headers.get('X-RateLimit-Reset-Default')).toBe('7');
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(200);
  });

  it('answers a 5xx', async () => {
    await set({ kind: 'server-error', status: 503 });
    expect((await book()).status).toBe(503);
    expect(await bookings()).toHaveLength(0);
  });

  it('resets the connection', async () => {
    await set({ kind: 'connection-reset' });
    await expect(book()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await bookings()).toHaveLength(0);
  });

  it('refuses a key as if it had been revoked', async () => {
    await set({ kind: 'revoked-key', operation: 'slots.list' });
    expect((await request(simulator, 'GET', SLOTS)).status).toBe(401);
  });
});

describe('faults that come after the deed', () => {
  it('books and never answers', async () => {
    await set({ kind: 'commit-then-timeout' });
    await expect(book(AbortSignal.timeout(100))).rejects.toThrow('timeout');
    await expect.poll(bookings).toMatchObject([{ status: 'accepted' }]);
  });

  it('books and answers 500', async () => {
    await set({ kind: 'commit-then-500' });
    expect((await book()).status).toBe(500);
    expect(await bookings()).toMatchObject([{ status: 'accepted' }]);
  });

  it('books and resets the connection', async () => {
    await set({ kind: 'commit-then-reset' });
    await expect(book()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await bookings()).toMatchObject([{ status: 'accepted' }]);
  });

  it('cancels and answers 500', async () => {
    const { body } = await book();
    const { uid } = body.data as { uid: string };
    await set({ kind: 'commit-then-500', operation: 'bookings.cancel' });
    const path = `/v2/bookings/${uid}/cancel`;
    const cancel = { body: { cancellationReason: 'asked' } };
    expect((await request(simulator, 'POST', path, cancel)).status).toBe(500);
    expect(await bookings()).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('faults of what is seen', () => {
  it('lists slots that have gone since', async () => {
    await set({ kind: 'stale-slots', operation: 'slots.list' });
    await book();
    const starts = async (): Promise<string> =>
      JSON.stringify((await request(simulator, 'GET', SLOTS)).body.data);
    expect(await starts()).toContain('T15:00');
    expect(await starts()).not.toContain('T15:00');
  });

  it('deletes the event type just before it is booked', async () => {
    await set({ kind: 'event-type-deleted' });
    expect((await book()).status).toBe(404);
    expect((await request(simulator, 'GET', SLOTS)).status).toBe(404);
  });

  it('deletes the event type of a booking that is being moved', async () => {
    const { body } = await book();
    const { uid } = body.data as { uid: string };
    await set({ kind: 'event-type-deleted', operation: 'bookings.reschedule' });
    const path = `/v2/bookings/${uid}/reschedule`;
    const move = { body: { start: '2026-11-24T16:00:00Z' } };
    expect((await request(simulator, 'POST', path, move)).status).toBe(404);
    expect((await request(simulator, 'GET', `/v2/bookings/${uid}`)).status).toBe(200);
  });
});

describe('which requests a fault strikes', () => {
  it('strikes as often as told, after as many as told', async () => {
    await set({ kind: 'server-error', operation: 'me.get', times: 2, after: 1 });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await request(simulator, 'GET', '/v2/me')).status);
    }
    expect(statuses).toStrictEqual([200, 500, 500, 200]);
  });

  it('strikes by chance', async () => {
    await set({ kind: 'server-error', operation: '*', times: null, probability: 0.4 });
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(200);
    await set({ kind: 'server-error', operation: '*', times: null, probability: 0.6 });
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(500);
    await control(simulator, 'DELETE', 'faults');
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(200);
  });

  it('refuses kinds and operations that it does not know', async () => {
    await expect(set({ kind: 'earthquake' })).rejects.toThrow('kind');
    await expect(set({ kind: 'hang', operation: 'bookings.book' })).rejects.toThrow('operation');
  });
});

describe('the routes of the simulator itself', () => {
  it('answer nobody who does not say what they want', async () => {
    expect((await fetch(`${simulator.url}/simulator/bookings`)).status).toBe(403);
  });

  it('set the clock, and let it run or stand', async () => {
    await control(simulator, 'POST', 'clock', { now: '2027-01-04T09:00:00-05:00', stopped: true });
    expect((await book()).body.error?.message).toContain('in the past');
    expect(simulator.clock.now()).toBe(Date.parse('2027-01-04T14:00:00Z'));
    await control(simulator, 'POST', 'clock', { now: null });
    expect(Math.abs(simulator.clock.now() - Date.now())).toBeLessThan(1000);
  });

  it('take time from an account', async () => {
    const busy = [{ start: START, end: '2026-11-24T16:00:00Z' }];
    await control(simulator, 'PATCH', 'accounts/front-desk', { busy });
    expect((await book()).status).toBe(400);
  });
});

async function set(fault: object): Promise<void> {
  await control(simulator, 'POST', 'faults', { operation: 'bookings.create', ...fault });
}

async function book(signal?: AbortSignal) {
  const attendee = { name: 'Ada', email: 'ada@example.com', timeZone: 'America/New_York' };
  return await request(simulator, 'POST', '/v2/bookings', {
    body: { eventTypeId: 1, start: START, attendee },
    key: API_KEY,
    ...(signal && { signal }),
  });
}

async function bookings(): Promise<unknown> {
  return await control(simulator, 'GET', 'bookings');
}
