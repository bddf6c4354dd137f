import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALICE,
  BOB,
  grantTokens,
  openGoogle,
  tokenSource,
  useGoogle,
} from '../../../calendar/google/simulated.ts';
import { attendee } from '../../../calendar/contract/contract-world.ts';
import { faultsOf, METHODS } from './discovery.ts';

const google = useGoogle();
let token: string;
beforeAll(async () => {
  ({
    tokens: { accessToken: token },
  } = await grantTokens(google.simulator));
});

interface Answer {
  status: number;
  body: unknown;
}

async function ask(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${google.simulator.url}/calendar/v3/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** What a sample says is answered, as far as a program goes by it. */
function sample(name: string): object {
  const path = join(import.meta.dirname, `../../../fixtures/google/samples/${name}.json`);
  const { response } = JSON.parse(readFileSync(path, 'utf8')) as {
    response: { status: number; body: { error: { code: number; errors: object[] } } };
  };
  const { code, errors } = response.body.error;
  return { status: response.status, body: { error: { code, errors } } };
}

const TIMES = {
  start: { dateTime: '2027-03-09T14:00:00Z' },
  end: { dateTime: '2027-03-09T14:30:00Z' },
};
const insert = (id: string, more: object = {}) =>
  ask('POST', 'calendars/primary/events', { id, ...TIMES, ...more });

describe('the simulated Google', () => {
  it('answers what the discovery document names, and is asked nothing else', async () => {
    const calendar = await openGoogle(
      google.simulator,
      await tokenSource(google.simulator),
      { calendar: 'Appointments', busyCalendars: 'all' },
      { meetingLink: 'google_meet' },
    );
    google.simulator.state.pendingRoomReads = 1;
    const from = new Date(Date.now() + 86_400_000);
    const [slot, later] = await calendar.listSlots({
      from,
      to: new Date(from.getTime() + 4 * 86_400_000),
    });
    if (!slot || !later) throw new Error('Nothing is free.');
    const { reference } = await calendar.book({
      slot,
      attendee: { ...attendee(), phone: '+14155550123' },
      key: 'a key',
      notes: 'Notes.',
      answers: { Insurance: 'none' },
    });
    google.simulator.state.pendingRoomReads = 0;
    const changes = await calendar.listChanges?.(null);
    await calendar.reschedule(reference, later, 'Test.');
    await calendar.findBookings({ phone: '+14155550123' });
    await calendar.cancel(reference, 'Test.');
    await calendar.listChanges?.(changes?.mark ?? null);
    const watch = { id: 'channel', type: 'web_hook', address: 'https://voice.example.com/x' };
    const { body } = await ask('POST', 'calendars/primary/events/watch', watch);
    await ask('POST', 'channels/stop', { ...watch, ...(body as object) });
    const seen = new Set<string>();
    for (const { operation, query, body: sent, answer } of google.simulator.exchanges) {
      const method = METHODS[operation];
      if (!method) throw new Error(`The document has no ${operation}.`);
      seen.add(operation);
      expect(Object.keys(query).filter((name) => !method.parameters.includes(name))).toEqual([]);
      expect(method.request ? faultsOf(sent, method.request) : []).toEqual([]);
      expect(method.response ? faultsOf(answer, method.response) : []).toEqual([]);
    }
    expect([...seen].toSorted()).toEqual(Object.keys(METHODS).toSorted());
  });

  it('knows an answer that the document does not name', () => {
    expect(faultsOf({ id: 7, colour: 'red', start: { date: 'soon' } }, 'Event')).toEqual([
      'Event.id: no string',
      'Event.colour: not known',
      'Event.start.date: no date',
    ]);
  });

  it('refuses as the samples say', async () => {
    const made = await insert('sampled0001');
    expect(made.status).toBe(200);
    const { etag } = made.body as { etag: string };
    expect(await insert('sampled0001')).toMatchObject(sample('event.insert.duplicate'));
    const path = 'calendars/primary/events/sampled0001';
    const other = { 'If-Match': '"1"' };
    expect(await ask('PATCH', path, { summary: 'x' }, other)).toMatchObject(
      sample('event.patch.changed-meanwhile'),
    );
    expect((await ask('PATCH', path, { summary: 'x' }, { 'If-Match': etag })).status).toBe(200);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect(await ask('DELETE', path)).toMatchObject(sample('event.delete.again'));
    expect(await insert('sampled0001')).toMatchObject(sample('event.insert.duplicate'));
    expect((await ask('GET', path)).body).toMatchObject({ status: 'cancelled', summary: 'x' });
    expect(await ask('GET', 'calendars/primary/events/unknown00000')).toMatchObject(
      sample('event.get.unknown'),
    );
    expect(await ask('GET', 'calendars/primary/events?syncToken=old')).toMatchObject(
      sample('event.list.token-expired'),
    );
    expect(
      await ask('GET', 'calendars/primary/events', undefined, { Authorization: 'Bearer x' }),
    ).toMatchObject(sample('error.credentials'));
    const { tokens } = await grantTokens(google.simulator, ALICE, [
      'https://www.googleapis.com/auth/calendar.freebusy',
    ]);
    const narrow = { Authorization: `Bearer ${tokens.accessToken}` };
    expect(await ask('POST', 'calendars/primary/events', TIMES, narrow)).toMatchObject(
      sample('error.scope'),
    );
  });

  it('refuses ids that are none, times that end before they begin, and tokens with times', async () => {
    expect((await insert('Upper-case')).status).toBe(400);
    expect((await insert('wxyz0000')).status).toBe(400);
    expect((await insert('backwards01', { end: TIMES.start })).status).toBe(400);
    const { body } = await ask('GET', 'calendars/primary/events');
    const { nextSyncToken } = body as { nextSyncToken: string };
    const search = new URLSearchParams({ syncToken: nextSyncToken, timeMin: TIMES.end.dateTime });
    expect((await ask('GET', `calendars/primary/events?${search.toString()}`)).status).toBe(400);
  });

  it('accepts overlaps, as the real one does', async () => {
    expect((await insert('overlap0001')).status).toBe(200);
    expect((await insert('overlap0002')).status).toBe(200);
  });

  it('counts what an account asks in a minute', async () => {
    google.simulator.budget.perMinute = 1;
    const { tokens } = await grantTokens(google.simulator, BOB);
    const own = { Authorization: `Bearer ${tokens.accessToken}` };
    const answers = [];
    for (let round = 0; round < 3; round += 1) {
      answers.push(await ask('GET', 'users/me/calendarList', undefined, own));
    }
    google.simulator.budget.perMinute = null;
    // A minute may have ended in between.
    expect(answers.at(-1)?.status === 403 || answers[1]?.status === 403).toBe(true);
    expect(answers.find(({ status }) => status === 403)).toMatchObject({
      body: { error: { errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }] } },
    });
  });

  it('posts to a channel until it is stopped or ends', async () => {
    const posts: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      posts.push(request.headers);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const channel = { id: 'told', type: 'web_hook', address, token: 'opaque' };
    const { body } = await ask('POST', 'calendars/primary/events/watch', {
      ...channel,
      params: { ttl: '3600' },
    });
    expect(Number((body as { expiration: string }).expiration)).toBeGreaterThan(Date.now());
    await insert('channel0001');
    await google.simulator.notifier.settled();
    expect(posts.map((headers) => headers['x-goog-resource-state'])).toEqual(['sync', 'exists']);
    expect(posts[1]).toMatchObject({
      'x-goog-channel-id': 'told',
      'x-goog-channel-token': 'opaque',
      'content-length': '0',
    });
    expect((await ask('POST', 'calendars/primary/events/watch', channel)).status).toBe(400);
    await ask('POST', 'channels/stop', body as object);
    await insert('channel0002');
    await google.simulator.notifier.settled();
    expect(posts).toHaveLength(2);
    server.close();
  });
});
