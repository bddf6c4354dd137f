import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { purgeJobs } from '../../db/jobs/jobs.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { RunningJobs } from '../../jobs/run-jobs.ts';
import { startFreezingProxy } from '../support/freezing-proxy.ts';
import type { FreezingProxy } from '../support/freezing-proxy.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
let frozen: FreezingProxy;
let jobs: RunningJobs;
const ran: string[] = [];

beforeEach(async () => {
  ran.length = 0;
  frozen = await startFreezingProxy(database.url);
  jobs = await runJobs({
    databaseUrl: frozen.url,
    connections: { answerTimeout: 400 },
    concurrency: 2,
    logger: pino({ level: 'silent' }),
    jobs: [
      { name: 'note', task: async (payload) => void ran.push(String(payload)), cron: null },
      {
        name: 'fail',
        task: () => {
          ran.push('fail');
          return Promise.reject(new Error('as told'));
        },
        cron: null,
      },
    ],
  });
});
afterEach(async () => {
  await jobs.stop();
  await frozen.stop();
});

async function ask(job: string, payload = 'x'): Promise<void> {
  await sql`select graphile_worker.add_job(${job}, to_json(${payload}::text), max_attempts => 1)`.execute(
    database.db,
  );
}

/** A job that was given back has left the queue. */
const jobsLeft = async (): Promise<number> => {
  const { rows } = await sql`select id from graphile_worker.jobs`.execute(database.db);
  return rows.length;
};

test('a queue whose server went without a word says so, and goes on when it is back', async () => {
  await ask('note', 'before');
  await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), { timeout: 30_000 });
  frozen.freeze();
  await expect(jobs.ping()).rejects.toThrow('timeout');
  // The old connections stay dead, as after a fail-over.
  frozen.takeNew();
  await ask('note', 'after');
  await vi.waitFor(() => expect(ran).toEqual(['before', 'after']), { timeout: 30_000 });
  await jobs.ping();
});

test('a job that failed for the last time does not stay in the queue', async () => {
  await ask('fail');
  await vi.waitFor(async () => {
    expect(ran).toEqual(['fail']);
    expect(await purgeJobs(database.db)).toBe(1);
  });
  expect(await jobsLeft()).toBe(0);
});

test('a job whose name no process knows leaves the queue after a day', async () => {
  await sql`select graphile_worker.add_job('of-an-older-version')`.execute(database.db);
  const waitsSince = (ago: string) =>
    sql`update graphile_worker._private_jobs set run_at = now() - ${ago}::interval`.execute(
      database.db,
    );
  await waitsSince('23 hours');
  expect(await purgeJobs(database.db)).toBe(0);
  await waitsSince('25 hours');
  expect(await purgeJobs(database.db)).toBe(1);
  expect(await jobsLeft()).toBe(0);
});

test('a job that its process died in leaves the queue once the queue takes that for sure', async () => {
  await sql`select graphile_worker.add_job('none-takes-it', max_attempts => 1)`.execute(
    database.db,
  );
  const diedAgo = (ago: string) =>
    sql`update graphile_worker._private_jobs set attempts = 1, locked_by = 'dead',
      locked_at = now() - ${ago}::interval`.execute(database.db);
  await diedAgo('3 hours');
  expect(await purgeJobs(database.db)).toBe(0);
  await diedAgo('5 hours');
  expect(await purgeJobs(database.db)).toBe(1);
  expect(await jobsLeft()).toBe(0);
});
