import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf, readSample } from './samples.ts';
import { startMicrosoft, TOKEN } from './start-microsoft.ts';
import type { ValidatedMicrosoft } from './start-microsoft.ts';

/** The event of which the samples of one event speak. */
const EVENT = 'AAMkAGexample=';

describe('the simulator of Microsoft Graph answers the requests of the samples as they do', () => {
  let simulator: ValidatedMicrosoft;
  let eventId: string;
  beforeAll(async () => {
    simulator = await startMicrosoft();
  });
  afterAll(() => simulator.close());

  /** Sends what a sample sends, and compares status, headers and the error's code. */
  const replay = async (name: string, change: (path: string) => string = (path) => path) => {
    const { request, response } = readSample(name);
    const path = change(request.path).replace(EVENT, eventId);
    const answer = await fetch(`${simulator.url}${path}`, {
      method: request.method,
      headers: { ...request.headers, Authorization: `Bearer ${TOKEN}` },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const text = await answer.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    expect([name, answer.status]).toEqual([name, response.status]);
    for (const header of Object.keys(response.headers)) {
      if (header === 'Location') continue;
      expect(answer.headers.has(header)).toBe(true);
    }
    const code = (response.body?.['error'] as { code: string } | undefined)?.code;
    if (code !== undefined) expect(body).toMatchObject({ error: { code } });
    return body as Record<string, unknown>;
  };

  it('through the life of an event', async () => {
    const created = await replay('event.create.ok');
    eventId = String(created['id']);
    await replay('event.create.duplicate-transaction');
    expect(await replay('event.list.by-key')).toMatchObject({ value: [{ id: eventId }] });
    await replay('calendar-view.page');
    await replay('event.patch.changed-meanwhile');
    const moved = await fetch(`${simulator.url}/v1.0/me/events/${eventId}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${TOKEN}`, 'If-Match': String(created['@odata.etag']) },
      body: JSON.stringify(readSample('event.patch.ok').request.body),
    });
    expect(moved.status).toBe(readSample('event.patch.ok').response.status);
    await moved.arrayBuffer();
    await replay('event.cancel.ok');
    await replay('event.get.gone');
  });

  it('where a mark is known no more, a token has ended, or too much is asked at once', async () => {
    const first = await ask(
      '/v1.0/me/calendarView/delta?startDateTime=2026-12-01&endDateTime=2027-01-01',
    );
    const link = String(first['@odata.deltaLink']);
    simulator.mailbox.generation += 1;
    await replay('delta.expired', () => link.slice(simulator.url.length));
    simulator.faults.set({ kind: 'expired-token' });
    await replay('error.token-expired');
    simulator.faults.set({ kind: 'throttled', seconds: 10 });
    await replay('error.throttled');
    expect(simulator.faults.waiting).toEqual([]);
  });

  it('finds what is not as the samples have it', () => {
    const headers = { 'request-id': '1' };
    const answer = {
      operation: 'events.get',
      method: 'GET',
      path: '/',
      requestBody: null,
      headers,
    };
    const { body = {} } = readSample('event.create.ok').response;
    expect(problemsOf({ ...answer, status: 200, body })).toEqual([]);
    const { subject: _, ...lacking } = body;
    expect(problemsOf({ ...answer, status: 200, body: { ...lacking, title: 'x' } })).toEqual([
      'events.get 200.title: is in no sample',
      'events.get 200.subject: is missing',
    ]);
  });

  async function ask(path: string): Promise<Record<string, unknown>> {
    const answer = await fetch(`${simulator.url}${path}`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    return (await answer.json()) as Record<string, unknown>;
  }
});
