import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollUp } from '../../../jobs/tasks/roll-up.ts';
import { EMPTY_STORY } from '../../support/figure-story.ts';
import type { Happening, Story } from '../../support/figure-story.ts';
import { happen } from '../../support/happen.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let other: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  other = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
  await tell(tenant);
  await rollUp({ db: database.db, logger: pino({ level: 'silent' }) })({}, undefined as never);
});
afterAll(() => office[Symbol.asyncDispose]());

const at = new Date('2026-11-24T15:30:00Z');
const WAITS = [800, 900, 1_000, 4_000];

/** Two calls on a Tuesday, 10:30 in New York: one booked, one found nothing. */
async function tell({ organizationId }: OfficeTenant): Promise<Story> {
  const { db } = database;
  const { rows } = await sql<Tenant>`
    select organization_id, agent_id, id as booking_event_id, calendar_connection_id
    from booking_events where organization_id = ${organizationId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the tenant has nothing to book');
  const story = EMPTY_STORY();
  const call = { do: 'call', at, isSecondAgent: false } as const;
  const tool = { do: 'tool', name: 'list_available_slots', isChosen: false, ms: 120 } as const;
  const happenings: Happening[] = [
    { ...call, line: 'phone' },
    { ...call, line: 'web' },
    { ...tool, of: 0, hasSlots: true },
    { ...tool, of: 0, hasSlots: true, name: 'schedule_appointment' },
    { ...tool, of: 1, hasSlots: false },
    { do: 'wish', of: 1, weekday: 6, part: 'morning', isFree: false },
    { do: 'wish', of: 0, weekday: 2, part: 'afternoon', isFree: true },
    { do: 'intent', of: 0, state: 'confirmed' },
    { do: 'end', of: 0, length: 120_000, outcome: 'booked', latencies: WAITS },
    { do: 'end', of: 1, length: 60_000, outcome: 'no_booking', latencies: [] },
    { do: 'charge', of: 0, audioInput: 1_000, seconds: 12, cost: 0.0325 },
    { do: 'charge', of: 1, audioInput: 10, seconds: 0, cost: null },
    { do: 'truth', of: 1, how: 'corrected' },
    { do: 'message', of: 1, urgent: true, at },
    { do: 'answer', of: 0, after: 3_600_000 },
    { do: 'sync', at, seen: 20, missing: 1, failed: false },
    { do: 'delivery', at, state: 'applied' },
    { do: 'delivery', at, state: 'failed' },
  ];
  const parts = { db, tenant: row, agents: [row.agentId, row.agentId] as const };
  for (const it of happenings) await happen(parts, story, it);
  return story;
}

const read = async (query: string, who = tenant) =>
  (
    await who.browsers.viewer.send(
      'GET',
      `/api/v1/organizations/${who.organizationId}/analytics?${query}`,
    )
  ).body as Record<string, unknown>;
const NOVEMBER = 'from=2026-11-01&to=2026-11-30';

test('answers what happened in some days, in the zone of the organization', async () => {
  const analytics = await read(NOVEMBER);
  expect(analytics).toMatchObject({
    timeZone: 'America/New_York',
    unit: 'day',
    calls: 2,
    minutes: 3,
    bookingSuccess: 50,
    hours: [{ weekday: 2, hour: 10, calls: 2 }],
    truth: { corrected: 1, unconfirmed: 0 },
    messages: { taken: 1, answered: 1, inTime: 1 },
    cost: 0.0325,
    isCostComplete: false,
    models: [{ model: 'gpt-realtime-2.1', inputTokens: 1_010, seconds: 12, isComplete: false }],
    calendars: [
      { name: 'Test calendar', news: { received: 2, applied: 1, failed: 1 }, accuracy: 95 },
    ],
  });
  const periods = analytics['periods'] as Record<string, unknown>[];
  expect(periods).toHaveLength(30);
  expect(periods[22]).toMatchObject({ start: '2026-11-23', calls: 0, answerP95: null });
  expect(periods[23]).toMatchObject({ start: '2026-11-24', calls: 2, asked: 2, booked: 1 });
  expect(analytics['funnel']).toEqual([
    { stage: 'asked', calls: 2 },
    { stage: 'offered', calls: 1 },
    { stage: 'chosen', calls: 1 },
    { stage: 'details', calls: 1 },
    { stage: 'booked', calls: 1 },
  ]);
  expect(analytics['demand']).toContainEqual({ weekday: 6, part: 'morning', asked: 1, unmet: 1 });
  expect(analytics['demandByEvent']).toMatchObject([{ name: 'Appointment', asked: 2, unmet: 1 }]);
  const { p50, p95, count } = analytics['answer'] as Record<string, number>;
  expect(count).toBe(WAITS.length);
  expect(p50).toBeGreaterThan(810);
  expect(p50).toBeLessThan(1_000);
  expect(p95).toBeGreaterThan(3_600);
});

test('answers of one agent, and of no other organization', async () => {
  expect(await read(`${NOVEMBER}&agent=${tenant.slug}`)).toMatchObject({ calls: 2, calendars: [] });
  expect(await read(`${NOVEMBER}&agent=${other.slug}`)).toMatchObject({ field: 'agent' });
  expect(await read(NOVEMBER, other)).toMatchObject({ calls: 0, hours: [], models: [] });
});

test.each([
  ['from=2026-11-31', 'from'],
  ['from=2026-12-02&to=2026-12-01', 'from'],
  ['from=2020-01-01&to=2026-11-30', 'from'],
  ['to=yesterday', 'to'],
  ['agent=no%20slug', 'agent'],
])('names what is wrong in %s', async (query, field) => {
  expect(await read(query)).toMatchObject({ code: 'invalid_request', field });
});

test('draws a year in weeks', async () => {
  const { unit, periods } = (await read('from=2026-01-01&to=2026-12-31')) as {
    unit: string;
    periods: { start: string; calls: number }[];
  };
  expect(unit).toBe('week');
  expect(periods).toHaveLength(53);
  expect(periods[0]?.start).toBe('2025-12-29');
  expect(periods.filter(({ calls }) => calls > 0)).toMatchObject([
    { start: '2026-11-23', calls: 2 },
  ]);
});

test('exports every figure as comma-separated values', async () => {
  const { viewer } = tenant.browsers;
  const answer = await viewer.send('GET', `${root}/analytics/export?${NOVEMBER}`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[\w.-]+\.csv"$/,
  );
  const lines = String(answer.body).split('\r\n');
  expect(lines[0]).toBe('day,agent,figure,key,amount');
  expect(lines).toContain(`2026-11-24,${tenant.slug},outcome,booked,1`);
  expect(lines).toContain(`2026-11-24,${tenant.slug},tokens,gpt-realtime-2.1 audioInput,1010`);
});

test('tells of a month what was used, and keeps a limit for it', async () => {
  const { admin, staff } = tenant.browsers;
  const usage = await admin.send('GET', `${root}/usage?month=2026-11`);
  expect(usage.body).toMatchObject({
    calls: 2,
    estimatedCost: 0.0325,
    isCostComplete: false,
    limit: { dollars: null },
  });
  expect((await staff.send('GET', `${root}/usage`)).status).toBe(403);
  expect((await admin.send('GET', `${root}/usage?month=2026-13`)).body).toMatchObject({
    field: 'month',
  });
  const limit = `${root}/spending-limit`;
  const before = await admin.send('GET', limit);
  const etag = { 'If-Match': before.headers.get('etag') ?? '' };
  const set = await admin.send('PATCH', limit, { dollars: 40.5, warnAt: 75 }, etag);
  expect(set.body).toEqual({ dollars: 40.5, warnAt: 75 });
  expect((await admin.send('PATCH', limit, { dollars: 1 }, etag)).status).toBe(412);
  const wrong = await admin.send('PATCH', limit, { dollars: 0.001 }, { 'If-Match': '*' });
  expect(wrong.body).toMatchObject({ field: 'dollars' });
  const log = await admin.send('GET', `${root}/audit-log?subject=spending-limit`);
  expect(log.body).toMatchObject({
    items: [{ action: 'spending-limit.set', before: { dollars: null }, after: { dollars: 40.5 } }],
  });
  await admin.send('PATCH', limit, { dollars: null }, { 'If-Match': '*' });
  expect((await admin.send('GET', limit)).body).toMatchObject({ dollars: null });
});

test('forgets no figure with the person', async () => {
  const before = await read(NOVEMBER);
  const { db } = database;
  const { organizationId } = tenant;
  await sql`delete from tool_calls where organization_id = ${organizationId}`.execute(db);
  await sql`delete from messages_taken where organization_id = ${organizationId}`.execute(db);
  // Something changes later, so that the day is counted anew.
  await sql`update calls set outcome = outcome where organization_id = ${organizationId}`.execute(
    db,
  );
  await rollUp({ db, logger: pino({ level: 'silent' }) })({}, undefined as never);
  const after = await read(NOVEMBER);
  expect({ ...after, countedAt: '' }).toEqual({ ...before, countedAt: '' });
  expect(after['countedAt']).not.toBe(before['countedAt']);
});

test('makes the mark of a call of no use to guess another organization', async () => {
  const path = `/api/v1/organizations/${randomUUID()}/analytics`;
  expect((await tenant.browsers.owner.send('GET', path)).status).toBe(404);
});
