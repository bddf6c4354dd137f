import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { API_KEY, startServer } from '../rehearsal/simulators/openai-realtime/realtime-client.ts';
import { openAdministrator } from '../support/lost-connections.ts';
import type { Administrator } from '../support/lost-connections.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const ROOT = join(import.meta.dirname, '../..');
const database = useTestDatabase();
let administrator: Administrator;
let running: Running[];

beforeEach(async () => {
  administrator = await openAdministrator(database.url);
  running = [];
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ exit }) => exit));
  await administrator.end();
});

interface Running {
  child: ChildProcessWithoutNullStreams;
  exit: Promise<[number | null, NodeJS.Signals | null]>;
  /** All that it wrote. */
  output: string;
  /** Resolves with the first whole line, past or future, that fits. */
  line(fits: RegExp): Promise<string>;
}

/** A process of ours on the test's database. */
function run(program: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [...program], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      ...environment,
    },
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  const one: Running = {
    child,
    exit: once(child, 'exit') as Running['exit'],
    output: '',
    line(fits) {
      const known = lines.find((line) => fits.test(line));
      if (known !== undefined) return Promise.resolve(known);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.add((line) => {
        if (fits.test(line)) resolve(line);
      });
      void one.exit.then(() => reject(new Error(`It ended:\n${one.output}`)));
      return promise;
    },
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      one.output += `${line}\n`;
      for (const look of waiting) look(line);
    });
  }
  running.push(one);
  return one;
}

describe('a database that ends a connection while a statement runs', () => {
  it('fails the statement alone: the pool goes on, and tells of the loss once', async () => {
    const lost: string[] = [];
    const db = openDatabase({
      connectionString: database.url,
      applicationName: 'lost',
      maxConnections: 1,
      onLostConnection: (error) => lost.push(error.message),
    });
    const work = db.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
      await administrator.terminate('lost');
      // Between the two the client is checked out and nobody waits for an answer of it.
      await expect.poll(() => lost.length).toBe(1);
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toThrow('connection');
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    expect(lost).toHaveLength(1);
    await db.destroy();
  });

  it('does not end the token server', { timeout: 120_000 }, async () => {
    const { slug } = await insertTenant(database.db);
    const server = run(['token-server/main.ts'], {
      LIVEKIT_URL: 'ws://127.0.0.1:1',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'a-test-secret-of-at-least-32-characters',
      PORT: '0',
    });
    const { url } = JSON.parse(await server.line(/"ready"/)) as { url: string };
    const ask = async (): Promise<number> => {
      const body = JSON.stringify({ agent: slug });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/token`, { method: 'POST', headers, body });
      await answer.body?.cancel();
      return answer.status;
    };
    const unblock = await administrator.block('agents');
    const asked = ask();
    await administrator.untilWaiting('slotline-token-server');
    expect(await administrator.terminate('slotline-token-server')).toBeGreaterThan(0);
    expect(await asked).toBe(503);
    await unblock();
    // A connection that was idle may be found dead only when it is used.
    await expect.poll(ask).toBe(201);
    server.child.kill('SIGTERM');
    expect(await server.exit).toEqual([0, null]);
  });

  it('does not end the command line without a word', { timeout: 120_000 }, async () => {
    const unblock = await administrator.block('organizations');
    const command = run(['cli/main.ts', 'organizations', 'list']);
    await administrator.untilWaiting('slotline-cli');
    await administrator.terminate('slotline-cli');
    expect(await command.exit).toEqual([1, null]);
    expect(command.output).toBe('The database ended the connection: try again.\n');
    await unblock();
  });

  it(
    'does not end the jobs, not even where a job is just being given back',
    {
      timeout: 60_000,
    },
    async () => {
      const address = new URL(database.url);
      address.searchParams.set('application_name', 'every-job');
      // The job that asks for holds waits for this table, and then for the queue's.
      const unblock = await administrator.block('slot_holds');
      const jobs = run(['jobs/main.ts'], { DATABASE_URL: address.href, LOG_LEVEL: 'warn' });
      await jobs.line(/"ready"/);
      await administrator.untilWaiting('every-job');
      const unblockQueue = await administrator.block('graphile_worker._private_jobs');
      await unblock();
      await administrator.untilWaiting('every-job', 2);
      await administrator.terminate('every-job');
      await unblockQueue();
      const { id } = await askForWork(database.db);
      await expect
        .poll(() => isOpen(database.db, id), { timeout: 30_000, message: jobs.output })
        .toBe(false);
      jobs.child.kill('SIGTERM');
      expect(await jobs.exit).toEqual([0, null]);
    },
  );

  it('does not end the console, where the call goes on', { timeout: 120_000 }, async () => {
    const { slug } = await insertTenant(database.db);
    const model = await startServer();
    const call = run(['agent/console.ts', slug], {
      OPENAI_API_KEY: API_KEY,
      OPENAI_BASE_URL: model.baseUrl,
    });
    await call.line(/Ctrl-D ends the call/);
    const unblock = await administrator.block('call_turns');
    call.child.stdin.write('Good morning\n');
    await administrator.untilWaiting('slotline-console');
    await administrator.terminate('slotline-console');
    await unblock();
    call.child.stdin.write('Are you there\n');
    await call.line(/You said: Are you there/);
    call.child.stdin.end();
    expect(await call.exit).toEqual([0, null]);
    expect(call.output).toContain('The caller hung up. Nothing was booked.');
    await model.close();
  });
});

async function askForWork(db: Database): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`
    select id from graphile_worker.add_job('purge-holds')`.execute(db);
  const [job] = rows;
  if (!job) throw new Error('The job was not stored.');
  return job;
}

async function isOpen(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql`select from graphile_worker.jobs where id = ${id}`.execute(db);
  return rows.length > 0;
}
