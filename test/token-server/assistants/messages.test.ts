import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blockCaller } from '../../../db/phone/blocked-callers.ts';
import { VapiSimulator } from '../../../rehearsal/simulators/assistants/vapi-simulator.ts';
import { assistantParts, connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../start-token-server.ts';

/** A Tuesday, ten in the morning in New York. */
const CLOCK = clockFrom('2026-12-01T15:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const masterKey = randomBytes(32);
const NUMBER = '+12125550123';

async function open(
  options: {
    agent?: NonNullable<Parameters<typeof insertTenant>[1]>['agent'];
    settings?: Record<string, unknown>;
  } = {},
) {
  const { db } = database;
  const tenant = await insertTenant(db, options.agent ? { agent: options.agent } : {});
  const secret = randomBytes(24).toString('hex');
  await connectAssistant(db, tenant, { masterKey, secret, settings: options.settings ?? {} });
  const server = await startTokenServer({
    assistants: assistantParts(db, { masterKey, now: CLOCK.now }),
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const url = `${server.url}/api/tools/vapi/${tenant.slug}`;
  const vapi = new VapiSimulator({
    url,
    credential: { kind: 'bearer', secret },
    now: CLOCK.now,
  });
  return { tenant, secret, url, origin: server.url, vapi };
}

const SORRY = {
  error: 'I am sorry, this line is not served at the moment. Please call again later.',
};
const NOBODY = { error: 'Nobody can be reached now. Say so, and offer to take a message.' };

describe('an assistant-request', () => {
  const settings = { assistantId: 'the-assistant' };

  test('is answered with the agent’s assistant, well within its time', async () => {
    const { tenant, vapi } = await open({ settings });
    const began = performance.now();
    expect(await vapi.call(NUMBER).message('assistant-request')).toMatchObject({
      assistantId: 'the-assistant',
      assistantOverrides: { variableValues: { agent: tenant.slug } },
    });
    expect(performance.now() - began).toBeLessThan(7_500);
  });

  test('is told why not of a blocked caller, a disabled agent, and one without an assistant', async () => {
    const blocked = await open({ settings });
    await blockCaller(database.db, blocked.tenant.organizationId, {
      number: NUMBER,
      reason: 'calls for fun',
    });
    const disabled = await open({ settings, agent: { enabled: false } });
    const without = await open();
    for (const { vapi } of [blocked, disabled, without]) {
      expect(await vapi.call(NUMBER).message('assistant-request')).toEqual(SORRY);
    }
    const asked = await blocked.vapi.call(NUMBER).tool('availability_read', {});
    expect(asked.result).toMatch(/^Nothing is done for this caller/);
    const off = await disabled.vapi.call(NUMBER).tool('availability_read', {});
    expect(off.result).toMatch(/^This assistant is switched off: nothing was done\./);
  });
});

test.for([
  ['a number', { transferTo: '+12125550200' }, { type: 'number', number: '+12125550200' }],
  ['a SIP address', { transferTo: 'desk@pbx.test' }, { type: 'sip', sipUri: 'sip:desk@pbx.test' }],
] as const)('a caller is put through to %s', async ([, agent, destination]) => {
  const { vapi } = await open({ agent });
  const answer = await vapi.call(NUMBER).message('transfer-destination-request');
  expect(answer).toEqual({ destination });
});

test('nobody is put through where nobody is named, or outside their hours', async () => {
  const hours = { transferTo: '+12125550200', transferHours: 'Sat 09:00-12:00' };
  for (const agent of [{}, hours]) {
    const { vapi } = await open({ agent });
    expect(await vapi.call(NUMBER).message('transfer-destination-request')).toEqual(NOBODY);
  }
});

test.for(['hang', 'speech-update', 'conversation-update', 'session.created', 'x'.repeat(500)])(
  'a message of the type %s is answered with nothing',
  async (type) => {
    const { vapi } = await open();
    expect(await vapi.call(NUMBER).message(type)).toEqual({});
  },
);

describe('a body', () => {
  const filler = (bytes: number) => ({ artifact: { messages: ['x'.repeat(bytes)] } });

  test('of a long call, of nearly 2 MB, is read, and a longer one is not', async () => {
    const { vapi, url, secret } = await open();
    const call = vapi.call(NUMBER);
    expect(await call.message('hang', filler(1_900_000))).toEqual({});
    const long = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}` },
      body: JSON.stringify({ message: { type: 'hang', ...filler(2_100_000) } }),
    });
    expect(long.status).toBe(413);
  });

  test('is that of a request with POST alone', async () => {
    const { url, origin } = await open();
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${origin}/api/tools/nobody/x`, { method: 'POST' })).status).toBe(404);
  });
});

test('one model in a loop is told to stop, and what it asked before is answered still', async () => {
  const { vapi } = await open();
  const call = vapi.call(NUMBER);
  const first = await call.tool('user_read', {}, 'call_first');
  for (let index = 1; index < 20; index += 1) await call.tool('user_read', {});
  const more = await call.tool('user_read', {});
  expect(more.result).toMatch(/^Too many function calls: nothing was done by this one\./);
  const again = await call.tool('user_read', {}, 'call_first');
  expect(again.result).toBe(first.result);
});

test('an operation of the seed’s own shape is carried out, by the call that it names', async () => {
  const { origin, secret } = await open();
  const send = async (body: unknown) => {
    const answer = await fetch(`${origin}/api/vapi/cal-integration`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { result?: string; say?: string | null };
  };
  const of = { callId: 'call-1', callerNumber: NUMBER };
  const data = { date: 'tomorrow' };
  const free = await send({ type: 'availability', action: 'read', data, ...of });
  const start = /\(start ([^)]+)\)/.exec(free.result ?? '')?.[1] ?? '';
  const mary = { attendeeName: 'Mary Smith', attendeeEmail: 'mary.smith@example.com' };
  const wish = { type: 'booking', action: 'write', data: { start, ...mary } };
  expect((await send({ ...wish, ...of })).say).toMatch(/^Booked: /);
  const cancel = { type: 'appointment', action: 'delete', appointmentId: 'appointment_1' };
  expect((await send({ ...cancel, ...of })).say).toMatch(/^Cancelled: /);
  expect((await send({ ...wish, callId: undefined })).result).toMatch(
    /^It is not known which call/,
  );
  expect((await send({ type: 'user', action: 'delete', ...of })).result).toMatch(
    /^There is no such/,
  );
});
