import { pino } from 'pino';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertCallMark, insertCallTurn, insertToolCall } from '../../db/calls/call-log.ts';
import { DEFAULT_RETENTION, readRetention } from '../../db/forgetting/retention.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { createCommandLine } from '../cli/slotline.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../support/test-desk.ts';
import type { Tenant } from '../support/tenants.ts';

const AT = new Date('2026-11-24T10:00:00Z');
const SAID = { interrupted: false, medium: 'speech', latency: null, saidAt: AT } as const;

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const DAY = 86_400_000;
const database = useTestDatabase({ clock: CLOCK });
const slotline = createCommandLine(() => database.url);
const logger = pino({ level: 'silent' });
let tenant: Tenant;
let callId: string;

beforeEach(async () => {
  const { db } = database;
  const call = await openTestDesk(db, { clock: CLOCK });
  ({ tenant, callId } = call);
  const { organizationId, agentId } = tenant;
  const offer = await call.desk.findTimes(SOON);
  if (offer.status === 'question') throw new Error('Nothing was offered.');
  await call.desk.changes.schedule({ ...MARY, slotId: offer.slots[0]?.slot_id ?? '' });
  const key = { organizationId, callId };
  await insertCallTurn(db, key, { role: 'caller', text: 'Hello', ...SAID });
  await insertToolCall(db, key, { name: 'end_call', arguments: {}, calledAt: AT });
  const mark = { kind: 'truth.stopped', details: {}, words: 'Hello, Mary', markedAt: AT };
  await insertCallMark(db, key, mark);
  await insertCallMark(db, key, { ...mark, kind: 'agent', words: null });
  await insertMessageTaken(db, {
    ...key,
    agentId,
    callerName: 'Mary',
    callbackNumber: '+12025550123',
    email: null,
    text: 'Please call back.',
  });
  await db
    .updateTable('calls')
    .set({ callerNumber: '+12025550123' })
    .where('id', '=', callId)
    .execute();
});

describe('what names people', () => {
  it('is kept for as long as an organization that set nothing keeps it', async () => {
    await callWas(29);
    await purge();
    const all = { turns: 1, toolCalls: 1, marks: 2, words: 1 };
    const people = { callers: 1, messages: 1, attendees: 3 };
    expect(await kept()).toEqual({ ...all, ...people });
    await callWas(31);
    await purge();
    // How what was said stood to the truth stays, for the figures.
    const figures = { turns: 0, toolCalls: 0, marks: 1, words: 0 };
    expect(await kept()).toEqual({ ...figures, ...people });
    await callWas(91);
    await purge();
    expect(await kept()).toMatchObject({ callers: 0, messages: 1 });
    await messageWasHandled(91);
    await purge();
    expect(await kept()).toMatchObject({ messages: 0, attendees: 3 });
    await appointmentWas(364);
    await purge();
    expect(await kept()).toMatchObject({ attendees: 3 });
    await appointmentWas(366);
    await purge();
    expect(await kept()).toMatchObject({ attendees: 0 });
  });

  it('is kept as long as the organization says, and another one’s its own time', async () => {
    const other = tenant;
    const given = ['--transcript-days', '7', '--attendee-days', '10'];
    const organization = ['--organization', other.organizationId];
    const ran = await slotline.run('retention', ...given, ...organization);
    expect(ran).toMatchObject({ exitCode: 0, errors: '' });
    expect(await readRetention(database.db, other.organizationId)).toEqual({
      ...DEFAULT_RETENTION,
      transcriptDays: 7,
      attendeeDays: 10,
    });
    await callWas(8);
    await appointmentWas(11);
    await purge();
    expect(await kept()).toMatchObject({ turns: 0, toolCalls: 0, callers: 1, attendees: 0 });

    const { desk, ...mine } = await openTestDesk(database.db, { clock: CLOCK });
    await desk.release();
    ({ tenant, callId } = mine);
    const key = { organizationId: tenant.organizationId, callId };
    const turn = { role: 'caller', text: 'Hello', ...SAID } as const;
    await insertCallTurn(database.db, key, turn);
    await callWas(8);
    await purge();
    expect(await kept()).toMatchObject({ turns: 1 });
  });

  it('is kept for a year at least where the outcome of a wish is not known', async () => {
    const { organizationId } = tenant;
    await slotline.run('retention', '--attendee-days', '10', '--organization', organizationId);
    await sql`update booking_intents set state = 'unknown'
      where organization_id = ${organizationId}`.execute(database.db);
    await appointmentWas(360);
    await purge();
    // The appointment's and the calendar's are forgotten, the wish is not.
    expect(await kept()).toMatchObject({ attendees: 1 });
    await appointmentWas(367);
    await purge();
    expect(await kept()).toMatchObject({ attendees: 0 });
  });

  it('refuses a time that is none', async () => {
    const organization = ['--organization', tenant.organizationId];
    const ran = await slotline.run('retention', '--caller-days', '0', ...organization);
    expect(ran).toMatchObject({ exitCode: 2 });
    expect(ran.errors).toContain('--caller-days: must be 1 at least');
  });
});

/** By ones, so that one batch is never all. */
async function purge(): Promise<void> {
  await purgeRecords({ db: database.db, logger, batch: 1 })({}, undefined as never);
}

async function callWas(days: number): Promise<void> {
  const startedAt = CLOCK.ago(days * DAY);
  await database.db.updateTable('calls').set({ startedAt }).where('id', '=', callId).execute();
}

async function messageWasHandled(days: number): Promise<void> {
  await database.db
    .updateTable('messagesTaken')
    .set({ handledAt: CLOCK.ago(days * DAY) })
    .where('callId', '=', callId)
    .execute();
}

/** It ended so many days ago. */
async function appointmentWas(days: number): Promise<void> {
  const end = CLOCK.ago(days * DAY);
  for (const table of ['appointments', 'booking_intents', 'fake_calendar_bookings']) {
    await sql`
      update ${sql.table(table)} set start_at = ${end}::timestamptz - interval '30 minutes', end_at = ${end}
      where organization_id = ${tenant.organizationId}`.execute(database.db);
  }
}

async function kept() {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from call_turns where call_id = ${callId}) as turns,
    (select count(*)::int from tool_calls where call_id = ${callId}) as tool_calls,
    (select count(*)::int from call_marks where call_id = ${callId}) as marks,
    (select count(words)::int from call_marks where call_id = ${callId}) as words,
    (select count(caller_number)::int from calls where id = ${callId}) as callers,
    (select count(*)::int from messages_taken where call_id = ${callId}) as messages,
    (select count(*)::int from (
      select attendee_name as name from appointments
        where organization_id = ${tenant.organizationId}
      union all select attendee ->> 'name' from booking_intents
        where organization_id = ${tenant.organizationId}
      union all select attendee ->> 'name' from fake_calendar_bookings
        where organization_id = ${tenant.organizationId}) as named
      where name = 'Mary Smith') as attendees`.execute(database.db);
  return rows[0];
}
