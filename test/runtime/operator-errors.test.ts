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

const PROCESS = {
  LIVEKIT_URL: 'ws://127.0.0.1:1',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-test-secret-of-at-least-32-characters',
  OPENAI_API_KEY: 'key',
  SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
  PORT: '0',
  AGENT_SCHEMA_TIMEOUT: '0',
};

/** The one line that a process that cannot start leaves in its log. */
async function lastWords(program: string, url: string): Promise<{ msg: string; err?: unknown }> {
  const output = await fail(program, { ...PROCESS, DATABASE_URL: url });
  const lines = output.trim().split('\n');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as { msg: string };
}

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

  it.each(['db/migrate.ts', 'manage/demo/seed-demo-agent.ts'])(
    'is told by %s when its certificate cannot be read',
    async (program) => {
      const url = `${database.url}?sslmode=verify-full&sslrootcert=/nowhere/root.crt`;
      const environment = { DATABASE_URL: url, SLOTLINE_MASTER_KEY: key, ...demo };
      expect(await fail(program, environment)).toMatch(
        /^✗ A file that DATABASE_URL names[^\n]*sslrootcert[^\n]*\n$/,
      );
    },
  );

  it('is told by the jobs in one sentence when nobody answers', async () => {
    const { msg, err } = await lastWords('jobs/main.ts', unreachable);
    expect(msg).toMatch(/^The database cannot be reached \(ECONNREFUSED\)/);
    expect(err).toBeUndefined();
  });

  it.each(['agent/main.ts', 'jobs/main.ts', 'token-server/main.ts'])(
    'is told by %s when it is of another version, or not where its user looks',
    async (program) => {
      const { db, url } = database;
      const hidden = await lastWords(program, `${url}?options=-c%20search_path%3Dpg_catalog`);
      expect(hidden.msg).toContain('search_path');
      expect(hidden.err).toBeUndefined();
      await sql`delete from slotline_migrations where name like '0013-%' or name > '9'`.execute(db);
      expect((await lastWords(program, url)).msg).toContain('run `node db/migrate.ts`');
      await sql`insert into slotline_migrations (name) values ('0013-rate-limits'), ('9999-newer')`.execute(
        db,
      );
      expect((await lastWords(program, url)).msg).toContain('"9999-newer"');
    },
  );
});
