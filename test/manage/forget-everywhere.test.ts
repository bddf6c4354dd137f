import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../booking/ledger/move-intent.ts';
import { settleByHand } from '../../booking/ledger/settle-by-hand.ts';
import { OutcomeUnknownError, RequestRefusedError } from '../../calendar/calendar-error.ts';
import { insertDelivery } from '../../db/calendars/webhook-deliveries.ts';
import { noteGuess } from '../../db/calls/caller-guesses.ts';
import { insertCallMark, insertCallTurn, insertToolCall } from '../../db/calls/call-log.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { purgeRecords } from '../../jobs/tasks/purge-records.ts';
import { forget } from '../../manage/forget.ts';
import { CLOCK, entry, openLedgerCall, pick } from '../booking/ledger/ledger-call.ts';
import type { LedgerCall } from '../booking/ledger/ledger-call.ts';
import type { Tenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { placesOf } from '../support/whole-database.ts';

const AT = new Date('2026-11-24T10:00:00Z');
const SAID = { interrupted: false, medium: 'speech', latency: null, saidAt: AT } as const;

const database = useTestDatabase({ clock: CLOCK });
const PERSON = {
  name: 'Ann Needle',
  email: 'ann.needle@example.com',
  phone: '+12025550177',
  timeZone: 'America/New_York',
};
const NEEDLES = ['needle', '2025550177', '555-0177'];
const DAY = 86_400_000;
let tenant: Tenant;

afterEach(async () => {
  await sql`truncate organizations cascade`.execute(database.db);
});

/** One person, wherever a person can stand, in calls that are over. */
beforeEach(async () => {
  const { db } = database;
  const call = await openLedgerCall(db);
  ({ tenant } = call);
  await bookAndCancel(call);
  await settleWhatFailed();
  await refuse();
  await speak(call);
  await deliver('ignored', PERSON.email);
  await deliver('failed', '+1 (202) 555-0177');
  await sql`update calls set ended_at = started_at`.execute(db);
});

describe('of a person who is forgotten', () => {
  it.each([PERSON.email, PERSON.phone])('nothing stands anywhere: %s', async (person) => {
    const places = await placesOf(database.db, NEEDLES);
    expect(places).toEqual(
      expect.arrayContaining([
        'appointments.attendee_name',
        'booking_intents.attendee',
        'booking_intents.steps',
        'call_turns.text',
        'messages_taken.text',
        'outbox_messages.payload',
        'tool_calls.arguments',
        'webhook_deliveries.payload',
      ]),
    );
    expect(await forgetPerson(person)).toMatchObject({ upcoming: 0, open: 0 });
    // What names the other of the two alone can only be found by it.
    const other = person === PERSON.email ? PERSON.phone : PERSON.email;
    await forgetPerson(other);
    expect(await placesOf(database.db, NEEDLES)).toEqual([]);
  });

  it('mail about a booking that came to nothing goes by the number alone', async () => {
    await forgetPerson(PERSON.phone);
    expect(await placesOf(database.db, NEEDLES)).not.toContain('outbox_messages.payload');
  });

  it.each([
    '+1 (202) 555-0177',
    '0012025550177',
    '(202) 555-0177',
    '202.555.0177',
    '12025550177@sms.cal.com',
  ])('news of the calendar is found that writes the number as %s', async (number) => {
    await deliver('failed', number);
    const before = await countDeliveries();
    const { webhooks } = await forgetPerson(PERSON.phone);
    expect(await countDeliveries()).toBe(before - webhooks);
    expect(await placesOf(database.db, [number])).toEqual([]);
  });

  it.each(['+44 2025550177', '+120255501770', '912025550177', '+12025550178'])(
    'news of somebody else stays: %s',
    async (number) => {
      await deliver('failed', number);
      await forgetPerson(PERSON.phone);
      expect(await placesOf(database.db, [number])).toEqual(['webhook_deliveries.payload']);
    },
  );

  it('news that is not applied yet stays and is told', async () => {
    await deliver('received', PERSON.phone);
    expect(await forgetPerson(PERSON.phone)).toMatchObject({ open: 1 });
  });
});

describe('what names people', () => {
  it('stands nowhere after three years, also where nobody ever learnt the outcome', async () => {
    const { context, free } = await openLedgerCall(database.db, {
      tenant,
      change: () => ({ book: () => Promise.reject(new OutcomeUnknownError('No answer.')) }),
    });
    await bookThroughLedger(context, theirs({ free }, 12));
    await sql`update calls set ended_at = started_at`.execute(database.db);
    await letYearsPass(3);
    await purgeRecords({ db: database.db, logger: pino({ level: 'silent' }) })(
      {},
      undefined as never,
    );
    expect(await placesOf(database.db, NEEDLES)).toEqual([]);
  });
});

/** In the days to come; the reasons are the caller's own words. */
async function bookAndCancel(call: LedgerCall): Promise<void> {
  const booked = await bookThroughLedger(call.context, theirs(call, 2));
  if (!('appointmentId' in booked)) throw new Error('Nothing was booked.');
  const { appointmentId } = booked;
  const reason = 'Needle is ill';
  const slot = pick(call.free, 7);
  await rescheduleThroughLedger(call.context, { appointmentId, slot, reason });
  await cancelThroughLedger(call.context, { appointmentId, reason });
}

/** An operator says, in words of their own, that nothing was booked: a mail waits. */
async function settleWhatFailed(): Promise<void> {
  const { context, free } = await openLedgerCall(database.db, {
    tenant,
    change: () => ({ book: () => Promise.reject(new OutcomeUnknownError('No answer.')) }),
  });
  await bookThroughLedger(context, theirs({ free }, 4));
  const { rows } = await sql<{ id: string }>`
    select id from booking_intents where state = 'unknown'`.execute(database.db);
  const key = { organizationId: tenant.organizationId, id: rows[0]?.id ?? '' };
  await settleByHand(database.db, key, 'refused', 'Needle rang');
}

/** The provider's words quote whom it refuses. */
async function refuse(): Promise<void> {
  const refusal = new RequestRefusedError(`${PERSON.email} is blocked`, { field: 'email' });
  const { context, free } = await openLedgerCall(database.db, {
    tenant,
    change: () => ({ book: () => Promise.reject(refusal) }),
  });
  await bookThroughLedger(context, theirs({ free }, 9));
}

async function speak({ context }: LedgerCall): Promise<void> {
  const { db } = database;
  const { organizationId, agentId } = tenant;
  const key = { organizationId, callId: context.callId ?? '' };
  const turn = { role: 'caller', text: 'Ann Needle here', ...SAID } as const;
  await insertCallTurn(db, key, turn);
  await insertCallMark(db, key, {
    kind: 'truth.stopped',
    details: {},
    words: `Booked for ${PERSON.name}.`,
    markedAt: AT,
  });
  await insertToolCall(db, key, { name: 'schedule_appointment', arguments: PERSON, calledAt: AT });
  await noteGuess(db, { ...key, caller: PERSON.phone, email: PERSON.email });
  await insertMessageTaken(db, {
    ...key,
    agentId,
    callerName: PERSON.name,
    callbackNumber: PERSON.phone,
    email: PERSON.email,
    text: 'Call Needle back.',
  });
}

async function deliver(state: 'received' | 'ignored' | 'failed', word: string): Promise<void> {
  const { db } = database;
  const { organizationId, calendarConnectionId } = tenant;
  const id = await insertDelivery(db, {
    organizationId,
    calendarConnectionId,
    trigger: 'BOOKING_CREATED',
    deliveryKey: randomUUID(),
    payload: { payload: { attendees: [{ name: 'A', contact: word }] } },
  });
  await sql`
    update webhook_deliveries set state = ${state},
      settled_at = case when ${state}::text <> 'received' then slotline_now() end
    where id = ${id}`.execute(db);
}

async function countDeliveries(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from webhook_deliveries`.execute(database.db);
  return rows[0]?.count ?? 0;
}

function forgetPerson(person: string) {
  return forget(database.db, tenant.organizationId, { person });
}

function theirs(call: Pick<LedgerCall, 'free'>, at: number) {
  const said = { notes: 'Needle’s knee', answers: { why: 'Needle' } };
  return { ...entry(pick(call.free, at)), attendee: PERSON, ...said };
}

/** Of every row, whatever dates it has. */
async function letYearsPass(years: number): Promise<void> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select table_name as table, array_agg(column_name::text) as columns
    from information_schema.columns join information_schema.tables
      using (table_catalog, table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and data_type = 'timestamp with time zone' and is_generated = 'NEVER'
    group by 1`.execute(database.db);
  const age = sql.lit(`${years * 366 * DAY} milliseconds`);
  for (const { table, columns } of rows) {
    const earlier = columns.map(
      (each) => sql`${sql.ref(each)} = ${sql.ref(each)} - ${age}::interval`,
    );
    await sql`update ${sql.table(table)} set ${sql.join(earlier)}`.execute(database.db);
  }
}
