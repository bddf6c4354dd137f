import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { readProviders } from '../../calendar/providers.ts';
import { beginSync, endSync } from '../../db/calendars/calendar-syncs.ts';
import { deleteNotice, insertNotice } from '../../db/server-notices.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { runJobs } from '../../jobs/run-jobs.ts';
import type { RunningJobs } from '../../jobs/run-jobs.ts';
import { listJobs } from '../../jobs/task-list.ts';
import { transport } from '../../runtime/http-transport.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { KEY, OTHER_KEY, useCalcom } from './calcom.ts';
import { createCommandLine, MASTER_KEY } from './slotline.ts';

const database = useTestDatabase();
const calcom = useCalcom();
const slotline = createCommandLine(() => database.url);
slotline.canaries.add(KEY).add(OTHER_KEY);
const doctor = ['doctor', '--agent', 'desk'];
let jobs: RunningJobs;

async function startJobs(): Promise<RunningJobs> {
  const { db, url: databaseUrl } = database;
  const logger = pino({ level: 'silent' });
  const options = {
    masterKey: parseMasterKey(MASTER_KEY),
    now: () => new Date(),
    providers: readProviders({}),
  };
  const openCalendar = (event: Parameters<typeof openEventCalendar>[1]) =>
    openEventCalendar(db, event, options);
  const { now, providers } = options;
  const webhooks = { fetch: transport, masterKey: options.masterKey };
  const list = listJobs({
    db,
    logger,
    now,
    providers,
    reconciler: { db, openCalendar },
    webhooks,
  });
  return runJobs({ databaseUrl, concurrency: 1, logger, jobs: list });
}

beforeAll(async () => {
  await insertOrganization(database.db, 'Harbor Street Clinic');
  await slotline.run('agents', 'add', 'desk', '--name', 'Desk', '--business-name', 'Clinic');
});

afterAll(async () => jobs?.stop());

const account = () => {
  const found = calcom.simulator.state.accounts.find(({ username }) => username === 'front-desk');
  if (!found) throw new Error('The simulator has no such account.');
  return found;
};

/** The findings of one run that did not go well. */
async function troubles() {
  const { exitCode, json } = await slotline.run(...doctor, '--json');
  expect(exitCode).toBe(1);
  const { ok, findings } = json as { ok: boolean; findings: Record<string, unknown>[] };
  expect(ok).toBe(false);
  return findings;
}

describe('slotline doctor', () => {
  it('looks at every agent where none is named', async () => {
    const { exitCode, json } = await slotline.run('doctor', '--json');
    expect(exitCode).toBe(1);
    expect((json as { findings: unknown[] }).findings).toContainEqual(
      expect.objectContaining({ part: 'agent', of: 'desk', state: 'failed' }),
    );
  });

  it('says that the calendar integration is not available where there is nothing to book', async () => {
    const findings = await troubles();
    expect(findings).toMatchObject([
      { part: 'agent', state: 'failed', trouble: 'Calendar integration is not available' },
      { part: 'jobs', state: 'failed', found: expect.stringContaining('has ever run') },
    ]);
    expect(findings[0]?.['remedy']).toContain('slotline events add');
  });

  it('finds a language that was set before its wishes were asked for', async () => {
    const { db } = database;
    await db.updateTable('agents').set({ language: 'pl' }).where('slug', '=', 'desk').execute();
    expect(await troubles()).toContainEqual(
      expect.objectContaining({
        part: 'agent',
        state: 'failed',
        remedy: expect.stringContaining('agents edit desk --language en') as string,
      }),
    );
    await slotline.run('agents', 'edit', 'desk', '--language', 'en');
  });

  it('finds nothing wrong where everything is set up', async () => {
    slotline.input = KEY;
    const connect = ['calendars', 'connect', 'Work', '--provider', 'calcom', '--base-url'];
    const hook = ['--webhook-url', 'https://voice.example.com'];
    await slotline.run(...connect, calcom.simulator.url, ...hook);
    const event = ['--agent', 'desk', '--calendar', 'Work', '--event-type', 'consultation'];
    await slotline.run('events', 'add', 'Consultation', ...event);
    jobs = await startJobs();
    const { exitCode, output } = await slotline.runAsProcess(...doctor);
    expect(output.split('\n').map((line) => line.replace(/, the first on .*/, ''))).toEqual([
      '✓ agent of desk: books Consultation',
      '✓ key of Work: stored, sealed, and opens with SLOTLINE_MASTER_KEY',
      "✓ account of Work: the key is front-desk's",
      '✓ API of Work: bookings in version 2024-08-13; the instance knows no later one',
      '✓ time zone of Work: America/Chicago',
      '✓ event type of Consultation: "consultation", 45 minutes, asks for name, email',
      expect.stringMatching(/^✓ slots of Consultation: \d+ free in the next 14 days$/),
      '✓ webhook of Work: it calls voice.example.com, nothing received yet, or not for weeks',
      '✓ jobs: at work, nothing waits',
      'Bookings work.',
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  it('says that no slots are available where all the time is taken', async () => {
    const all = { start: Date.now() - 86_400_000, end: Date.now() + 100 * 86_400_000 };
    account().busy.push(all);
    try {
      expect(await troubles()).toContainEqual(
        expect.objectContaining({
          part: 'slots',
          trouble: 'No appointment slots available',
          remedy: expect.stringContaining('working hours'),
        }),
      );
    } finally {
      account().busy.pop();
    }
  });

  it('says that the calendar cannot be initialized where the key was revoked, and skips the rest', async () => {
    account().apiKey = null;
    try {
      expect(await troubles()).toMatchObject([
        { part: 'agent', state: 'ok' },
        { part: 'key', state: 'ok' },
        {
          part: 'account',
          state: 'failed',
          trouble: 'Failed to initialize Cal.com calendar',
          remedy: expect.stringContaining('Make a new one'),
        },
        { part: 'time zone', state: 'skipped' },
        { part: 'event type', state: 'skipped' },
        { part: 'slots', state: 'skipped' },
        { part: 'webhook', state: 'skipped' },
        { part: 'jobs', state: 'ok' },
      ]);
    } finally {
      account().apiKey = KEY;
    }
  });

  it('says that the calendar cannot be initialized where the event type is gone', async () => {
    const types = calcom.simulator.state.eventTypes;
    const [id, type] = [...types].find(([, { slug }]) => slug === 'consultation') ?? [];
    if (id === undefined || !type) throw new Error('The simulator has no such event type.');
    types.delete(id);
    try {
      expect(await troubles()).toContainEqual(
        expect.objectContaining({
          part: 'event type',
          of: 'Consultation',
          trouble: 'Failed to initialize Cal.com calendar',
        }),
      );
    } finally {
      types.set(id, type);
    }
  });

  it('says what callers will meet of an event type, and that one cannot be booked at all', async () => {
    const [type] = calcom.simulator.state.eventTypesOf({ accountId: account().id });
    if (!type) throw new Error('The simulator has no such event type.');
    type.disableCancelling = { disabled: true };
    type.confirmationPolicy = { type: 'always' };
    const { json } = await slotline.run(...doctor, '--json');
    expect((json as { findings: object[] }).findings).toContainEqual(
      expect.objectContaining({
        part: 'event type',
        state: 'ok',
        found: expect.stringMatching(/; each booking awaits its owner; nobody can cancel$/),
      }),
    );
    type.requiresBookerEmailVerification = true;
    try {
      expect(await troubles()).toContainEqual(
        expect.objectContaining({
          part: 'event type',
          trouble: 'Calendar integration is not available',
          remedy: expect.stringContaining('"Requires booker email verification" off'),
        }),
      );
      const other = ['--agent', 'desk', '--calendar', 'Work', '--event-type', 'consultation'];
      const { exitCode, errors } = await slotline.run('events', 'add', 'Again', ...other);
      expect([exitCode, errors]).toEqual([1, expect.stringContaining('email verification')]);
    } finally {
      type.requiresBookerEmailVerification = false;
      type.disableCancelling = { disabled: false };
      type.confirmationPolicy = { disabled: true };
    }
  });

  it('says that the integration is not available where the key does not open', async () => {
    slotline.environment['SLOTLINE_MASTER_KEY'] = randomBytes(32).toString('base64');
    try {
      expect(await troubles()).toContainEqual(
        expect.objectContaining({
          part: 'key',
          trouble: 'Calendar integration is not available',
          remedy: expect.stringContaining('SLOTLINE_MASTER_KEY is not the key'),
        }),
      );
    } finally {
      slotline.environment['SLOTLINE_MASTER_KEY'] = MASTER_KEY;
    }
  });

  it('finds a webhook that the provider has lost', async () => {
    const hooks = calcom.simulator.state.webhooks;
    const lost = [...hooks];
    hooks.clear();
    try {
      expect(await troubles()).toContainEqual(
        expect.objectContaining({ part: 'webhook', state: 'failed' }),
      );
    } finally {
      for (const [id, webhook] of lost) hooks.set(id, webhook);
    }
  });

  it('tells what the newest sync of a calendar could not see', async () => {
    const { db } = database;
    const connection = await db
      .selectFrom('calendarConnections')
      .selectAll()
      .executeTakeFirstOrThrow();
    const calendar = {
      organizationId: connection.organizationId,
      calendarConnectionId: connection.id,
    };
    const sync = await beginSync(db, calendar, 0);
    await endSync(
      db,
      { ...calendar, id: sync?.id ?? '' },
      {
        seen: 0,
        missing: 0,
        changed: 0,
        error: 'CalendarUnreachableError',
        isToEnd: false,
      },
    );
    const { output } = await slotline.run(...doctor);
    expect(output).toMatch(/! sync of Work: [^\n]*CalendarUnreachableError/);
    await db.deleteFrom('calendarSyncs').execute();
    expect((await slotline.run(...doctor)).output).not.toContain('sync of');
  });

  it('tells that visitors come through a proxy that is not trusted', async () => {
    await insertNotice(database.db, 'untrusted-proxy');
    const { output } = await slotline.run(...doctor);
    expect(output).toMatch(/! visitors: they come through a proxy .*\n +→ Set TRUST_PROXY/);
    await deleteNotice(database.db, 'untrusted-proxy');
    expect((await slotline.run(...doctor)).output).not.toContain('visitors');
  });

  it('fails where the agent takes no calls', async () => {
    await slotline.run('agents', 'disable', 'desk');
    expect(await troubles()).toContainEqual(
      expect.objectContaining({ part: 'agent', remedy: 'Enable it: slotline agents enable desk' }),
    );
    await slotline.run('agents', 'enable', 'desk');
  });

  it('names agents that are near one that does not exist', async () => {
    const { exitCode, errors } = await slotline.run('doctor', '--agent', 'deks');
    expect(exitCode).toBe(2);
    expect(errors).toBe('--agent: There is no agent "deks". Did you mean "desk"?\n');
  });
});
