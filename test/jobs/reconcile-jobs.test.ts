import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { RunningJobs } from '../../jobs/run-jobs.ts';
import { listJobs } from '../../jobs/task-list.ts';
import {
  changed,
  entry,
  openFakeCalendar,
  openLedgerCall,
  pick,
  stateOf,
  CLOCK,
} from '../booking/ledger/ledger-call.ts';
import type { LedgerCall } from '../booking/ledger/ledger-call.ts';
import { CLOCK_VARIABLES } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { readProviders } from '../../calendar/providers.ts';
import { transport } from '../../runtime/http-transport.ts';

const QUICK = {
  ...USUAL_TIMES,
  grace: 50,
  firstLook: 50,
  firstPause: 50,
  longestPause: 200,
  absenceProves: 300,
};

describe('the jobs process', { timeout: 120_000 }, () => {
  const database = useTestDatabase({ maxConnections: 10, clock: CLOCK });
  const running: RunningJobs[] = [];
  const children: ChildProcess[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
  });

  async function startJobs(change?: (calendar: Calendar) => Partial<Calendar>) {
    const { db, url } = database;
    const logger = pino({ level: 'silent' });
    const openCalendar: Parameters<typeof listJobs>[0]['reconciler']['openCalendar'] = async (
      event,
    ) => changed(await openFakeCalendar(db, event), change);
    const reconciler = { db, openCalendar, times: QUICK };
    const jobs = await runJobs({
      databaseUrl: url,
      concurrency: 3,
      logger,
      jobs: listJobs({
        db,
        logger,
        now: CLOCK.now,
        providers: readProviders({}),
        reconciler,
        webhooks: { fetch: transport, masterKey: Buffer.alloc(32) },
        sweepPause: 50,
      }),
    });
    running.push(jobs);
    return jobs;
  }

  async function intentOf(call: LedgerCall) {
    return (await stateOf(database.db, call.tenant)).intents[0];
  }

  /** The booking is made, and nobody can be asked. */
  const lost = (calendar: Calendar): Partial<Calendar> => ({
    async book(request) {
      await calendar.book(request);
      throw new OutcomeUnknownError('No answer.');
    },
    findBookings: () => Promise.reject(new CalendarUnreachableError('Down.')),
  });

  it('settles what a call left open, once the provider is back, with several at work', async () => {
    let down = true;
    const outage = (calendar: Calendar): Partial<Calendar> => ({
      findBookings: (query) =>
        down ? Promise.reject(new CalendarUnreachableError('Down.')) : calendar.findBookings(query),
    });
    const call = await openLedgerCall(database.db, { change: lost });
    expect(await bookThroughLedger(call.context, entry(pick(call.free, 0)))).toMatchObject({
      state: 'unknown',
    });
    await Promise.all([startJobs(outage), startJobs(outage)]);
    await expect
      .poll(async () => (await intentOf(call))?.attempts, { timeout: 60_000 })
      .toBeGreaterThan(2);
    expect((await intentOf(call))?.state).toBe('unknown');
    down = false;
    await expect
      .poll(async () => (await intentOf(call))?.state, { timeout: 60_000 })
      .toBe('confirmed');
    expect((await stateOf(database.db, call.tenant)).messages).toEqual(['settled_booked']);
  });

  it('goes on after a process died in the middle of its work', async () => {
    const { db } = database;
    await startJobs();
    // As a killed process leaves them: in its hands for the next four hours.
    await running.splice(0)[0]?.stop();
    const call = await openLedgerCall(db, { change: lost });
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    await lockAllJobs(database.url);
    await startJobs();
    await expect
      .poll(async () => (await intentOf(call))?.state, { timeout: 60_000 })
      .toBe('confirmed');
  });

  it('runs as a program: says that it is ready, settles, and stops in order', async () => {
    const call = await openLedgerCall(database.db, {
      change: (calendar) => ({ findBookings: lost(calendar).findBookings ?? never }),
    });
    const unsure = changed(call.context.calendar, lost);
    await bookThroughLedger({ ...call.context, calendar: unsure }, entry(pick(call.free, 0)));
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../jobs/main.ts', import.meta.url))],
      {
        env: {
          ...CLOCK_VARIABLES,
          PATH: process.env['PATH'],
          DATABASE_URL: database.url,
          SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    const ready = new Promise<void>((resolve) => {
      output.on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"ready"')) resolve();
      });
    });
    await ready;
    await expect
      .poll(async () => (await intentOf(call))?.state, { timeout: 60_000 })
      .toBe('confirmed');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(lines.at(-1)).toContain('"msg":"stopped"');
    expect(lines.join('\n')).not.toMatch(/mary|example\.com|fake_/i);
  });
});

const never = () => Promise.reject(new CalendarUnreachableError('Down.'));

async function lockAllJobs(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into graphile_worker._private_jobs (task_id, key, locked_at, locked_by)
     select id, identifier, now(), 'a killed process' from graphile_worker._private_tasks
     on conflict (key) do update set locked_at = now(), locked_by = 'a killed process'`,
  );
  await client.end();
}
