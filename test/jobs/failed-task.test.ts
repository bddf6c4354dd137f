import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { RequestRefusedError } from '../../calendar/calendar-error.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { RunningJobs } from '../../jobs/run-jobs.ts';
import { queueLogger } from '../../jobs/queue-logger.ts';
import { createLogger } from '../../runtime/logger.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const ADDRESS = 'mary@example.com';
let running: RunningJobs | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

function keptLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: createLogger('jobs', 'trace', destination) };
}

describe('a job that fails', () => {
  it('leaves nobody’s address in the log or in the queue’s table', async () => {
    const { lines, logger } = keptLog();
    const refused = () => {
      throw new RequestRefusedError(`${ADDRESS} is blocked`, { field: 'email' });
    };
    const quoted = async () => {
      await sql`select ${ADDRESS}::text::uuid`.execute(database.db);
    };
    running = await runJobs({
      databaseUrl: database.url,
      concurrency: 2,
      logger,
      jobs: [
        { name: 'refused', task: refused, cron: '0 0 1 1 *' },
        { name: 'quoted', task: quoted, cron: '0 0 1 1 *' },
      ],
    });
    const failed = async () => {
      const { rows } = await sql<{ lastError: string }>`
        select last_error from graphile_worker.jobs
        where last_error is not null order by 1`.execute(database.db);
      return rows.map(({ lastError }) => lastError.split('\n')[0]);
    };
    await expect
      .poll(failed, { timeout: 30_000 })
      .toEqual([
        expect.stringContaining('RequestRefusedError'),
        expect.stringContaining('error (22P02)'),
      ]);
    expect(lines.join('')).not.toContain(ADDRESS);
    expect(lines.filter((line) => line.includes('a job failed'))).toHaveLength(2);
  });
});

describe('what the queue says of an error', () => {
  it.each([
    ['error', new Error(`${ADDRESS} is odd`)],
    ['fatalError', new RequestRefusedError(`${ADDRESS} is blocked`, { field: 'email' })],
    ['error', `${ADDRESS} was thrown`],
  ])('is logged without the words of it', (field, error) => {
    const { lines, logger } = keptLog();
    const message = `Worker exited with error: ${String(error)}`;
    queueLogger(logger).error(message, { [field]: error });
    const line = JSON.parse(lines[0] ?? '') as { msg: string };
    expect(line.msg).toBe('Worker exited with error');
  });
});
