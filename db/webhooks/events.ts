import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { EventFacts, EventKind } from './event-kinds.ts';

/**
 * Tells an organization's endpoints of something that no trigger sees. To be called in the transaction
 * of what it tells of: without an endpoint that wants to hear of it nothing is written.
 */
export async function tellWebhooks(
  transaction: Database,
  event: {
    organizationId: string;
    kind: EventKind;
    /** A call, an appointment, an intent, a message, an agent, an alert or the organization itself. */
    subjectId: string;
    callId?: string | null;
    facts?: EventFacts;
  },
): Promise<void> {
  const { organizationId, kind, subjectId, callId = null, facts = {} } = event;
  await sql`
    select tell_webhooks(${organizationId}::uuid, ${kind}, ${subjectId}::uuid, ${callId}::uuid,
      ${JSON.stringify(facts)}::jsonb)`.execute(transaction);
}

/** An event that nobody has put into words yet. */
export interface UntoldEvent {
  id: string;
  place: string;
  organizationId: string;
  kind: EventKind | 'webhook.test';
  subjectId: string | null;
  facts: EventFacts;
  endpointId: string | null;
  at: Date;
}

/** The next one behind a place, which nobody else has in hand; locked until the transaction ends. */
export async function lockUntoldEvent(
  transaction: Database,
  after: string,
): Promise<UntoldEvent | undefined> {
  return transaction
    .selectFrom('webhookEvents')
    .select(['id', 'place', 'organizationId', 'kind', 'subjectId', 'facts', 'endpointId', 'at'])
    .where('toldAt', 'is', null)
    .where('place', '>', after)
    .orderBy('place')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/**
 * Keeps an event as it is sent and gives it to the endpoints that want to hear of it.
 * @param body null where what it told of is gone: then nobody is told
 */
export async function writeTold(
  transaction: Database,
  { id }: Pick<UntoldEvent, 'id'>,
  body: string | null,
): Promise<void> {
  await transaction
    .updateTable('webhookEvents')
    .set({ toldAt: NOW, body })
    .where('id', '=', id)
    .execute();
  if (body === null) return;
  await sql`
    insert into endpoint_deliveries (organization_id, endpoint_id, event_id)
    select event.organization_id, endpoint.id, event.id
    from webhook_events as event
    join webhook_endpoints as endpoint on endpoint.organization_id = event.organization_id
    where event.id = ${id} and (
      endpoint.id = event.endpoint_id
      or event.endpoint_id is null and endpoint.enabled and event.kind = any (endpoint.events)
        and endpoint.created_at <= event.at)
    on conflict (endpoint_id, event_id) do nothing`.execute(transaction);
}

/** Makes a test for one endpoint, with its delivery, and answers the delivery's id. */
export async function insertTestEvent(
  transaction: Database,
  endpoint: { organizationId: string; id: string },
  bodyOf: (event: { id: string; at: Date }) => string,
): Promise<string> {
  const event = await transaction
    .insertInto('webhookEvents')
    .values({
      organizationId: endpoint.organizationId,
      kind: 'webhook.test',
      endpointId: endpoint.id,
      facts: '{}',
    })
    .returning(['id', 'at'])
    .executeTakeFirstOrThrow();
  await writeTold(transaction, event, bodyOf(event));
  const delivery = await transaction
    .selectFrom('endpointDeliveries')
    .select('id')
    .where('eventId', '=', event.id)
    .executeTakeFirstOrThrow();
  return delivery.id;
}

/**
 * Forgets what events say of somebody, and what endpoints answered to it; answers of how many. What
 * still waits to be sent is not sent any more.
 *
 * @param theirs of a row of `webhook_events`
 */
export async function forgetEvents(db: Database, theirs: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update webhook_events set body = null where body is not null and (${theirs}) returning id`.execute(
    db,
  );
  const ids = rows.map(({ id }) => id);
  await sql`
    update delivery_attempts set answer = null
    where delivery_id in (
      select id from endpoint_deliveries where event_id = any(${ids}::uuid[]))`.execute(db);
  await sql`
    update endpoint_deliveries set state = 'failed', ended_at = slotline_now()
    where event_id = any(${ids}::uuid[]) and state = 'pending'`.execute(db);
  return ids.length;
}
