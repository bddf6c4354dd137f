import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';
import type { MirrorKey } from '../appointments/appointments.ts';
import type { DeliveryState } from '../values.ts';

export interface NewDelivery {
  organizationId: string;
  calendarConnectionId: string;
  trigger: string;
  deliveryKey: string;
  payload: unknown;
}

export interface Delivery {
  id: string;
  organizationId: string;
  calendarConnectionId: string;
  trigger: string;
  payload: unknown;
  state: DeliveryState;
  /** IANA; of its calendar. */
  timeZone: string;
}

/** Stores what came; undefined when the same news came before. */
export async function insertDelivery(
  db: Database,
  delivery: NewDelivery,
): Promise<string | undefined> {
  const row = await db
    .insertInto('webhookDeliveries')
    .values({ ...delivery, payload: JSON.stringify(delivery.payload) })
    .onConflict((conflict) => conflict.columns(['calendarConnectionId', 'deliveryKey']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Milliseconds from a first try in vain to the second; doubled with each. */
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 6 * 3_600_000;
/** How often it is tried: over about a day, in which what is wrong with us may be mended. */
const MOST_ATTEMPTS = 12;

/**
 * What is to be applied now, of every calendar the same share, first what is new: neither what fails
 * nor a calendar with much news keeps another's waiting.
 */
export async function listDueDeliveries(
  db: Database,
  limit: number,
): Promise<(MirrorKey & { id: string; provider: string })[]> {
  const { rows } = await sql<MirrorKey & { id: string; provider: string }>`
    select delivery.id, delivery.organization_id, delivery.calendar_connection_id,
      connection.provider
    from (
      select *, row_number() over (
        partition by calendar_connection_id order by attempts > 0, received_at, id) as turn
      from webhook_deliveries
      where state in ('received', 'failed') and due_at <= slotline_now()
    ) as delivery
    join calendar_connections as connection
      on connection.id = delivery.calendar_connection_id
      and connection.organization_id = delivery.organization_id
    order by attempts > 0, turn, received_at, id limit ${limit}`.execute(db);
  return rows;
}

/** Locked until the transaction ends; undefined when it is settled already, or not due. */
export async function lockDueDelivery(
  transaction: Database,
  id: string,
): Promise<Delivery | undefined> {
  return transaction
    .selectFrom('webhookDeliveries')
    .select((select) => [
      'id',
      'organizationId',
      'calendarConnectionId',
      'trigger',
      'payload',
      'state',
      select
        .selectFrom('calendarConnections as connection')
        .select('connection.timeZone')
        .whereRef('connection.id', '=', 'webhookDeliveries.calendarConnectionId')
        .$asScalar()
        .$notNull()
        .as('timeZone'),
    ])
    .where('id', '=', id)
    .where('state', 'in', ['received', 'failed'])
    .where('dueAt', '<=', NOW)
    .forUpdate()
    .executeTakeFirst();
}

/** Keeps of the body only what is used of it. */
export async function keepNews(
  db: Database,
  id: string,
  news: { uid: string; previousUid: string | null; changedAt: Date | null; payload: unknown },
): Promise<void> {
  await db
    .updateTable('webhookDeliveries')
    .set({ ...news, payload: JSON.stringify(news.payload) })
    .where('id', '=', id)
    .execute();
}

/** All kept news of the booking that bore this name at some time, through every move. */
export async function listNewsOfBooking(
  db: Database,
  key: MirrorKey,
  uid: string,
): Promise<unknown[]> {
  const { rows } = await sql<{ payload: unknown }>`
    ${namesOf(key, uid)}
    select payload from webhook_deliveries where ${isAbout(key)}`.execute(db);
  return rows.map(({ payload }) => payload);
}

/** What came of the news of a booking, without what it said. */
export interface DeliveryNote {
  id: string;
  trigger: string;
  state: DeliveryState;
  receivedAt: Date;
}

/** The news of the booking that bore this name at some time, in the order in which it came. */
export async function listDeliveriesOfBooking(
  db: Database,
  key: MirrorKey,
  uid: string,
): Promise<DeliveryNote[]> {
  const { rows } = await sql<DeliveryNote>`
    ${namesOf(key, uid)}
    select id, trigger, state, received_at from webhook_deliveries where ${isAbout(key)}
    order by received_at, id limit 100`.execute(db);
  return rows;
}

/** Every name that a booking had, through every move. */
function namesOf({ calendarConnectionId }: MirrorKey, uid: string) {
  return sql`
    with recursive name (uid) as (
      select ${uid}::text
      union
      select neighbour.uid
      from name
      join webhook_deliveries as delivery
        on delivery.calendar_connection_id = ${calendarConnectionId}
        and (delivery.uid = name.uid or delivery.previous_uid = name.uid)
      cross join lateral (values (delivery.uid), (delivery.previous_uid)) as neighbour (uid)
      where neighbour.uid is not null
    )`;
}

function isAbout({ organizationId, calendarConnectionId }: MirrorKey) {
  return sql<boolean>`organization_id = ${organizationId}
    and calendar_connection_id = ${calendarConnectionId}
    and uid in (select uid from name)`;
}

/** Writes what came of a delivery; one that failed is due again later, a dozen times at most. */
export async function writeDeliveryState(
  db: Database,
  id: string,
  end: { state: Exclude<DeliveryState, 'received'>; reason: string | null },
): Promise<void> {
  const pause = sql`least(${FIRST_PAUSE} * power(2, least(attempts, 20)), ${LONGEST_PAUSE})`;
  const next = {
    attempts: sql<number>`attempts + 1`,
    dueAt: sql<Date | null>`case when attempts + 1 < ${MOST_ATTEMPTS}
      then slotline_now() + ${pause} * interval '1 millisecond' end`,
  };
  await db
    .updateTable('webhookDeliveries')
    .set({ ...end, settledAt: NOW, ...(end.state === 'failed' ? next : {}) })
    .where('id', '=', id)
    .execute();
}

/** Counts a delivery that was not signed with the connection's secret. */
export async function countBadSignature(db: Database, calendarConnectionId: string): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set((expression) => ({ badSignatures: expression('badSignatures', '+', 1) }))
    .where('id', '=', calendarConnectionId)
    .execute();
}

/**
 * Forgets deliveries that were settled more than 30 days ago, so many at most; answers how many. By
 * then a provider has long stopped to send the same again, and an operator has seen what failed.
 *
 * News of an appointment that is still to come is kept: it is what tells the same news, sent once
 * more, from new. Of one that is over, what comes again is older than the appointment knows, and
 * claims no time that anybody wants.
 */
export function purgeDeliveries(db: Database, limit: number): Promise<number> {
  const isOver = sql`state <> 'received' and settled_at < slotline_now() - interval '30 days'
    and not exists (
      select from appointments
      where calendar_connection_id = webhook_deliveries.calendar_connection_id
        and provider_uid = webhook_deliveries.uid and end_at > slotline_now())
    and not exists (
      select from appointments
      where calendar_connection_id = webhook_deliveries.calendar_connection_id
        and reference = webhook_deliveries.uid and end_at > slotline_now())`;
  return purgeBatch(db, 'webhookDeliveries', isOver, limit);
}
