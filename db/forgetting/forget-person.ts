import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DEAD_CALL } from '../calls/call-lease.ts';
import { discardRecordings } from '../calls/recordings.ts';
import { ago } from '../clock.ts';
import type { Database } from '../database.ts';
import { isIn, UNSETTLED } from '../intents/intents.ts';
import { forgetTold } from './forget-told.ts';
import { mentions } from './mentions.ts';
import { NOBODY, NOT_IN_AN_APPOINTMENT, NOT_IN_AN_INTENT } from './nobody.ts';

/** By one of the two that a person is known by. */
export interface Person {
  organizationId: string;
  /** In lower case. */
  email: string | null;
  /** E.164. */
  phone: string | null;
}

/** How many rows were deleted, or are nobody's now. */
export interface Forgotten {
  calls: number;
  turns: number;
  toolCalls: number;
  /** Recordings of calls, which a job deletes at once. */
  recordings: number;
  messages: number;
  appointments: number;
  intents: number;
  guesses: number;
  mails: number;
  webhooks: number;
  /** What the organization's own systems were told of them; what they have they keep. */
  events: number;
  /** Appointments that are still to come: they stay as they are. */
  upcoming: number;
  /**
   * Intents whose outcome is not known yet, calls that go on, and news of the calendar that is not
   * applied yet: they stay as they are.
   */
  open: number;
  /** Calendars whose provider has bookings of the person. */
  calendars: { name: string; provider: string; bookings: number }[];
  /** The number is blocked, and stays so. */
  isBlocked: boolean;
  /**
   * Other numbers and addresses that stood beside the one given: perhaps the same person's, perhaps
   * of somebody in the same house. Nobody can look them up later.
   */
  besides: string[];
}

/** An appointment that is over, or will not be. */
const IS_OVER = sql`(end_at <= slotline_now() or status in ('cancelled', 'rejected'))`;

/**
 * Forgets a person: what was said and asked in their calls, their messages, mails, guesses and the
 * news of their bookings are deleted; calls, appointments and intents stay for the figures and name
 * nobody. To be run in a transaction. What a provider has stays there.
 */
export async function forgetPerson(transaction: Database, person: Person): Promise<Forgotten> {
  const besides = await listBesides(transaction, person);
  const { calls, ...conversations } = await forgetCalls(transaction, person);
  const { rows, upcoming } = await forgetAppointments(transaction, person);
  const { intents, open } = await forgetIntents(transaction, person, rows);
  const mails = await forgetMails(transaction, person);
  await forgetAnswers(transaction, person);
  const news = await forgetWebhooks(transaction, person, rows);
  const { going, ...counts } = conversations;
  return {
    calls: calls.length,
    ...counts,
    appointments: rows.length,
    intents,
    guesses: await forgetGuesses(transaction, person),
    mails,
    webhooks: news.webhooks,
    events: await forgetTold(transaction, person, { calls, appointments: rows }),
    upcoming,
    open: open + going + news.waiting,
    calendars: await nameCalendars(
      transaction,
      rows.map(({ calendar }) => calendar),
    ),
    isBlocked: await isBlocked(transaction, person),
    besides,
  };
}

/** What was said and asked in calls that are over; `going`: calls that are not. */
async function forgetCalls(db: Database, person: Person) {
  const own = ownedBy(person);
  const { calls, going } = await findCalls(db, person);
  const inCalls = sql`call_id = any(${calls}::uuid[])`;
  const turns = await run(db, sql`delete from call_turns where ${own} and ${inCalls}`);
  const toolCalls = await run(db, sql`delete from tool_calls where ${own} and ${inCalls}`);
  await run(db, sql`update call_marks set words = null where ${own} and ${inCalls}`);
  // Names are made up in them; what was told beside the names is not.
  await run(db, sql`delete from scenarios where ${own} and ${inCalls}`);
  await run(
    db,
    sql`
    update calls set caller_number = null, sip_call_id = null, appointment_details = null
    where ${own} and id = any(${calls}::uuid[])`,
  );
  const { organizationId } = person;
  const recordings = await discardRecordings(db, { organizationId, callIds: calls });
  const messages = await run(
    db,
    sql`
    delete from messages_taken
    where ${own} and (${inCalls} or callback_number = ${person.phone}::text
      or lower(email) = ${person.email}::text)`,
  );
  return { calls, turns, toolCalls, recordings, messages, going };
}

/** An appointment's row that names nobody any more. */
interface ForgottenAppointment {
  id: string;
  uids: (string | null)[];
  /** Of its calendar connection. */
  calendar: string;
}

async function forgetAppointments(
  db: Database,
  person: Person,
): Promise<{ rows: ForgottenAppointment[]; upcoming: number }> {
  const theirs = sql`${ownedBy(person)} and forgotten_at is null and (
    lower(attendee_email) = ${person.email}::text or attendee_phone = ${person.phone}::text
    or exists (select from jsonb_array_elements(attendees) as guest (attendee)
      where ${matches(person, sql.ref('guest.attendee'))}))`;
  const upcoming = await count(db, sql`from appointments where ${theirs} and not ${IS_OVER}`);
  const { rows } = await sql<ForgottenAppointment>`
    update appointments set ${NOT_IN_AN_APPOINTMENT} where ${theirs} and ${IS_OVER}
    returning id, array[reference, provider_uid] as uids,
      calendar_connection_id as calendar`.execute(db);
  return { rows, upcoming };
}

/** `open`: how many intents stay, since nobody knows yet how they end. */
async function forgetIntents(
  db: Database,
  person: Person,
  forgotten: readonly ForgottenAppointment[],
): Promise<{ intents: number; open: number }> {
  const own = ownedBy(person);
  const attendee = matches(person, sql.ref('attendee'));
  const ids = sql`any(${forgotten.map(({ id }) => id)}::uuid[])`;
  const theirs = sql`${own} and forgotten_at is null and (
    ${attendee} or appointment_id = ${ids}
    or id in (select intent_id from appointments where id = ${ids}))`;
  const open = await count(db, sql`from booking_intents where ${theirs} and ${isIn(UNSETTLED)}`);
  // One that is confirmed is over with its appointment, and a cancellation at once.
  const intents = await run(
    db,
    sql`
    update booking_intents set ${NOT_IN_AN_INTENT} where ${theirs} and (
      state in ('refused', 'released')
      or state = 'confirmed' and (kind = 'cancel' or end_at <= slotline_now() or exists (
        select from appointments
        where organization_id = booking_intents.organization_id
          and calendar_connection_id = booking_intents.calendar_connection_id
          and reference = booking_intents.reference and ${IS_OVER})))`,
  );
  const uids = forgotten.flatMap((each) => each.uids);
  await run(
    db,
    sql`
    update fake_calendar_bookings set attendee = ${NOBODY}, notes = null,
      cancellation_reason = null, forgotten_at = slotline_now()
    where ${own} and forgotten_at is null and (${attendee} or uid = any(${uids}::text[]))
      and ${IS_OVER}`,
  );
  return { intents, open };
}

async function forgetGuesses(db: Database, person: Person): Promise<number> {
  const own = ownedBy(person);
  const { email, phone } = person;
  await run(db, sql`delete from mailed_codes where ${own} and email = ${email}::text`);
  return run(
    db,
    sql`
    delete from caller_guesses
    where ${own} and (email = ${email}::text or caller = ${phone}::text)`,
  );
}

/** Mails to the person, and those about an appointment or an intent that names nobody now. */
function forgetMails(db: Database, person: Person): Promise<number> {
  const own = ownedBy(person);
  return run(
    db,
    sql`
    delete from outbox_messages
    where ${own} and (
      appointment_id in (select id from appointments where ${own} and forgotten_at is not null)
      or not exists (
        select from appointments
        where id = outbox_messages.appointment_id and not ${IS_OVER}) and (
          lower(recipient) = ${person.email}::text
          or intent_id in (
            select id from booking_intents where ${own} and forgotten_at is not null)
          or ${mentions(person, sql`lower(payload::text)`)}))`,
  );
}

/** What was answered to requests of the last day, kept in case they come again: they hear no body then. */
async function forgetAnswers(db: Database, person: Person): Promise<void> {
  const own = ownedBy(person);
  await run(
    db,
    sql`
    update idempotent_answers set body = null
    where ${mentions(person, sql`lower(body::text)`)} and owner in (
      select 'user ' || user_id from members where ${own}
      union all select 'key ' || id from api_keys where ${own})`,
  );
}

/** `waiting`: how many stay, since they are not applied yet. */
async function forgetWebhooks(
  db: Database,
  person: Person,
  forgotten: readonly ForgottenAppointment[],
): Promise<{ webhooks: number; waiting: number }> {
  const theirs = sql`${ownedBy(person)} and (
      uid = any(${forgotten.flatMap(({ uids }) => uids)}::text[])
      or ${mentions(person, sql`lower(payload::text)`)})
    and not exists (
      select from appointments
      where calendar_connection_id = webhook_deliveries.calendar_connection_id
        and webhook_deliveries.uid in (provider_uid, reference) and not ${IS_OVER})`;
  const isWaiting = sql`state = 'received'`;
  return {
    waiting: await count(db, sql`from webhook_deliveries where ${theirs} and ${isWaiting}`),
    webhooks: await run(
      db,
      sql`delete from webhook_deliveries where ${theirs} and not ${isWaiting}`,
    ),
  };
}

async function isBlocked(db: Database, person: Person): Promise<boolean> {
  const rows = sql`from blocked_callers where ${ownedBy(person)} and number = ${person.phone}::text`;
  return (await count(db, rows)) > 0;
}

function ownedBy({ organizationId }: Person): RawBuilder<boolean> {
  return sql`organization_id = ${organizationId}`;
}

/** @returns how many rows it touched */
async function run(db: Database, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(db)).numAffectedRows ?? 0);
}

async function listBesides(db: Database, person: Person): Promise<string[]> {
  const { organizationId, email, phone } = person;
  const own = sql`organization_id = ${organizationId}`;
  const { rows } = await sql<{ name: string }>`
    select distinct name from (
      select lower(attendee_email) as email, attendee_phone as phone from appointments
      where ${own} and forgotten_at is null
      union all
      select lower(attendee ->> 'email'), attendee ->> 'phone' from booking_intents
      where ${own} and forgotten_at is null
      union all
      select lower(email), callback_number from messages_taken where ${own}
    ) as known cross join lateral (values (email), (phone)) as one (name)
    where (email = ${email}::text or phone = ${phone}::text)
      and name is not null and name <> coalesce(${email}, ${phone})
    order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Calls that are over in which the person took part or is named, and how many still go on. */
async function findCalls(
  db: Database,
  person: Person,
): Promise<{ calls: string[]; going: number }> {
  const { organizationId, phone, email } = person;
  const own = sql`organization_id = ${organizationId}`;
  const { rows } = await sql<{ id: string; isOver: boolean }>`
    select id, ended_at is not null or last_sign_at < ${ago(DEAD_CALL.isForgotten)} as is_over
    from calls where ${own} and (
      caller_number = ${phone}::text
      or ${matches(person, sql`appointment_details -> 'attendee'`)}
      or id in (
        select call_id from messages_taken
        where ${own} and (callback_number = ${phone}::text or lower(email) = ${email}::text)
        union select call_id from booking_intents
        where ${own} and ${matches(person, sql.ref('attendee'))}
        union select call_id from appointments
        where ${own} and (lower(attendee_email) = ${email}::text or attendee_phone = ${phone}::text)
        union select call_id from tool_calls
        where ${own} and ${mentions(person, sql`lower(arguments::text || ' ' || coalesce(result::text, ''))`)}
        union select call_id from call_turns
        where ${own} and ${mentions(person, sql`lower(text)`)}))`.execute(db);
  const calls = rows.filter(({ isOver }) => isOver).map(({ id }) => id);
  return { calls, going: rows.length - calls.length };
}

/** Whether an attendee, as `jsonb`, is the person. */
function matches({ email, phone }: Person, attendee: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(lower(${attendee} ->> 'email') = ${email}::text or ${attendee} ->> 'phone' = ${phone}::text)`;
}

async function count(db: Database, rows: RawBuilder<unknown>): Promise<number> {
  const counted = await sql<{ count: string }>`select count(*) ${rows}`.execute(db);
  return Number(counted.rows[0]?.count ?? 0);
}

async function nameCalendars(
  db: Database,
  ids: readonly string[],
): Promise<Forgotten['calendars']> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('calendarConnections')
    .select(['id', 'name', 'provider'])
    .where('id', 'in', [...new Set(ids)])
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, provider }) => ({
    name,
    provider,
    bookings: ids.filter((each) => each === id).length,
  }));
}
