import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { findAgentBySlug } from '../../db/agents.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertScenario } from '../../db/scenarios/scenarios.ts';
import { editDraft, publishDraft } from '../../manage/agent-drafts.ts';
import { playScenarios, readAgentScenarios, requireScenarios } from '../../manage/scenarios.ts';
import type { AgentScenario } from '../../manage/scenarios.ts';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline } from '../../start/running.ts';

/** Its caller hears what nobody published. */
const HEARS_THE_DRAFT = `
name: hears the greeting of the draft
caller: { voice: rms, timeZone: America/New_York }
clock: 2026-11-23T09:00:00-05:00
turns:
  - hear: /lighthouse/i
  - hangUp: true
expect:
  outcome: no_booking
  bookings: []
`;

describe.skipIf(!inject('livekitServer'))('the rehearser beside the office', () => {
  let parts: StartedSlotline;
  let db: Database;
  let work: { organizationId: string; slug: string; by: string };

  beforeAll(async () => {
    const environment = { ...process.env, OFFICE: '1' };
    parts = await startSlotline({ ephemeral: true, rehearsal: true, environment });
    db = openDatabase({ connectionString: parts.databaseUrl, maxConnections: 2 });
    const agent = await findAgentBySlug(db, 'front-desk');
    work = { organizationId: agent?.organizationId ?? '', slug: 'front-desk', by: 'Mary Smith' };
  }, 300_000);
  afterAll(async () => {
    await db?.destroy();
    await parts?.stop();
  });

  async function played(): Promise<AgentScenario[]> {
    const { scenarios } = await readAgentScenarios(db, work);
    const asked = scenarios.filter(({ run }) => run !== null);
    expect(asked.map(({ run }) => run?.state)).not.toContain('waiting');
    expect(asked.map(({ run }) => run?.state)).not.toContain('running');
    return asked;
  }

  const inTransaction = <T>(act: (transaction: Database) => Promise<T>): Promise<T> =>
    db.transaction().execute(act);

  it('plays scenarios by text with a draft that nobody published, on calendars of their own', async () => {
    const { organizationId } = work;
    const agent = await findAgentBySlug(db, work.slug);
    const callId = await insertCall(db, {
      organizationId,
      agentId: agent?.id ?? '',
      roomName: 'the call that it was made of',
      line: 'web',
    });
    const insert = (name: string, yaml: string) =>
      insertScenario(db, { organizationId, name, yaml, callId, madeBy: work.by });
    const hears = await insert('Hears the draft', HEARS_THE_DRAFT);
    const broken = await insert('Broken', 'name: broken\nturns: []\n');
    await inTransaction((transaction) =>
      editDraft(transaction, work, {
        greeting: 'This is the lighthouse, good morning.',
        facts: [{ topic: 'Opening hours', text: 'We are open from nine to six.' }],
      }),
    );
    const required = [hears.id, 'types-the-details', 'cancel', broken.id];
    const chosen = await inTransaction((transaction) =>
      requireScenarios(transaction, work, required),
    );
    expect(chosen.canPlay).toBe(true);
    expect(chosen.scenarios.map(({ scenario }) => scenario)).not.toContain('interrupts');
    const before = await countBookings();
    await inTransaction((transaction) => playScenarios(transaction, work, null));
    const runs = await expect
      .poll(played, { timeout: 150_000, interval: 500 })
      .toHaveLength(required.length)
      .then(played);
    const failures = Object.fromEntries(runs.map(({ name, run }) => [name, run?.failures]));
    expect(failures).toMatchObject({
      'Hears the draft': [],
      'cancels one appointment after a clear yes': [],
      'books with a typed name and e-mail address': [],
      Broken: expect.arrayContaining([expect.stringContaining('turns: write at least one')]),
    });
    expect(runs.find(({ name }) => name === 'Hears the draft')?.run?.transcript).toContain(
      'lighthouse',
    );
    expect(await countBookings()).toBe(before);
    await expect
      .poll(
        () => db.selectFrom('organizations').select('id').where('isRehearsal', '=', true).execute(),
        {
          timeout: 20_000,
        },
      )
      .toEqual([]);
  }, 200_000);

  it('lets a draft out that passed what it must', async () => {
    await expect(inTransaction((transaction) => publishDraft(transaction, work))).rejects.toThrow(
      'One scenario must pass',
    );
    const { scenarios } = await readAgentScenarios(db, work);
    const passed = scenarios.filter(({ run }) => run?.state === 'passed');
    await inTransaction((transaction) =>
      requireScenarios(
        transaction,
        work,
        passed.map(({ scenario }) => scenario),
      ),
    );
    const { unpassed } = await inTransaction((transaction) => publishDraft(transaction, work));
    expect(unpassed).toEqual([]);
    expect(await findAgentBySlug(db, work.slug)).toMatchObject({
      greeting: 'This is the lighthouse, good morning.',
    });
  });

  /** In the calendars that callers book. */
  async function countBookings(): Promise<number> {
    const rows = await db
      .selectFrom('fakeCalendarBookings')
      .select('id')
      .where('organizationId', '=', work.organizationId)
      .execute();
    return rows.length;
  }
});
