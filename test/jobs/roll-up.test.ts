import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { insertAgent } from '../../db/agents.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { readRecentFigures } from '../../db/figures/read-figures.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { rollUp } from '../../jobs/tasks/roll-up.ts';
import { countStory } from '../support/count-story.ts';
import { EMPTY_STORY } from '../support/figure-story.ts';
import type { Happening } from '../support/figure-story.ts';
import { happen } from '../support/happen.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });

async function roll(): Promise<void> {
  await rollUp({ db: database.db, logger })({}, undefined as never);
}

/** "name day agent key" with its amount, as it was rolled up. */
async function figuresOf(organizationId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; amount: number }>`
    select concat_ws(' ', name, day::text, coalesce(agent_id::text, ''), key) as id,
      amount::double precision as amount
    from daily_figures where organization_id = ${organizationId}`.execute(database.db);
  return Object.fromEntries(rows.map(({ id, amount }) => [id, amount]));
}

const of = fc.nat(40);
/** Around two midnights, in every zone of the test, and around a change of the clocks. */
const at = fc
  .integer({ min: 0, max: 72 * 4 })
  .map((quarters) => new Date(Date.UTC(2026, 9, 31) + quarters * 900_000));
const outcome = fc.constantFrom('booked', 'no_booking', 'unknown', 'failed');
const state = fc.constantFrom(
  'requested',
  'unknown',
  'attention',
  'confirmed',
  'refused',
  'released',
);
const delivered = fc.constantFrom('received', 'applied', 'failed');
const milliseconds = fc.oneof(fc.nat(3_000), fc.nat(300_000));
const happening: fc.Arbitrary<Happening | { do: 'roll' }> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      at,
      isSecondAgent: fc.boolean(),
      line: fc.constantFrom('web', 'phone'),
    }),
  },
  fc.record({
    do: fc.constant('end' as const),
    of,
    length: milliseconds,
    outcome,
    latencies: fc.array(milliseconds, { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('correct' as const), of, outcome }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('tool' as const),
      of,
      name: fc.constantFrom(
        'list_available_slots',
        'note_details',
        'schedule_appointment',
        'take_message',
      ),
      hasSlots: fc.boolean(),
      isChosen: fc.boolean(),
      ms: fc.option(milliseconds),
    }),
  },
  fc.record({
    do: fc.constant('wish' as const),
    of,
    weekday: fc.nat(7),
    part: fc.constantFrom('morning', 'any'),
    isFree: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('truth' as const),
    of,
    how: fc.constantFrom('corrected', 'stopped'),
  }),
  fc.record({
    do: fc.constant('charge' as const),
    of,
    audioInput: fc.nat(9_000),
    seconds: fc.nat(60),
    cost: fc.option(fc.nat(900_000).map((micros) => micros / 1_000_000)),
  }),
  fc.record({ do: fc.constant('intent' as const), of, state }),
  fc.record({ do: fc.constant('settle' as const), of, state }),
  fc.record({
    do: fc.constant('appointment' as const),
    of,
    status: fc.constantFrom('confirmed', 'pending'),
  }),
  fc.record({ do: fc.constant('cancel' as const), of }),
  fc.record({ do: fc.constant('message' as const), of, urgent: fc.boolean(), at }),
  fc.record({ do: fc.constant('answer' as const), of, after: fc.nat(30 * 3_600_000) }),
  fc.record({ do: fc.constant('delivery' as const), at, state: delivered }),
  fc.record({ do: fc.constant('deliver' as const), of, state: delivered }),
  fc.record({
    do: fc.constant('sync' as const),
    at,
    seen: fc.nat(30),
    missing: fc.nat(3),
    failed: fc.boolean(),
  }),
  fc.record({ do: fc.constant('rehearse' as const), of }),
  fc.record({ do: fc.constant('forget' as const) }),
  fc.record({
    do: fc.constant('zone' as const),
    zone: fc.constantFrom('America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('roll' as const) }) },
) as fc.Arbitrary<Happening | { do: 'roll' }>;

test('rolls up what the rows say, in whatever order they come and whenever it looks', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 80 }), async (happenings) => {
      const tenant = await insertTenant(db);
      const { organizationId, agentId } = tenant;
      const second = await insertAgent(db, {
        organizationId,
        slug: `test-${randomUUID()}`,
        name: 'Night desk',
        businessName: 'Harbor Street Clinic',
      });
      const story = EMPTY_STORY();
      for (const it of happenings) {
        if (it.do === 'roll') await roll();
        else await happen({ db, tenant, agents: [agentId, second] }, story, it);
      }
      await roll();
      expect(await figuresOf(organizationId)).toEqual(countStory(story, tenant));
    }),
    { numRuns: 25 },
  );
}, 240_000);

test('counts what was committed while a day was counted', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const call = { organizationId, agentId, roomName: randomUUID(), line: 'web' } as const;
  const isCommitted = Promise.withResolvers<void>();
  const isWritten = Promise.withResolvers<void>();
  const late = db.transaction().execute(async (transaction) => {
    await insertCall(transaction, call);
    isWritten.resolve();
    await isCommitted.promise;
  });
  await isWritten.promise;
  await insertCall(db, { ...call, roomName: randomUUID() });
  await roll();
  const callsOf = async () =>
    Object.entries(await figuresOf(organizationId))
      .filter(([id]) => id.startsWith('calls '))
      .map(([, amount]) => amount);
  expect(await callsOf()).toEqual([1]);
  isCommitted.resolve();
  await late;
  await roll();
  expect(await callsOf()).toEqual([2]);
});

test('several processes count each day once', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  for (let day = 0; day < 12; day += 1) {
    const startedAt = new Date(Date.UTC(2026, 3, 1 + day, 16));
    await insertCall(db, {
      organizationId,
      agentId,
      roomName: randomUUID(),
      line: 'phone',
      startedAt,
    });
  }
  await Promise.all([roll(), roll(), roll()]);
  const figures = Object.entries(await figuresOf(organizationId));
  expect(figures.filter(([id]) => id.startsWith('calls ')).map(([, amount]) => amount)).toEqual(
    Array.from({ length: 12 }, () => 1),
  );
});

test('counts nothing of what a rehearsal made', async () => {
  const { db } = database;
  const organizationId = await insertOrganization(db, 'Rehearsal: one', { isRehearsal: true });
  const agentId = await insertAgent(db, {
    organizationId,
    slug: `rehearsal-${randomUUID().slice(0, 12)}`,
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
  });
  await insertCall(db, { organizationId, agentId, roomName: randomUUID(), line: 'web' });
  await roll();
  expect(await figuresOf(organizationId)).toEqual({});
  const { rows } = await sql`select from stale_figures`.execute(db);
  expect(rows).toEqual([]);
});

test('tells of the last hours from the rows, before they are rolled up', async () => {
  const { db } = database;
  const { organizationId, agentId } = await insertTenant(db);
  const call = { organizationId, agentId, line: 'web' } as const;
  await insertCall(db, { ...call, roomName: randomUUID() });
  const before = new Date(Date.now() - 3 * 3_600_000);
  await insertCall(db, { ...call, roomName: randomUUID(), startedAt: before });
  const callsIn = async (hours: number, agent: string | null) =>
    (await readRecentFigures(db, { organizationId, agentId: agent, hours })).find(
      ({ name }) => name === 'calls',
    )?.amount;
  expect(await callsIn(2, null)).toBe(1);
  expect(await callsIn(4, agentId)).toBe(2);
  expect(await callsIn(4, randomUUID())).toBeUndefined();
});

test('a day that cannot be counted keeps no other day and no other organization waiting', async () => {
  const [broken, well] = [await insertTenant(database.db), await insertTenant(database.db)];
  const call = async ({ organizationId, agentId }: typeof broken, startedAt: Date) =>
    insertCall(database.db, {
      organizationId,
      agentId,
      roomName: randomUUID(),
      line: 'web',
      startedAt,
    });
  const bad = await call(broken, new Date('2026-11-24T15:00:00Z'));
  await call(broken, new Date('2026-11-23T15:00:00Z'));
  await call(well, new Date('2026-11-22T15:00:00Z'));
  // What no version of ours writes, and another one may have.
  await sql`
    insert into call_charges (organization_id, call_id, kind, model, amounts)
    values (${broken.organizationId}, ${bad}, 'response', 'model', '{"audioInput": "many"}')`.execute(
    database.db,
  );
  await roll();
  const callsOf = async ({ organizationId }: typeof broken) =>
    Object.keys(await figuresOf(organizationId)).filter((name) => name.startsWith('calls '));
  expect(await callsOf(well)).toHaveLength(1);
  expect(await callsOf(broken)).toEqual([expect.stringContaining('2026-11-23')]);
  await sql`update call_charges set amounts = '{}' where call_id = ${bad}`.execute(database.db);
  await roll();
  expect(await callsOf(broken)).toHaveLength(2);
});
