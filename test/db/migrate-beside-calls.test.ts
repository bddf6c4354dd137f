import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSchema, migrate, MIGRATIONS } from '../../db/migrator.ts';
import { useTestDatabase } from '../support/test-database.ts';

const LARGE_INDEX = 'call_turns_by_words';
/** Until something that must come has come. */
const PATIENCE = { timeout: 20_000, interval: 20 };

const database = useTestDatabase();
const clients: pg.Client[] = [];
const children: ChildProcess[] = [];

/** A connection beside all others, as a worker in a call has one. */
async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  // One that the test ends from outside tells so.
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

/** The program itself, in a process that can be killed. */
function startMigrate(): ChildProcess {
  const child = spawn(process.execPath, ['db/migrate.ts'], {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: 'ignore',
  });
  children.push(child);
  return child;
}

/** The database of a version before the call list, in the middle of a call. */
beforeEach(async () => {
  const { db } = database;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const before = MIGRATIONS.findIndex(({ name }) => name === '0028-call-list');
  await migrate(db, MIGRATIONS.slice(0, before));
  await sql`
    with organization as (
      insert into organizations (name) values ('Harbor Street Clinic') returning id
    ), agent as (
      insert into agents (organization_id, slug, name, business_name)
        select id, 'front-desk', 'Front desk', 'Harbor Street Clinic' from organization
      returning id, organization_id
    )
    insert into calls (organization_id, agent_id, room_name, line)
      select organization_id, id, 'room', 'web' from agent`.execute(db);
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)));
  // A server learns late that a client was killed.
  await sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name = 'slotline-migrate'`.execute(
    database.db,
  );
});

const SAY = `insert into call_turns (organization_id, call_id, role, text)
  select organization_id, id, 'caller', 'Tomorrow at ten, please.' from calls`;

/** A transaction that the building of an index waits for, before it can be of use to anybody. */
async function holdOpen(): Promise<pg.Client> {
  const reader = await connect();
  await reader.query('begin isolation level repeatable read');
  await reader.query('select count(*) from call_turns');
  return reader;
}

/** Answers the server's process that builds the index. */
async function untilBuilding(): Promise<number> {
  return vi.waitFor(async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
        and query like ${`create index concurrently%calls_by_outcome%`}`.execute(database.db);
    if (!rows[0]) throw new Error('no index is being built');
    return rows[0].pid;
  }, PATIENCE);
}

async function invalidIndexes(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where not indisvalid`.execute(database.db);
  return rows.map(({ name }) => name);
}

async function expectUpToDate(): Promise<void> {
  const { db } = database;
  await checkSchema(db);
  expect(await invalidIndexes()).toEqual([]);
  const { rows } = await sql`
    select from pg_class where relname in (${LARGE_INDEX}, 'calls_by_outcome', 'appointments_by_call')`.execute(
    db,
  );
  expect(rows).toHaveLength(3);
  const { rows: named } = await sql<{ name: string }>`
    select name from slotline_migrations order by 1`.execute(db);
  expect(named.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name).toSorted());
}

describe('an update beside calls that go on', () => {
  it('lets them write what was said while an index of it is built', async () => {
    const reader = await holdOpen();
    const caller = await connect();
    const child = startMigrate();
    await untilBuilding();
    await caller.query(`set lock_timeout = '1s'`);
    await caller.query(SAY);
    await caller.query(`update calls set ended_at = slotline_now(), outcome = 'no_booking'`);
    // A process of the new version is told to wait, and not that its database is too new.
    await expect(checkSchema(database.db)).rejects.toThrow('lacks "0028-call-list"');
    await reader.query('commit');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expectUpToDate();
  });

  it('goes on after its process was killed while an index was built, and the server with it', async () => {
    const reader = await holdOpen();
    const child = startMigrate();
    const pid = await untilBuilding();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sql`select pg_terminate_backend(${pid}, 5000)`.execute(database.db);
    // What is left of it is no good, and has the name.
    expect(await invalidIndexes()).toEqual(['calls_by_outcome']);
    await reader.query('commit');
    expect(await migrate(database.db)).toContain('0028-call-list');
    await expectUpToDate();
  });

  it('goes on after its process alone was killed, whose statement still runs', async () => {
    const reader = await holdOpen();
    const child = startMigrate();
    await untilBuilding();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = startMigrate();
    await vi.waitFor(async () => {
      const { rows } = await sql`
        select from pg_stat_activity where application_name = 'slotline-migrate'
          and datname = current_database() and query like '%pg_try_advisory_lock%'`.execute(
        database.db,
      );
      expect(rows).not.toEqual([]);
    }, PATIENCE);
    await reader.query('commit');
    expect(await once(again, 'exit')).toEqual([0, null]);
    await expectUpToDate();
  });

  it('gives way to calls while somebody else holds a table that it changes', async () => {
    await migrate(database.db);
    const holder = await connect();
    await holder.query('begin');
    await holder.query('lock table calls in access share mode');
    const migrations = [
      ...MIGRATIONS,
      {
        name: '9999-another-column',
        up: async (db: Parameters<(typeof MIGRATIONS)[0]['up']>[0]) => {
          await sql`alter table calls add column another text`.execute(db);
        },
      },
    ];
    const migrated = migrate(database.db, migrations);
    await vi.waitFor(async () => {
      const { rows } = await sql`
        select from pg_locks where relation = 'calls'::regclass and not granted`.execute(
        database.db,
      );
      expect(rows).not.toEqual([]);
    }, PATIENCE);
    const caller = await connect();
    await caller.query(`set lock_timeout = '3s'`);
    await caller.query('select count(*) from calls');
    await holder.query('commit');
    expect(await migrated).toEqual(['9999-another-column']);
  });
});
