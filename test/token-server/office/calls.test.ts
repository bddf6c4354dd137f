import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingKey } from '../../../calls/recordings/recording-store.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { openPlaces } from '../../support/recordings.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { CALLER, insertToldCall, RECORDED } from '../../support/told-call.ts';
import type { ToldCall } from '../../support/told-call.ts';
import { insertPerson, signIn, startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
const folder = join(tmpdir(), `slotline-test-${randomUUID()}`);
const recordings = openPlaces({ RECORDINGS_FOLDER: folder }).store;
const BEGAN = new Date('2026-11-23T14:00:00Z');
let office: RunningOffice;
let tenant: Tenant;
let owner: Browser;
let told: ToldCall;
/** Later, on the web: nothing came of it yet. */
let plain = '';
beforeAll(async () => {
  const { db } = database;
  office = await startOffice(db, { config: { recordings } });
  tenant = await insertTenant(db);
  const { organizationId, agentId } = tenant;
  const email = `${randomUUID()}@example.com`;
  await insertPerson(db, email, { organizationId, role: 'owner' });
  owner = await signIn(office, email);
  told = await insertToldCall(db, tenant, { startedAt: BEGAN, store: recordings });
  const later = new Date(BEGAN.getTime() + 3_600_000);
  const call = { organizationId, agentId, line: 'web' as const, startedAt: later };
  plain = await insertCall(db, { ...call, roomName: randomUUID() });
  await insertCall(db, { ...call, roomName: randomUUID(), rehearsal: {} });
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  owner.send('GET', `/api/v1/organizations/${tenant.organizationId}${path}`, undefined, headers);

interface List {
  items: { id: string }[];
  next: string | null;
}
async function idsOf(search: string): Promise<string[]> {
  const { body } = await get(`/calls${search}`);
  return (body as List).items.map(({ id }) => id);
}

describe('the list of calls', () => {
  test('has the newest first, with figures, and no rehearsal', async () => {
    const { body } = await get('/calls');
    expect(body).toMatchObject({
      next: null,
      items: [
        { id: plain, line: 'web', outcome: null, cost: null },
        {
          id: told.callId,
          agent: tenant.slug,
          outcome: 'booked',
          callerNumber: CALLER.phone,
          attendeeName: CALLER.name,
          medianLatency: 900,
          longestLatency: 1_300,
          cost: 0.0335,
          truth: { stopped: 1, corrected: 1 },
        },
      ],
    });
  });

  test.each([
    ['?outcome=booked', 'told'],
    ['?line=web', 'plain'],
    ['?truth=corrected', 'told'],
    ['?truth=any', 'told'],
    ['?truth=none', 'plain'],
    ['?number=0123', 'told'],
    [`?number=${encodeURIComponent('+1 202 555-0123')}`, 'told'],
    ['?number=%2B44555', ''],
    ['?text=half%20past', 'told'],
    ['?text=clin', 'told'],
    ['?text=nothing%20of%20it', ''],
    ['?from=2026-11-23T14:30:00Z', 'plain'],
    [`?to=${encodeURIComponent('2026-11-23T09:30:00-05:00')}`, 'told'],
    ['?agent=SLUG', 'told plain'],
    ['?outcome=booked&line=web', ''],
  ])('narrowed by %s', async (search, expected) => {
    const ids = await idsOf(search.replace('SLUG', tenant.slug));
    const named: Record<string, string> = { [told.callId]: 'told', [plain]: 'plain' };
    expect(ids.map((id) => named[id]).toReversed()).toEqual(
      expected === '' ? [] : expected.split(' '),
    );
  });

  test('goes on where the part before ended', async () => {
    const { body } = await get('/calls?limit=1');
    const { items, next } = body as List;
    expect(items.map(({ id }) => id)).toEqual([plain]);
    expect(await idsOf(`?limit=1&after=${next}`)).toEqual([told.callId]);
    const gone = Buffer.from(randomUUID()).toString('base64url');
    expect((await get(`/calls?after=${gone}`)).body).toMatchObject({ field: 'after', status: 400 });
  });

  test.each([
    ['?agent=nobody', 'agent'],
    ['?number=12', 'number'],
    ['?number=abc', 'number'],
    ['?text=%2C', 'text'],
    ['?from=yesterday', 'from'],
    ['?truth=half', 'truth'],
  ])('names the field at fault of %s', async (search, field) => {
    const { status, body } = await get(`/calls${search}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toMatchObject({ field });
  });
});

describe('one call', () => {
  test('has beside each claim of the agent what bears it out, or its correction', async () => {
    const { status, body } = await get(`/calls/${told.callId}`);
    expect(status).toBe(200);
    const { turns, corrections } = body as {
      turns: { text: string; sentences: { start: number; end: number; verdict: string }[] }[];
      corrections: unknown[];
    };
    const claims = turns.flatMap(({ text, sentences }) =>
      sentences.map(({ start, end, verdict }) => [verdict, text.slice(start, end).trim()]),
    );
    expect(claims).toEqual([
      ['true', `I have ${told.label}.`],
      ['corrected', `You're all booked for ${told.label}.`],
      ['true', `You're booked for ${told.label} Eastern time.`],
    ]);
    expect(turns[2]?.sentences).toMatchObject([
      { evidence: [{ kind: 'offer', words: told.label, start: told.start.toISOString() }] },
    ]);
    expect(turns[4]?.sentences).toMatchObject([
      { correction: 'Sorry, it is not booked yet. What is your e-mail address?' },
    ]);
    expect(turns[7]?.sentences).toMatchObject([
      {
        evidence: [
          { kind: 'intent', id: told.intentId, state: 'confirmed' },
          { kind: 'appointment', id: told.appointmentId, state: 'confirmed' },
        ],
      },
    ]);
    expect(corrections).toMatchObject([
      { kind: 'corrected', why: 'not-booked' },
      { kind: 'stopped', why: 'not-offered', words: 'Or Friday at nine?' },
    ]);
  });

  test('has tools, figures and the appointment, with secrets masked', async () => {
    const { body } = await get(`/calls/${told.callId}`);
    expect(body).toMatchObject({
      endedBy: 'caller',
      isCallerBlocked: false,
      tools: [
        { name: 'list_available_slots', error: null },
        { name: 'schedule_appointment', arguments: { notes: 'Pays with ••••' } },
      ],
      charges: [
        { model: 'gpt-realtime', answers: 1, amounts: { audioInput: 900 }, cost: 0.0325 },
        { model: 'transcribe', amounts: { seconds: 12 } },
      ],
      appointments: [{ id: told.appointmentId, status: 'confirmed', event: 'Appointment' }],
      appointmentDetails: { label: told.label, attendee: { name: CALLER.name } },
      recordings: [{ part: 1, milliseconds: RECORDED * 1_000, isStored: true }],
    });
    const text = JSON.stringify(body);
    expect(text).not.toContain('4111');
    // The name of the object is known to nobody, and the provider's reference is a secret.
    expect(text).not.toMatch(/folder:|"reference"|"store"/);
  });

  test('of a rehearsal, or of nobody, is none', async () => {
    const { id } = await database.db
      .selectFrom('calls')
      .select('id')
      .where('rehearsal', 'is not', null)
      .executeTakeFirstOrThrow();
    for (const call of [id, randomUUID()]) {
      for (const path of ['', '/scenario', '/people', '/recordings/1', '/recordings/1/peaks']) {
        expect((await get(`/calls/${call}${path}`)).status).toBe(404);
      }
    }
  });

  test('becomes a scenario in which nobody is named', async () => {
    const { body } = await get(`/calls/${told.callId}/scenario`);
    const { yaml } = body as { yaml: string };
    expect(yaml).toMatch(/say: .*half past two/i);
    expect(yaml).not.toMatch(/Mary|Smith|2025550123/);
  });
});

describe('a recording', () => {
  const path = () => `/calls/${told.callId}/recordings/1`;
  const LENGTH = 58 + RECORDED * 16_000 * 2;

  test('is sent whole, and by the range that is asked for', async () => {
    const whole = await get(path());
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('audio/wav');
    expect(whole.headers.get('content-length')).toBe(String(LENGTH));
    expect(whole.headers.get('cache-control')).toBe('no-store');
    const part = await get(path(), { Range: 'bytes=0-3' });
    expect([part.status, part.body]).toEqual([206, 'RIFF']);
    expect(part.headers.get('content-range')).toBe(`bytes 0-3/${LENGTH}`);
    const end = await get(path(), { Range: `bytes=${LENGTH - 2}-` });
    expect(end.headers.get('content-length')).toBe('2');
    const beyond = await get(path(), { Range: `bytes=${LENGTH}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${LENGTH}`,
    ]);
  });

  test('is drawn from what the server read, once', async () => {
    const { body } = await get(`${path()}/peaks`);
    const { caller, agent, milliseconds } = body as Record<'caller' | 'agent', number[]> & {
      milliseconds: number;
    };
    expect(milliseconds).toBe(RECORDED * 1_000);
    expect(caller).toHaveLength(1_200);
    // The tone is 8,000 of 32,768; the caller has the first half, the agent the second.
    for (const [side, half] of [
      [caller, 300],
      [agent, 900],
    ] as const) {
      expect(side[half]).toBeCloseTo(0.244, 1);
      expect(side[1_200 - half]).toBeLessThan(0.01);
    }
    const kept = await database.db
      .selectFrom('callRecordings')
      .select('peaks')
      .where('callId', '=', told.callId)
      .executeTakeFirstOrThrow();
    expect(kept.peaks).toHaveLength(2_400);
    expect((await get(`${path()}/peaks`)).body).toEqual(body);
  });

  test('that its place does not give is told so, and where it lay is not', async () => {
    const lost = await insertToldCall(database.db, tenant, { startedAt: BEGAN, store: recordings });
    const { id } = await database.db
      .selectFrom('callRecordings')
      .select('id')
      .where('callId', '=', lost.callId)
      .executeTakeFirstOrThrow();
    await recordings.delete(recordingKey(id));
    const { body } = await get(`/calls/${lost.callId}/recordings/1`);
    expect(body).toMatchObject({ status: 503, code: 'not_ready' });
    expect(JSON.stringify(body)).not.toContain(folder);
    expect((await get(`/calls/${lost.callId}/recordings/2`)).body).toMatchObject({ field: 'part' });
  });
});
