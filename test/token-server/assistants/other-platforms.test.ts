import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assistantParts, connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../start-token-server.ts';

/** A Tuesday. */
const CLOCK = clockFrom('2026-12-01T15:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const masterKey = randomBytes(32);
const NUMBER = '+12125550123';
const MARY = { attendeeName: 'Mary Smith', attendeeEmail: 'mary.smith@example.com' };

async function open(platform: string, authentication: Record<string, unknown>) {
  const { db } = database;
  const tenant = await insertTenant(db);
  const secret = randomBytes(24).toString('hex');
  await connectAssistant(db, tenant, { masterKey, secret, platform, authentication });
  const server = await startTokenServer({
    assistants: assistantParts(db, { masterKey, now: CLOCK.now }),
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { tenant, secret, url: `${server.url}/api/tools/${platform}/${tenant.slug}` };
}

async function post(
  url: string,
  body: unknown,
  headersOf: (raw: string) => Record<string, string>,
): Promise<{ status: number; result: string }> {
  const raw = JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', ...headersOf(raw) };
  const answer = await fetch(url, { method: 'POST', headers, body: raw });
  const { result = '' } = (await answer.json()) as { result?: string };
  return { status: answer.status, result };
}

function startOf(result: string): string {
  return /\(start ([^)]+)\)/.exec(result)?.[1] ?? '';
}

function bookingsOf({ calendarConnectionId }: Tenant) {
  return database.db
    .selectFrom('fakeCalendarBookings')
    .select('id')
    .where('calendarConnectionId', '=', calendarConnectionId)
    .execute();
}

function standingOf({ calendarConnectionId }: Tenant) {
  return database.db
    .selectFrom('fakeCalendarBookings')
    .select('id')
    .where('calendarConnectionId', '=', calendarConnectionId)
    .where('status', '=', 'confirmed')
    .execute();
}

function callOf({ organizationId }: Tenant) {
  return database.db
    .selectFrom('calls')
    .select(['id', 'line', 'callerNumber', 'outcome', 'endedBy', 'endReason', 'endedAt'])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
}

describe('an agent at Retell', () => {
  const sign = (secret: string, at: number) => (raw: string) => ({
    'X-Retell-Signature': `v=${at},d=${createHmac('sha256', secret).update(`${raw}${at}`).digest('hex')}`,
  });
  const begin = async () => {
    const line = await open('retell', { kind: 'platform' });
    const call = {
      call_id: `call_${randomUUID()}`,
      direction: 'inbound',
      from_number: NUMBER,
      to_number: '+12125550100',
      start_timestamp: CLOCK.now().getTime(),
    };
    const ask = (name: string, args: Record<string, unknown>, at = CLOCK.now().getTime()) =>
      post(line.url, { name, args, call }, sign(line.secret, at));
    return { ...line, call, ask };
  };

  test('books by its signature, and the same request again is the same', async () => {
    const { tenant, ask } = await begin();
    const start = startOf((await ask('availability_read', { date: 'tomorrow' })).result);
    const booked = await ask('appointment_create', { start, ...MARY });
    expect(booked.result).toMatch(/^Booked: .+ Say exactly this\.$/);
    expect(await ask('appointment_create', { start, ...MARY })).toEqual(booked);
    expect(await bookingsOf(tenant)).toHaveLength(1);
    expect(await callOf(tenant)).toMatchObject({ line: 'assistant', callerNumber: NUMBER });
  });

  test('is not told that what it has cancelled is booked, because the words are the same', async () => {
    const { tenant, ask } = await begin();
    const start = startOf((await ask('availability_read', { date: 'tomorrow' })).result);
    const booked = await ask('appointment_create', { start, ...MARY });
    const [, appointmentId] = /Appointment id (\w+)\./.exec(booked.result) ?? [];
    await ask('appointment_cancel', { appointmentId });
    expect(await standingOf(tenant)).toHaveLength(0);
    const again = await ask('appointment_create', { start, ...MARY });
    expect(again.result).toMatch(/^Booked: /);
    expect(await standingOf(tenant)).toHaveLength(1);
  });

  test('is refused with an old signature, or one over another body', async () => {
    const { tenant, ask, url, call, secret } = await begin();
    const old = CLOCK.now().getTime() - 301_000;
    expect((await ask('availability_read', {}, old)).status).toBe(401);
    const other = sign(secret, CLOCK.now().getTime())('another body');
    const changed = await post(url, { name: 'availability_read', args: {}, call }, () => other);
    expect(changed.status).toBe(401);
    expect(await callOf(tenant)).toBeUndefined();
  });

  test('tells how a call ended and what was said', async () => {
    const { tenant, ask, url, call, secret } = await begin();
    await ask('availability_read', { date: 'tomorrow' });
    const event = {
      event: 'call_ended',
      call: {
        ...call,
        disconnection_reason: 'agent_hangup',
        transcript_object: [
          { role: 'agent', content: 'Hello.', words: [{ word: 'Hello.', start: 0.5, end: 0.9 }] },
          { role: 'user', content: 'Goodbye.', words: [{ word: 'Goodbye.', start: 2, end: 3 }] },
        ],
      },
    };
    await post(url, event, sign(secret, CLOCK.now().getTime()));
    const row = await callOf(tenant);
    expect(row).toMatchObject({
      outcome: 'no_booking',
      endedBy: 'agent',
      endReason: 'Retell: agent_hangup',
    });
    const turns = await database.db
      .selectFrom('callTurns')
      .select(['role', 'text', 'saidAt'])
      .where('callId', '=', row?.id ?? '')
      .orderBy('id')
      .execute();
    expect(turns.map(({ role, text }) => [role, text])).toEqual([
      ['agent', 'Hello.'],
      ['caller', 'Goodbye.'],
    ]);
    expect(turns[1]?.saidAt.getTime()).toBe(call.start_timestamp + 2_000);
  });

  test('with the arguments alone is answered where the address names the function', async () => {
    const { url, call, secret } = await begin();
    const body = { date: 'tomorrow', call_id: call.call_id };
    const free = await post(`${url}/availability_read`, body, sign(secret, CLOCK.now().getTime()));
    expect(startOf(free.result)).not.toBe('');
    const nameless = await post(
      `${url}/availability_read`,
      { date: 'tomorrow' },
      sign(secret, CLOCK.now().getTime()),
    );
    expect(nameless.result).toMatch(/^It is not known which call this is for/);
  });

  test('with the arguments alone is nobody by a number among them', async () => {
    const { tenant, url, call, secret } = await begin();
    const body = {
      date: 'tomorrow',
      call_id: call.call_id,
      event: 'call_ended',
      call: { ...call, call_id: 'of somebody else' },
    };
    const free = await post(`${url}/availability_read`, body, sign(secret, CLOCK.now().getTime()));
    expect(startOf(free.result)).not.toBe('');
    expect(await callOf(tenant)).toMatchObject({ callerNumber: null, endedAt: null });
  });
});

describe('an agent at ElevenLabs', () => {
  const begin = async () => {
    const line = await open('elevenlabs', { kind: 'token' });
    const bearer = () => ({ Authorization: `Bearer ${line.secret}` });
    const conversation = { conversation_id: `conv_${randomUUID()}`, caller_number: NUMBER };
    return {
      ...line,
      conversation,
      flat: (name: string, args: Record<string, unknown>) =>
        post(`${line.url}/${name}`, { ...args, ...conversation }, bearer),
      wrapped: (tool_name: string, parameters: Record<string, unknown>, tool_call_id: string) =>
        post(line.url, { tool_name, tool_call_id, parameters, ...conversation }, bearer),
    };
  };

  test('books with the body as the tool’s own schema has it', async () => {
    const { tenant, flat } = await begin();
    const start = startOf((await flat('availability_read', { date: 'tomorrow' })).result);
    expect((await flat('appointment_create', { start, ...MARY })).result).toMatch(/^Booked: /);
    expect(await callOf(tenant)).toMatchObject({ line: 'assistant', callerNumber: NUMBER });
  });

  test('and with the wrapper, where a request has an id', async () => {
    const { tenant, wrapped } = await begin();
    const start = startOf((await wrapped('availability_read', {}, 'call_1')).result);
    const booked = await wrapped('appointment_create', { start, ...MARY }, 'call_2');
    expect(booked.result).toMatch(/^Booked: /);
    expect(await wrapped('appointment_create', { start, ...MARY }, 'call_2')).toEqual(booked);
    expect(await bookingsOf(tenant)).toHaveLength(1);
  });

  test('is still left by a server that died after an answer that was known already', async () => {
    const { tenant, wrapped } = await begin();
    const free = await wrapped('availability_read', {}, 'call_1');
    const calls = database.db.updateTable('foreignCalls');
    await calls
      .set({ worker: randomUUID(), workedOnUntil: new Date(CLOCK.now().getTime() - 1_000) })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    const workerOf = async () =>
      database.db
        .selectFrom('foreignCalls')
        .select('worker')
        .where('organizationId', '=', tenant.organizationId)
        .executeTakeFirstOrThrow();
    expect(await wrapped('availability_read', {}, 'call_1')).toEqual(free);
    expect(await workerOf()).not.toEqual({ worker: null });
    // Whoever works next takes up what it had done.
    await wrapped('availability_read', {}, 'call_2');
    expect(await workerOf()).toEqual({ worker: null });
  });

  test('is refused without its secret', async () => {
    const { url, conversation } = await begin();
    const answer = await post(`${url}/availability_read`, conversation, () => ({}));
    expect(answer.status).toBe(401);
  });
});

test('arguments that cannot be read do nothing, and an unknown function neither', async () => {
  const { tenant, secret, url } = await open('vapi', { kind: 'token' });
  const call = { id: 'call-1', customer: { number: NUMBER } };
  const send = async (given: unknown, name = 'appointment_cancel') => {
    const toolCallList = [{ id: randomUUID(), function: { name, arguments: given } }];
    const answer = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}` },
      body: JSON.stringify({ message: { type: 'tool-calls', call, toolCallList } }),
    });
    const { results } = (await answer.json()) as { results: { result: string }[] };
    return results[0]?.result;
  };
  for (const given of ['{"appointmentId":', '[1]', 7, ['x'], true]) {
    expect(await send(given)).toMatch(/^The arguments could not be read: nothing was done\./);
  }
  expect(await send({}, 'drop_tables')).toMatch(/^There is no such function here/);
  expect(await callOf(tenant)).toBeUndefined();
});
