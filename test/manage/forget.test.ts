import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertCallTurn, insertToolCall } from '../../db/calls/call-log.ts';
import { finishCall } from '../../db/calls/calls.ts';
import { noteGuess } from '../../db/calls/caller-guesses.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { blockCaller } from '../../db/phone/blocked-callers.ts';
import { updateAppointment } from '../../db/appointments/appointments.ts';
import { forget } from '../../manage/forget.ts';
import { createCommandLine } from '../cli/slotline.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../support/test-desk.ts';
import type { Tenant } from '../support/tenants.ts';

const AT = new Date('2026-11-24T10:00:00Z');
const SAID = { interrupted: false, medium: 'speech', latency: null, saidAt: AT } as const;

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const NUMBER = '+12025550123';
const database = useTestDatabase({ clock: CLOCK });
const slotline = createCommandLine(() => database.url);
let tenant: Tenant;
let callId: string;

/** Mary calls, books, leaves a message and is looked up; John books in a call of his own. */
beforeEach(async () => {
  const { db } = database;
  const call = await openTestDesk(db, { clock: CLOCK, callerNumber: NUMBER });
  ({ tenant, callId } = call);
  const { organizationId, agentId, calendarConnectionId } = tenant;
  await db.updateTable('calls').set({ callerNumber: NUMBER }).where('id', '=', callId).execute();
  await book(call.desk, { ...MARY, phone: NUMBER });
  const key = { organizationId, callId };
  await insertCallTurn(db, key, {
    role: 'caller',
    text: 'This is Mary',
    ...SAID,
  });
  await insertToolCall(db, key, {
    name: 'schedule_appointment',
    arguments: { name: 'Mary' },
    calledAt: AT,
  });
  await insertMessageTaken(db, {
    ...key,
    agentId,
    callerName: 'Mary',
    callbackNumber: NUMBER,
    email: null,
    text: 'Please call back.',
  });
  await noteGuess(db, { organizationId, callId, caller: null, email: MARY.email });
  await blockCaller(db, organizationId, { number: NUMBER, reason: '' });
  const news = { uid: 'a-uid', attendees: [{ name: 'Mary', email: MARY.email }] };
  await db
    .insertInto('webhookDeliveries')
    .values({
      organizationId,
      calendarConnectionId,
      trigger: 'BOOKING_CREATED',
      deliveryKey: randomUUID(),
      payload: JSON.stringify(news),
      uid: 'a-uid',
      state: 'applied',
    })
    .execute();
  await end(callId);

  const other = await openTestDesk(db, { clock: CLOCK, tenant });
  await book(other.desk, { ...MARY, name: 'John Miller', email: 'john@example.com' });
  await insertCallTurn(
    db,
    { organizationId, callId: other.callId },
    { role: 'caller', text: 'This is John', ...SAID },
  );
  await end(other.callId);
});

describe('forgetting a person', () => {
  it('leaves what is still to come, and says so', async () => {
    const forgotten = await forgetMary();
    expect(forgotten).toMatchObject({ calls: 1, turns: 1, toolCalls: 1, messages: 1, upcoming: 1 });
    expect(forgotten).toMatchObject({ appointments: 0, isBlocked: true });
    expect(await whatNames('mary')).toEqual(
      expect.arrayContaining(['appointments', 'booking_intents', 'fake_calendar_bookings']),
    );
    expect(await whatNames('mary')).not.toContain('call_turns');
  });

  it('leaves no trace by number, keeps the figures and touches nobody else', async () => {
    await letAYearPass();
    expect(await whatNames('mary')).toEqual(
      expect.arrayContaining(['appointments', 'call_turns', 'messages_taken', 'tool_calls']),
    );
    const forgotten = await forgetMary();
    expect(forgotten).toMatchObject({
      calls: 1,
      appointments: 1,
      intents: 1,
      upcoming: 0,
      calendars: [{ provider: 'fake', bookings: 1 }],
      besides: [MARY.email],
    });
    // By the number alone nobody knows the address.
    expect(await forget(database.db, tenant.organizationId, { person: MARY.email })).toMatchObject({
      guesses: 1,
      webhooks: 1,
      events: 0,
    });
    expect(await whatNames('mary')).toEqual([]);
    expect(await whatNames(NUMBER)).toEqual(['blocked_callers']);
    expect(await whatNames('john')).toEqual(
      expect.arrayContaining(['appointments', 'booking_intents', 'call_turns']),
    );
    const { rows } = await sql<{ calls: number; appointments: number }>`select
      (select count(*)::int from calls where organization_id = ${tenant.organizationId}) as calls,
      (select count(*)::int from appointments
        where organization_id = ${tenant.organizationId}) as appointments`.execute(database.db);
    expect(rows).toEqual([{ calls: 2, appointments: 2 }]);
  });

  it('stays so when the provider tells it again', async () => {
    await letAYearPass();
    await forgetMary();
    const { id } = await database.db
      .selectFrom('appointments')
      .select('id')
      .where('organizationId', '=', tenant.organizationId)
      .where('attendeeName', '=', 'Forgotten')
      .executeTakeFirstOrThrow();
    await updateAppointment(
      database.db,
      { organizationId: tenant.organizationId, id },
      {
        attendeeName: 'Mary Smith',
        attendeeEmail: MARY.email,
        notes: 'of Mary',
        status: 'cancelled',
      },
    );
    const row = await database.db
      .selectFrom('appointments')
      .select(['attendeeName', 'attendeeEmail', 'notes', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      attendeeName: 'Forgotten',
      attendeeEmail: null,
      notes: null,
      status: 'cancelled',
    });
  });

  it('is done from the command line, which tells what it removed and what it cannot reach', async () => {
    const organization = ['--organization', tenant.organizationId];
    const dry = await slotline.run('forget', '0012025550123', '--dry-run', ...organization);
    expect(dry).toMatchObject({ exitCode: 0, errors: '' });
    expect(dry.output).toContain('Would be forgotten:\n  1 calls');
    expect(await whatNames('mary')).toContain('call_turns');
    const ran = await slotline.run('forget', NUMBER, ...organization);
    expect(ran.output).toContain('Forgotten:\n  1 calls');
    expect(ran.output).toContain('1 appointment(s) still to come stay');
    expect(ran.output).toContain('callers unblock');
    expect(ran.output).toContain('are not reached from here');
    const again = await slotline.run('forget', 'nobody@example.com', ...organization);
    expect(again.output).toContain('Nothing was found of this person.');
    const wrong = await slotline.run('forget', 'Mary', ...organization);
    expect(wrong).toMatchObject({ exitCode: 2 });
    expect(wrong.errors).toMatch(/^<person>: must be a number with its country code/);
  });
});

function forgetMary() {
  return forget(database.db, tenant.organizationId, { person: NUMBER });
}

async function book(
  desk: Awaited<ReturnType<typeof openTestDesk>>['desk'],
  attendee: Omit<Parameters<typeof desk.changes.schedule>[0], 'slotId'>,
): Promise<void> {
  const offer = await desk.findTimes(SOON);
  if (offer.status === 'question') throw new Error('Nothing was offered.');
  const answer = await desk.changes.schedule({
    ...attendee,
    slotId: offer.slots[0]?.slot_id ?? '',
  });
  expect(answer.status).toBe('booked');
  await desk.release();
}

async function end(id: string): Promise<void> {
  await finishCall(
    database.db,
    { organizationId: tenant.organizationId, callId: id },
    { outcome: 'booked', reason: 'The caller hung up.', by: 'caller' },
  );
}

async function letAYearPass(): Promise<void> {
  for (const table of ['appointments', 'booking_intents', 'fake_calendar_bookings']) {
    await sql`update ${sql.table(table)} set start_at = start_at - interval '1 year',
      end_at = end_at - interval '1 year'`.execute(database.db);
  }
}

/** The tables of the organization in which a word stands, in any column. */
async function whatNames(word: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id'
    order by table_name`.execute(database.db);
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await sql`
      select from ${sql.table(name)} as row
      where organization_id = ${tenant.organizationId}
        and position(${word} in lower(to_jsonb(row)::text)) > 0 limit 1`.execute(database.db);
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
}
