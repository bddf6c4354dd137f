import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { sql } from 'kysely';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { rollUp } from '../../jobs/tasks/roll-up.ts';
import type { Permit } from '../../manage/accounts/authorize.ts';
import { startSlotline } from '../../start/running.ts';
import { slotlineSteps } from '../../start/steps.ts';
import { ROUTES } from '../../token-server/api/routes.ts';
import { listChunks, measureFirstLoad } from './first-load.ts';
import { seedCalls } from './seed-calls.ts';

const ROUNDS = 40;
const WARM_UP = 3;
const BUILT = fileURLToPath(new URL('../../dist/web', import.meta.url));

interface Row {
  what: string;
  value: string;
  asked: string;
}

/**
 * Measures the office on a PostgreSQL of its own with a year of calls, and prints the table.
 * @param given `--calls` (1,000,000)
 */
export async function runOfficeBench(given: string[]): Promise<void> {
  const { values } = parseArgs({
    args: given,
    options: { calls: { type: 'string', default: '1000000' } },
  });
  const calls = Number(values.calls);
  if (!Number.isInteger(calls) || calls < 1) throw new Error('--calls is how many: 1000000');
  const slotline = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    steps: (plan) =>
      slotlineSteps(plan).filter(({ name }) => name === 'postgres' || name === 'migrations'),
  });
  const db = openDatabase({ connectionString: slotline.databaseUrl, answerTimeout: 1_800_000 });
  try {
    const [load = 0] = loadavg();
    const [seeded, organizationId] = await timed(() => seedCalls(db, calls));
    const [rolledUp] = await timed(async () =>
      rollUp({ db, logger: pino({ level: 'silent' }) })({}, undefined as never),
    );
    await sql`vacuum analyze daily_figures`.execute(db);
    const [again] = await timed(() => recountToday(db, organizationId));
    const rows = [
      { what: 'written by SQL', value: seconds(seeded), asked: '' },
      { what: 'a year rolled up', value: seconds(rolledUp), asked: '' },
      { what: 'one more call, rolled up', value: milliseconds(again), asked: '' },
      ...(await measureRoutes(db, organizationId)),
      ...(await measurePages()),
    ];
    print(rows, { calls, load });
  } finally {
    await db.destroy();
    await slotline.stop();
  }
}

async function recountToday(db: Database, organizationId: string): Promise<void> {
  await sql`
    update calls set outcome = 'no_booking' where id = (
      select id from calls where organization_id = ${organizationId}
      order by started_at desc limit 1)`.execute(db);
  await rollUp({ db, logger: pino({ level: 'silent' }) })({}, undefined as never);
}

/** What stands behind each address, as the server asks it: from the query to the answer's schema. */
async function measureRoutes(db: Database, organizationId: string): Promise<Row[]> {
  const { rows: some } = await sql<{ id: string }>`
    select id from calls where organization_id = ${organizationId}
    order by started_at desc limit ${ROUNDS}`.execute(db);
  const { rows: days } = await sql<{ from: string; to: string }>`
    select (current_day - 364)::text as "from", current_day::text as "to"
    from (select slotline_now()::date as current_day) as present`.execute(db);
  const year = days[0] ?? {};
  const ask = (id: string, query: object, params: (round: number) => object = () => ({})) =>
    measureRoute(db, { id, organizationId, query, params });
  return [
    { what: 'analytics of a year, p95', value: await ask('getAnalytics', year), asked: '≤ 200 ms' },
    {
      what: 'analytics of a year, one agent, p95',
      value: await ask('getAnalytics', { ...year, agent: 'bench-1' }),
      asked: '≤ 200 ms',
    },
    { what: 'usage of a month, p95', value: await ask('getUsage', {}), asked: '' },
    { what: 'list of calls, p95', value: await ask('listCalls', {}), asked: '' },
    {
      what: 'calls in which most say both words, p95',
      value: await ask('listCalls', { text: 'turn sentence' }),
      asked: '',
    },
    {
      what: 'calls in which one in 200 says a word, p95',
      value: await ask('listCalls', { text: 'crown' }),
      asked: '',
    },
    {
      what: 'calls in which nobody says both words, p95',
      value: await ask('listCalls', { text: 'sentence crow 77777' }),
      asked: '',
    },
    { what: 'list of appointments, p95', value: await ask('listAppointments', {}), asked: '' },
    {
      what: 'appointments of a person, p95',
      value: await ask('listAppointments', { person: 'nobody', order: 'desc' }),
      asked: '',
    },
    {
      what: 'page of a call, p95',
      value: await ask('getCall', {}, (round) => ({ callId: some[round % some.length]?.id })),
      asked: '',
    },
  ];
}

async function measureRoute(
  db: Database,
  of: {
    id: string;
    organizationId: string;
    query: object;
    params: (round: number) => object;
  },
): Promise<string> {
  const route = ROUTES.find(({ id }) => id === of.id);
  if (route?.kind !== 'read') return 'no such route';
  const { organizationId } = of;
  const actor = {
    kind: 'user',
    id: organizationId,
    name: 'Bench',
    email: '',
    sessionId: '',
  } as const;
  const permit: Permit = { actor, organizationId, role: 'owner' };
  const times: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const [time] = await timed(async () => {
      // What is measured here reads the database alone.
      const asked = {
        db,
        permit,
        params: { organizationId, ...of.params(Math.abs(round)) },
        query: route.query.parse(of.query),
        body: undefined,
        officeUrl: 'http://localhost',
      } as unknown as Parameters<typeof route.run>[0];
      const answer = await route.run(asked);
      JSON.stringify(route.answer.parse(answer));
    });
    if (round >= 0) times.push(time);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return milliseconds(sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN);
}

async function measurePages(): Promise<Row[]> {
  if (!existsSync(BUILT)) {
    return [{ what: 'first load of the pages', value: 'not built: npm run build', asked: '' }];
  }
  const [office, visitor] = [
    await measureFirstLoad(BUILT, 'office.html'),
    await measureFirstLoad(BUILT, 'index.html'),
  ];
  const [largest] = await listChunks(BUILT);
  return [
    { what: 'first load of /office, gzip', value: kilobytes(office.bytes), asked: '≤ 250 KB' },
    { what: "first load of the visitor's page, gzip", value: kilobytes(visitor.bytes), asked: '' },
    {
      what: `largest file of all pages (${largest?.name ?? ''}), gzip`,
      value: kilobytes(largest?.bytes ?? 0),
      asked: '',
    },
  ];
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}

function print(rows: readonly Row[], { calls, load }: { calls: number; load: number }): void {
  const cores = cpus();
  console.log(
    `\n${calls} calls in a year, ${cores.length} × ${cores[0]?.model ?? 'CPU'}, a load of ${load.toFixed(1)} when it began`,
  );
  console.log('\n| | | asked |\n| --- | --- | --- |');
  for (const { what, value, asked } of rows) console.log(`| ${what} | ${value} | ${asked} |`);
}

function seconds(time: number): string {
  return `${(time / 1_000).toFixed(1)} s`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(0)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} KB`;
}
