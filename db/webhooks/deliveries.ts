import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';
import type { EndpointDeliveryState } from './tables.ts';

/** What one endpoint was told, or is to be told. */
export interface EndpointDelivery {
  id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  kind: string;
  state: EndpointDeliveryState;
  attempts: number;
  /** When it is tried next, while it waits. */
  dueAt: Date;
  createdAt: Date;
  endedAt: Date | null;
  /** Of the last attempt; null where there was no answer, or no attempt. */
  lastStatus: number | null;
  lastError: string | null;
}

export interface DeliveryKey {
  organizationId: string;
  endpointId: string;
  id: string;
}

/** Those of an endpoint, the newest first, from behind the one of an id on. */
export async function listDeliveries(
  db: Database,
  filter: {
    organizationId: string;
    endpointId: string;
    state: EndpointDeliveryState | null;
    after: string | null;
    limit: number;
  },
): Promise<EndpointDelivery[]> {
  const { organizationId, endpointId, state, after, limit } = filter;
  let query = deliveryRows(db, { organizationId, endpointId })
    .orderBy('delivery.createdAt', 'desc')
    .orderBy('delivery.id', 'desc')
    .limit(limit);
  if (state !== null) query = query.where('delivery.state', '=', state);
  if (after !== null) {
    query = query.where(isBehind('endpointDeliveries', { organizationId, after }, 'delivery'));
  }
  return query.execute();
}

/** One of an endpoint, with what is sent; a body of null is forgotten. */
export async function findDelivery(
  db: Database,
  key: DeliveryKey,
): Promise<(EndpointDelivery & { body: string | null }) | undefined> {
  return deliveryRows(db, key)
    .select('event.body')
    .where('delivery.id', '=', key.id)
    .executeTakeFirst();
}

export interface DeliveryAttempt {
  at: Date;
  milliseconds: number;
  /** Null: there was no answer. */
  status: number | null;
  error: string | null;
  /** The beginning of the answer. */
  answer: string | null;
}

/** In their order; so many of the newest. */
export async function listAttempts(db: Database, key: DeliveryKey): Promise<DeliveryAttempt[]> {
  const rows = await db
    .selectFrom('deliveryAttempts')
    .select(['at', 'milliseconds', 'status', 'error', 'answer'])
    .where('organizationId', '=', key.organizationId)
    .where('deliveryId', '=', key.id)
    .orderBy('at', 'desc')
    .limit(100)
    .execute();
  return rows.toReversed();
}

/**
 * Asks for a delivery once more, from now on and from the beginning of the schedule.
 * @returns false where there is none, or what it told was forgotten
 */
export async function renewDelivery(db: Database, key: DeliveryKey): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('endpointDeliveries')
    .set({ state: 'pending', attempts: 0, dueAt: NOW, endedAt: null })
    .where('organizationId', '=', key.organizationId)
    .where('endpointId', '=', key.endpointId)
    .where('id', '=', key.id)
    .where('eventId', 'in', (select) =>
      select.selectFrom('webhookEvents').select('id').where('body', 'is not', null),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A delivery whose turn has come, and how it is signed. */
export interface DueDelivery {
  id: string;
  organizationId: string;
  endpointId: string;
  eventId: string;
  url: string;
  body: string;
  /** It is tried once, and says nothing of the endpoint's health but that it is well. */
  isTest: boolean;
  /** Counts this one. */
  attempts: number;
  /** Sealed. */
  secret: Buffer;
  /** Sealed; null where the one before signs no more. */
  previousSecret: Buffer | null;
}

/**
 * Takes the delivery that is longest due. Nobody else takes it for `lease` milliseconds: a process that
 * dies on the way loses nothing.
 *
 * @param options.failing of endpoints that failed last, or of those that did not
 * @param options.except endpoints that have enough under way
 * @param options.exceptOf organizations that have
 */
export async function takeDueDelivery(
  db: Database,
  {
    failing,
    except,
    exceptOf,
    lease,
  }: { failing: boolean; except: readonly string[]; exceptOf: readonly string[]; lease: number },
): Promise<DueDelivery | undefined> {
  const { rows } = await sql<DueDelivery>`
    update endpoint_deliveries as taken set
      attempts = taken.attempts + 1,
      due_at = slotline_now() + interval '1 millisecond' * ${lease}::double precision
    from webhook_endpoints as endpoint, webhook_events as event
    where endpoint.id = taken.endpoint_id and event.id = taken.event_id and taken.id = (
      select delivery.id from endpoint_deliveries as delivery
      join webhook_endpoints as its on its.id = delivery.endpoint_id
      join webhook_events as told on told.id = delivery.event_id
      where delivery.state = 'pending' and delivery.due_at <= slotline_now()
        -- A test is for finding out what is wrong with one that is switched off.
        and (its.enabled or told.kind = 'webhook.test')
        and (its.failing_since is not null) = ${failing}
        and its.id <> all(${[...except]}::uuid[])
        and its.organization_id <> all(${[...exceptOf]}::uuid[])
        and told.body is not null
      order by delivery.due_at, told.place limit 1 for update of delivery skip locked
    )
    returning taken.id, taken.organization_id, taken.endpoint_id, taken.event_id, taken.attempts,
      endpoint.url, event.body, event.kind = 'webhook.test' as is_test, endpoint.secret,
      case when endpoint.previous_until > slotline_now() then endpoint.previous_secret end
        as previous_secret`.execute(db);
  return rows[0];
}

/** Logs an attempt; where the endpoint was deleted meanwhile there is nothing to log. */
export async function insertAttempt(
  db: Database,
  delivery: Pick<DueDelivery, 'id'>,
  attempt: Omit<DeliveryAttempt, 'at'>,
): Promise<void> {
  const { milliseconds, status, error, answer } = attempt;
  await sql`
    insert into delivery_attempts (
      organization_id, delivery_id, at, milliseconds, status, error, answer)
    select organization_id, id,
      slotline_clock() - interval '1 millisecond' * ${milliseconds}::double precision,
      ${milliseconds}::integer, ${status}::integer, ${error}::text, ${answer}::text
    from endpoint_deliveries where id = ${delivery.id}`.execute(db);
}

/**
 * Writes how an attempt ended, unless the delivery was asked for anew meanwhile.
 * @param end.dueIn milliseconds until the next attempt, of one that waits
 */
export async function writeDeliveryEnd(
  db: Database,
  delivery: Pick<DueDelivery, 'id' | 'attempts'>,
  end: { state: 'pending'; dueIn: number } | { state: 'delivered' | 'failed' },
): Promise<void> {
  const dueIn = end.state === 'pending' ? end.dueIn : null;
  await sql`
    update endpoint_deliveries set state = ${end.state},
      due_at = case when ${dueIn}::double precision is null then due_at
        else slotline_now() + interval '1 millisecond' * ${dueIn}::double precision end,
      ended_at = case when ${dueIn}::double precision is null then slotline_now() end
    where id = ${delivery.id} and state = 'pending' and attempts = ${delivery.attempts}`.execute(
    db,
  );
}

function deliveryRows(
  db: Database,
  { organizationId, endpointId }: Pick<DeliveryKey, 'organizationId' | 'endpointId'>,
) {
  return db
    .selectFrom('endpointDeliveries as delivery')
    .innerJoin('webhookEvents as event', 'event.id', 'delivery.eventId')
    .leftJoinLateral(
      (expression) =>
        expression
          .selectFrom('deliveryAttempts as attempt')
          .select(['attempt.status as lastStatus', 'attempt.error as lastError'])
          .whereRef('attempt.deliveryId', '=', 'delivery.id')
          .orderBy('attempt.at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      'delivery.id',
      'delivery.organizationId',
      'delivery.endpointId',
      'delivery.eventId',
      'event.kind',
      'delivery.state',
      'delivery.attempts',
      'delivery.dueAt',
      'delivery.createdAt',
      'delivery.endedAt',
      'last.lastStatus',
      'last.lastError',
    ])
    .where('delivery.organizationId', '=', organizationId)
    .where('delivery.endpointId', '=', endpointId);
}
