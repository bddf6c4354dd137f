import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../jobs/purge-batch.ts';
import type { MirrorKey } from '../appointments/mirrored-appointments.ts';
import type { DeliveryState } from '../schema.ts';

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

/** What is still to be applied, oldest first; what failed is tried for a day. */
export async function listOpenDeliveries(
  db: Database,
  limit: number,
): Promise<(MirrorKey & { id: string; provider: string })[]> {
  return (
    db
      .selectFrom('webhookDeliveries as delivery')
      .innerJoin('calendarConnections as connection', (join) =>
        join
          .onRef('connection.id', '=', 'delivery.calendarConnectionId')
          .onRef('connection.organizationId', '=', 'delivery.organizationId'),
      )
      .select([
        'delivery.id',
        'delivery.organizationId',
        'delivery.calendarConnectionId',
        'connection.provider',
      ])
      .where((where) =>
        where.or([
          where('delivery.state', '=', 'received'),
          where('delivery.state', '=', 'failed').and(
            'delivery.receivedAt',
            '>',
            sql<Date>`slotline_now() - interval '1 day'`,
          ),
        ]),
      )
      // What failed must not stand in the way of what is new.
      .orderBy('delivery.state', 'desc')
      .orderBy('delivery.receivedAt')
      .limit(limit)
      .execute()
  );
}

/** Locked until the transaction ends; undefined when it is settled already. */
export async function lockOpenDelivery(
  transaction: Database,
  id: string,
): Promise<Delivery | undefined> {
  return transaction
    .selectFrom('webhookDeliveries')
    .select(['id', 'organizationId', 'calendarConnectionId', 'trigger', 'payload', 'state'])
    .where('id', '=', id)
    .where('state', 'in', ['received', 'failed'])
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
    with recursive name (uid) as (
      select ${uid}::text
      union
      select neighbour.uid
      from name
      join webhook_deliveries as delivery
        on delivery.calendar_connection_id = ${key.calendarConnectionId}
        and (delivery.uid = name.uid or delivery.previous_uid = name.uid)
      cross join lateral (values (delivery.uid), (delivery.previous_uid)) as neighbour (uid)
      where neighbour.uid is not null
    )
    select payload from webhook_deliveries
    where organization_id = ${key.organizationId}
      and calendar_connection_id = ${key.calendarConnectionId}
      and uid in (select uid from name)`.execute(db);
  return rows.map(({ payload }) => payload);
}

export async function settleDelivery(
  db: Database,
  id: string,
  end: { state: Exclude<DeliveryState, 'received'>; reason: string | null },
): Promise<void> {
  await db
    .updateTable('webhookDeliveries')
    .set({ ...end, settledAt: NOW })
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
