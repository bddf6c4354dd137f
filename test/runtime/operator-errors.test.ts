import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';

const ROOT = join(import.meta.dirname, '../..');
const database = useTestDatabase();

/** Runs a program of ours that is to fail, with nothing in its environment but this. */
async function fail(program: string, environment: Record<string, string>): Promise<string> {
  const run = promisify(execFile)(process.execPath, [program], { cwd: ROOT, env: environment });
  const { code, stdout, stderr } = await run.then(
    () => ({ code: 0, stdout: '', stderr: '' }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  expect(code).toBe(1);
  return stdout + stderr;
}

describe('a process whose environment is not complete', () => {
  it.each(['agent/main.ts', 'jobs/main.ts', 'token-server/main.ts'])(
    '%s says so in one line of its log',
    async (program) => {
      const output = await fail(program, { LOG_LEVEL: 'info' });
      const [line = '', ...others] = output.trim().split('\n');
      expect(others).toEqual([]);
      const entry = JSON.parse(line) as { msg: string; err?: unknown };
      expect(entry.msg).toContain('DATABASE_URL is not set.');
      expect(entry).not.toHaveProperty('err');
    },
  );

  it.each([
    'db/migrate.ts',
    'db/rotate-master-key.ts',
    'manage/demo/seed-demo-agent.ts',
    'manage/demo/seed-demo-number.ts',
  ])('%s says so in one line', async (program) => {
    expect(await fail(program, {})).toMatch(/^✗ DATABASE_URL is not set\.[^\n]*\n$/);
  });

  it('start/postgres-server.ts says so in one line', async () => {
    const settings = { POSTGRES_DIRECTORY: '/nowhere', POSTGRES_PORT: 'any' };
    expect(await fail('start/postgres-server.ts', settings)).toMatch(
      /^✗ POSTGRES_PORT must be a whole number[^\n]*POSTGRES_PASSWORD is not set[^\n]*\n$/,
    );
  });
});

describe('a database that cannot be used', () => {
  const demo = {
    DEMO_CALENDAR: JSON.stringify({
      name: 'Demo',
      provider: 'fake',
      settings: {},
      credential: null,
    }),
    DEMO_CALENDAR_NAMES: '["Demo"]',
  };
  const unreachable = 'postgres://slotline@127.0.0.1:1/slotline';
  const key = randomBytes(32).toString('base64');

  it.each(['db/migrate.ts', 'manage/demo/seed-demo-agent.ts'])(
    'is told by %s in one sentence',
    async (program) => {
      const environment = { DATABASE_URL: unreachable, SLOTLINE_MASTER_KEY: key, ...demo };
      expect(await fail(program, environment)).toMatch(
        /^✗ The database cannot be reached \(ECONNREFUSED\)\. Check DATABASE_URL[^\n]*\n$/,
      );
    },
  );

  it('is told when its credentials were sealed with another key', async () => {
    const { db } = database;
    await insertCalendarConnection(db, {
      organizationId: await insertOrganization(db, 'Acme'),
      provider: 'calcom',
      name: 'Work',
      timeZone: 'UTC',
      credential: { plain: 'cal_live_secret', masterKey: randomBytes(32) },
    });
    const environment = { DATABASE_URL: database.url, SLOTLINE_MASTER_KEY: key, ...demo };
    expect(await fail('manage/demo/seed-demo-agent.ts', environment)).toMatch(
      /^✗ SLOTLINE_MASTER_KEY is not the key that[^\n]*secrets\.json[^\n]*\n$/,
    );
  });

  it('is told when a newer version has migrated it', async () => {
    await sql`insert into slotline_migrations (name) values ('9999-newer')`.execute(database.db);
    expect(await fail('db/migrate.ts', { DATABASE_URL: database.url })).toMatch(
      /^✗ [^\n]*"9999-newer"[^\n]*newer one\.\n$/,
    );
  });
});
