import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { assistantParts, connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { placesOf } from '../../support/whole-database.ts';
import { startTokenServer } from '../start-token-server.ts';
import { forge, mutate, randomFrom } from './forged-requests.ts';
import type { Forged } from './forged-requests.ts';

const CLOCK = clockFrom('2026-12-01T15:00:40Z');
const database = useTestDatabase({ clock: CLOCK, maxConnections: 10 });
const masterKey = randomBytes(32);
/** Requests of each kind. */
const COUNT = Number(process.env['FORGED_REQUESTS'] ?? 1_000);
const FOLDER = new URL('../../fixtures/vapi/', import.meta.url);

const bodies = readdirSync(FOLDER).flatMap((file) => {
  const { request } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as {
    request?: { path: string; body: unknown };
  };
  return request?.path.startsWith('/api/') ? [request.body] : [];
});

async function open() {
  const { db } = database;
  const [tenant, stranger] = [await insertTenant(db), await insertTenant(db)];
  const [secret, other] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  for (const platform of ['vapi', 'elevenlabs']) {
    await connectAssistant(db, tenant, { masterKey, secret, platform });
  }
  await connectAssistant(db, tenant, {
    masterKey,
    secret,
    platform: 'retell',
    authentication: { kind: 'platform' },
  });
  await connectAssistant(db, stranger, { masterKey, secret: other });
  let own = '';
  const server = await startTokenServer({
    assistants: assistantParts(db, {
      masterKey,
      now: CLOCK.now,
      log: (line) => void (own += line),
    }),
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { url: server.url, slug: tenant.slug, secret, other, logs: () => own + server.logText() };
}

async function sendAll(url: string, requests: readonly Forged[]): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const waiting = [...requests];
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { path, headers, body } = next;
      const answer = await fetch(url + path, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return statuses;
}

test(`of ${COUNT} requests that prove nothing none is accepted, and nothing is written`, async () => {
  const line = await open();
  const random = randomFrom(1);
  const requests = Array.from({ length: COUNT }, () => {
    const body = bodies[Math.floor(random() * bodies.length)];
    const text = random() < 0.5 ? JSON.stringify(body) : mutate(body, random);
    return forge(text, { ...line, now: CLOCK.now() }, random);
  });
  expect([...(await sendAll(line.url, requests))]).toEqual([[401, COUNT]]);
  const { count } = await database.db
    .selectFrom('calls')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(0);
}, 600_000);

test(`of ${COUNT} that prove who sends them and say anything each is answered 200, and nothing is booked`, async () => {
  const line = await open();
  const random = randomFrom(2);
  const requests = Array.from({ length: COUNT }, (): Forged => {
    const body = mutate(bodies[Math.floor(random() * bodies.length)], random);
    const paths = [
      '/api/vapi/webhook',
      '/api/vapi/cal-integration',
      `/api/tools/vapi/${line.slug}`,
      `/api/tools/elevenlabs/${line.slug}`,
      `/api/tools/elevenlabs/${line.slug}/availability_read`,
    ];
    const path = paths[Math.floor(random() * paths.length)] ?? '';
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${line.secret}`,
    };
    return { path, headers, body };
  });
  expect([...(await sendAll(line.url, requests))]).toEqual([[200, COUNT]]);
  const booked = await database.db.selectFrom('fakeCalendarBookings').select('id').execute();
  expect(booked).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const canary = 'a-secret-that-must-never-be-logged-or-stored';
  expect(line.logs()).not.toContain(canary);
  expect(await placesOf(database.db, [canary])).toEqual([]);
}, 600_000);
