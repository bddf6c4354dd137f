import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { releaseOverCalls } from '../../../booking/foreign/end-foreign-call.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { createLogger } from '../../../runtime/logger.ts';
import {
  CANARIES,
  SHAPES,
  VapiSimulator,
} from '../../../rehearsal/simulators/assistants/vapi-simulator.ts';
import type {
  Credential,
  VapiSimulatorOptions,
} from '../../../rehearsal/simulators/assistants/vapi-simulator.ts';
import { assistantParts, connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { placesOf } from '../../support/whole-database.ts';
import { startTokenServer } from '../start-token-server.ts';

/** A Tuesday. */
const CLOCK = clockFrom('2026-12-01T15:00:00Z');
const database = useTestDatabase({ clock: CLOCK, maxConnections: 10 });
const masterKey = randomBytes(32);
const NUMBER = '+12125550123';

interface Line {
  tenant: Tenant;
  secret: string;
  url: string;
  logs: () => string;
  vapi: (options?: Partial<VapiSimulatorOptions>) => VapiSimulator;
}

/** An agent with an assistant at Vapi, and a server for it. */
async function open(
  options: {
    credential?: Credential['kind'];
    settings?: Record<string, unknown>;
    tenant?: Parameters<typeof insertTenant>[1];
  } = {},
): Promise<Line> {
  const { db } = database;
  const tenant = await insertTenant(db, options.tenant);
  const secret = randomBytes(24).toString('hex');
  const kind = options.credential ?? 'bearer';
  const authentication = {
    bearer: { kind: 'token' },
    'x-vapi-secret': { kind: 'token', header: 'x-vapi-secret', prefix: '' },
    hmac: { kind: 'hmac' },
  }[kind];
  const settings = options.settings ?? {};
  await connectAssistant(db, tenant, { masterKey, secret, authentication, settings });
  let own = '';
  const parts = assistantParts(db, {
    masterKey,
    now: CLOCK.now,
    log: (line) => void (own += line),
  });
  const server = await startTokenServer({ assistants: parts });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return {
    tenant,
    secret,
    url: server.url,
    logs: () => own + server.logText(),
    vapi: (more) =>
      new VapiSimulator({
        url: `${server.url}/api/tools/vapi/${tenant.slug}`,
        credential: { kind, secret },
        now: CLOCK.now,
        ...more,
      }),
  };
}

/** The starts of an answer, in its order. */
function startsOf(result: string | null): string[] {
  return [...(result ?? '').matchAll(/\(start ([^)]+)\)/g)].map(([, start = '']) => start);
}

function bookingsOf({ calendarConnectionId }: Tenant) {
  return database.db
    .selectFrom('fakeCalendarBookings')
    .selectAll()
    .where('calendarConnectionId', '=', calendarConnectionId)
    .orderBy('createdAt')
    .execute();
}

function callsOf({ organizationId }: Tenant) {
  return database.db
    .selectFrom('calls')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .execute();
}

const MARY = { attendeeName: 'Mary Smith', attendeeEmail: 'mary.smith@example.com' };

describe('a call at Vapi', () => {
  test.for(SHAPES)('books, moves and cancels in the shape %s, and is in the log', async (shape) => {
    const line = await open();
    const call = line.vapi({ shape }).call(NUMBER);
    call.say('user', 'Do you have anything tomorrow?');
    const free = await call.tool('availability_read', { date: 'tomorrow' });
    const [first = '', second = ''] = startsOf(free.result);
    expect(first).toMatch(/^2026-12-02T\d\d:\d\d:00-05:00$/);
    const booked = await call.tool('appointment_create', { start: first, ...MARY });
    expect(booked.spoken).toMatch(/^Booked: .+, for Mary Smith\.$/);
    const id = /Appointment id (\w+)/.exec(booked.result ?? '')?.[1] ?? '';
    const moved = await call.tool('appointment_update', { appointmentId: id, start: second });
    expect(moved.spoken).toMatch(/^Moved from /);
    const cancelled = await call.tool('appointment_cancel', { appointmentId: id });
    expect(cancelled.spoken).toMatch(/^Cancelled: /);
    await call.end();
    const [row, ...others] = await callsOf(line.tenant);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      line: 'assistant',
      callerNumber: NUMBER,
      outcome: 'cancelled',
      endedBy: 'caller',
      endReason: 'Vapi: customer-ended-call',
    });
    expect(row?.endedAt).not.toBeNull();
    const turns = await database.db
      .selectFrom('callTurns')
      .select(['role', 'text'])
      .where('callId', '=', row?.id ?? '')
      .orderBy('id')
      .execute();
    expect(turns[0]).toEqual({ role: 'caller', text: 'Do you have anything tomorrow?' });
    expect(turns.map(({ text }) => text)).toContain(booked.spoken);
  });

  test.for(['bearer', 'x-vapi-secret', 'hmac'] as const)(
    'proves who it is by %s, at the address of the agent and at the webhook',
    async (credential) => {
      const line = await open({ credential });
      const agent = credential === 'hmac' ? `?agent=${line.tenant.slug}` : '';
      for (const url of [`${line.url}/api/vapi/webhook${agent}`, undefined]) {
        const call = line.vapi(url === undefined ? {} : { url }).call(NUMBER);
        const free = await call.tool('availability_read', {});
        expect(startsOf(free.result)).not.toEqual([]);
      }
    },
  );

  test('a start that was not offered is refused, and offers are given', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const free = await line.vapi().call(NUMBER).tool('availability_read', { date: 'tomorrow' });
    const [start = ''] = startsOf(free.result);
    const refused = await call.tool('appointment_create', { start, ...MARY });
    expect(refused.spoken).toBeNull();
    expect(refused.result).toMatch(/^That time was not offered in this call: nothing was booked\./);
    const [other = ''] = startsOf(refused.result);
    expect(other).not.toBe('');
    expect(await bookingsOf(line.tenant)).toEqual([]);
    const booked = await call.tool('appointment_create', { start: other, ...MARY });
    expect(booked.spoken).toMatch(/^Booked: /);
  });

  test('a local time without an offset is read on the calendar’s clock', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const free = await call.tool('availability_read', { date: 'tomorrow' });
    const [start = ''] = startsOf(free.result);
    const local = start.slice(0, 16);
    const booked = await call.tool('appointment_create', { start: local, ...MARY });
    expect(booked.spoken).toMatch(/^Booked: /);
    const [booking] = await bookingsOf(line.tenant);
    expect(booking?.startAt.getTime()).toBe(Date.parse(start));
  });

  test('what is held and known is released once it is over, and nothing can be done any more', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const free = await call.tool('availability_read', { date: 'tomorrow' });
    const [start = ''] = startsOf(free.result);
    const holds = () =>
      database.db
        .selectFrom('slotHolds')
        .select('id')
        .where('organizationId', '=', line.tenant.organizationId)
        .execute();
    expect(await holds()).not.toEqual([]);
    await call.message('status-update', { status: 'ended', endedReason: 'customer-ended-call' });
    expect(await holds()).toEqual([]);
    const late = await call.tool('appointment_create', { start, ...MARY });
    expect(late.result).toBe('This call is over: nothing can be done in it any more.');
    expect(await bookingsOf(line.tenant)).toEqual([]);
    const [row] = await callsOf(line.tenant);
    expect(row).toMatchObject({ outcome: 'no_booking' });
  });

  test('one of which the platform says nothing more is closed after a quarter of an hour', async () => {
    const line = await open();
    await line.vapi().call(NUMBER).tool('availability_read', { date: 'tomorrow' });
    const parts = {
      db: database.db,
      masterKey,
      providers: readProviders({}),
      logger: createLogger('jobs', 'silent'),
      now: CLOCK.now,
    };
    await releaseOverCalls(parts, { silentFor: 15 * 60_000, limit: 100 });
    expect(await callsOf(line.tenant)).toMatchObject([{ endedAt: null }]);
    const [row] = await callsOf(line.tenant);
    await database.db
      .updateTable('foreignCalls')
      .set({ lastWordAt: CLOCK.ago(16 * 60_000) })
      .where('callId', '=', row?.id ?? '')
      .execute();
    await releaseOverCalls(parts, { silentFor: 15 * 60_000, limit: 100 });
    expect(await callsOf(line.tenant)).toMatchObject([{ outcome: 'no_booking', endedBy: 'fault' }]);
  });

  test('a report of a call that asked for nothing is in the log, once', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    call.say('bot', 'Hello.');
    await call.report('assistant-forwarded-call');
    await call.report('assistant-forwarded-call');
    const [row, ...others] = await callsOf(line.tenant);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ outcome: 'transferred', endedBy: 'transfer' });
    const turns = await database.db
      .selectFrom('callTurns')
      .select('text')
      .where('callId', '=', row?.id ?? '')
      .execute();
    expect(turns).toEqual([{ text: 'Hello.' }]);
  });

  test('tells only the caller’s own appointments, found by the number of the line', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const free = await call.tool('availability_read', { date: 'tomorrow' });
    const [start = ''] = startsOf(free.result);
    await call.tool('appointment_create', { start, ...MARY, attendeePhone: 'caller' });
    const own = await line.vapi().call(NUMBER).tool('appointment_read', { userId: '1' });
    expect(own.result).toMatch(/^The caller's appointments: .+\(appointment id appointment_1\)/);
    const [stranger, web] = [line.vapi().call('+12125550199'), line.vapi().call(null)];
    for (const other of [stranger, web]) {
      // Whatever the model says of the number: it comes from signalling.
      const asked = await other.tool('appointment_read', { caller_number: NUMBER });
      expect(asked.result).toBe(
        'Ask the caller: Which e-mail address was the appointment made with?',
      );
    }
    const id = { appointmentId: 'appointment_1' };
    const cancelled = await stranger.tool('appointment_cancel', id);
    expect(cancelled.result).toMatch(/not known in this call\. Call appointment_read first/);
    expect(await bookingsOf(line.tenant)).toMatchObject([{ status: 'confirmed' }]);
  });

  test('tells whose calendar it is, no address, and that nobody is created', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const read = await call.tool('user_read', { email: 'mary.smith@example.com' });
    expect(read.result).toBe(
      "Only the calendar's owner can be looked up, and nobody by an address. The calendar is Test calendar's; its time zone is America/New_York.",
    );
    const created = await call.tool('user_create', { username: 'mary' });
    expect(created.result).toMatch(/^No user was created\./);
  });

  test('secrets and words of its bodies are in no log and no row', async () => {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    await call.tool('availability_read', { date: 'tomorrow', extra: 'canary-extra-argument' });
    await call.tool('nonsense', { date: 'canary-of-an-unknown-function' });
    await call.message('conversation-update', { conversation: [{ content: 'canary-update' }] });
    await call.message('assistant-request');
    await call.end();
    const canaries = [...Object.values(CANARIES), 'canary-', line.secret];
    expect(canaries.filter((canary) => line.logs().includes(canary))).toEqual([]);
    expect(await placesOf(database.db, canaries)).toEqual([]);
  });
});

describe('a request that comes again', () => {
  async function offered() {
    const line = await open();
    const call = line.vapi().call(NUMBER);
    const free = await call.tool('availability_read', { date: 'tomorrow' });
    const [start = '', second = ''] = startsOf(free.result);
    return { line, call, start, second };
  }

  test('with the same id is answered the same, and nothing is done twice', async () => {
    const { line, call, start } = await offered();
    const id = `call_${randomUUID()}`;
    const booked = await call.tool('appointment_create', { start, ...MARY }, id);
    const again = await call.tool('appointment_create', { start, ...MARY }, id);
    expect(again).toMatchObject({ result: booked.result, spoken: booked.spoken });
    expect(await bookingsOf(line.tenant)).toHaveLength(1);
  });

  test('with the same id and other arguments is refused', async () => {
    const { line, call, start, second } = await offered();
    const id = `call_${randomUUID()}`;
    await call.tool('appointment_create', { start, ...MARY }, id);
    const other = await call.tool('appointment_create', { start: second, ...MARY }, id);
    expect(other.result).toMatch(/was used for another one/);
    expect(await bookingsOf(line.tenant)).toHaveLength(1);
  });

  test('with a new id meets what was booked', async () => {
    const { line, call, start } = await offered();
    await call.tool('appointment_create', { start, ...MARY });
    const again = await call.tool('appointment_create', { start, ...MARY });
    expect(again.spoken).toMatch(/^Already booked: /);
    expect(await bookingsOf(line.tenant)).toHaveLength(1);
  });

  test('after its answer was lost is answered truly', async () => {
    const { line, call, start } = await offered();
    const vapi = line.vapi({ maxRetries: 2, faults: { lostAnswers: 2 } });
    const booked = await vapi.call(NUMBER, call.id).tool('appointment_create', { start, ...MARY });
    expect(booked.spoken).toMatch(/^Booked: /);
    expect(await bookingsOf(line.tenant)).toHaveLength(1);
  });

  test('many at once, with one id or many, book once and are answered truly', async () => {
    const { line, call, start } = await offered();
    const id = `call_${randomUUID()}`;
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        call.tool('appointment_create', { start, ...MARY }, index % 2 ? id : undefined),
      ),
    );
    for (const { spoken } of outcomes) expect(spoken).toMatch(/^(Booked|Already booked): /);
    expect(await bookingsOf(line.tenant)).toHaveLength(1);
  });
});
