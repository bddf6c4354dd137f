import { sql } from 'kysely';
import { later, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';
import type { EventKind } from './event-kinds.ts';

/** An endpoint as its organization sees it: without its secret. */
export interface WebhookEndpoint {
  id: string;
  organizationId: string;
  url: string;
  description: string;
  events: EventKind[];
  enabled: boolean;
  /** Until then the secret before the last rotation signs too; null where it does not any more. */
  previousUntil: Date | null;
  /** Of the first failure since the last success. */
  failingSince: Date | null;
  /** It had failed for days. */
  switchedOffAt: Date | null;
  createdAt: Date;
}

export interface EndpointKey {
  organizationId: string;
  id: string;
}

const COLUMNS = [
  'id',
  'organizationId',
  'url',
  'description',
  'events',
  'enabled',
  sql<Date | null>`case when previous_until > slotline_now() then previous_until end`.as(
    'previousUntil',
  ),
  'failingSince',
  'switchedOffAt',
  'createdAt',
] as const;

export async function insertEndpoint(
  db: Database,
  endpoint: Pick<
    WebhookEndpoint,
    'id' | 'organizationId' | 'url' | 'description' | 'events' | 'enabled'
  > & { secret: Buffer },
): Promise<WebhookEndpoint> {
  return db
    .insertInto('webhookEndpoints')
    .values(endpoint)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function countEndpoints(db: Database, organizationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('webhookEndpoints')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The newest first, from behind the one of an id on. */
export async function listEndpoints(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<WebhookEndpoint[]> {
  let query = db
    .selectFrom('webhookEndpoints')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null) query = query.where(isBehind('webhookEndpoints', { organizationId, after }));
  return query.execute();
}

/** @param options.lock nobody else changes it until the transaction ends */
export async function findEndpoint(
  db: Database,
  key: EndpointKey,
  { lock = false }: { lock?: boolean } = {},
): Promise<WebhookEndpoint | undefined> {
  const row = db
    .selectFrom('webhookEndpoints')
    .select(COLUMNS)
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id);
  return (lock ? row.forUpdate() : row).executeTakeFirst();
}

/** Changes what is given; one that is switched on begins anew. */
export async function updateEndpoint(
  db: Database,
  key: EndpointKey,
  change: Partial<Pick<WebhookEndpoint, 'url' | 'description' | 'events' | 'enabled'>>,
): Promise<WebhookEndpoint> {
  return db
    .updateTable('webhookEndpoints')
    .set({
      ...change,
      ...(change.enabled === true ? { failingSince: null, switchedOffAt: null } : {}),
      updatedAt: NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Deletes an endpoint with all that was delivered to it. */
export async function deleteEndpoint(db: Database, key: EndpointKey): Promise<void> {
  await db
    .deleteFrom('webhookEndpoints')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** The sealed secret, to be opened by whoever has the master key. */
export async function findEndpointSecret(
  db: Database,
  key: EndpointKey,
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('webhookEndpoints')
    .select('secret')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row?.secret;
}

/** Gives an endpoint another secret; the one before signs beside it for so many milliseconds. */
export async function replaceSecret(
  db: Database,
  key: EndpointKey,
  sealed: { secret: Buffer; previousSecret: Buffer; overlap: number },
): Promise<WebhookEndpoint> {
  return db
    .updateTable('webhookEndpoints')
    .set({
      secret: sealed.secret,
      previousSecret: sealed.previousSecret,
      previousUntil: later(sealed.overlap),
      updatedAt: NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** What an endpoint came to by an attempt. */
export interface EndpointHealth {
  /** Since when it has failed, where it is switched off by this; else null. */
  switchedOff: Date | null;
}

/** Notes that an endpoint took something: whatever failed before is over. */
export async function noteEndpointWell(db: Database, key: EndpointKey): Promise<void> {
  await db
    .updateTable('webhookEndpoints')
    .set({ failingSince: null })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('failingSince', 'is not', null)
    .execute();
}

/**
 * Notes that an endpoint failed. One that has for so many milliseconds is switched off; null does so at
 * once.
 */
export async function noteEndpointFailing(
  db: Database,
  key: EndpointKey,
  switchOffAfter: number | null,
): Promise<EndpointHealth> {
  const { rows } = await sql<{ failingSince: Date; isOff: boolean }>`
    update webhook_endpoints as endpoint set
      failing_since = coalesce(failing_since, slotline_now()),
      enabled = enabled and not worn,
      switched_off_at = case when enabled and worn then slotline_now() else switched_off_at end
    from (
      select id, ${switchOffAfter === null}::boolean or coalesce(failing_since, slotline_now())
          < slotline_now() - interval '1 millisecond' * ${switchOffAfter ?? 0}::double precision
        as worn, enabled as was_on
      from webhook_endpoints
      where organization_id = ${key.organizationId} and id = ${key.id} for update
    ) as before
    where endpoint.id = before.id
    returning endpoint.failing_since, before.was_on and before.worn as is_off`.execute(db);
  const [row] = rows;
  return { switchedOff: row?.isOff === true ? row.failingSince : null };
}
