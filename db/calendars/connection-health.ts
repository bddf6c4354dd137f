import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { ConnectionKey } from './calendar-connections.ts';

/** What an operator sees of a connection's health; nothing that is sealed. */
export interface ConnectionHealth {
  hasCredential: boolean;
  hasWebhookSecret: boolean;
  /** Webhooks that were refused for their signature, since the connection was made. */
  badSignatures: number;
  lastDeliveryAt: Date | null;
  /** Of the newest sync; null where it went well or there was none. */
  lastSyncError: string | null;
}

/** Undefined when the organization has no connection of that id. */
export async function findConnectionHealth(
  db: Database,
  key: ConnectionKey,
): Promise<ConnectionHealth | undefined> {
  return db
    .selectFrom('calendarConnections as connection')
    .select((select) => [
      sql<boolean>`connection.credential is not null`.as('hasCredential'),
      sql<boolean>`connection.webhook_secret is not null`.as('hasWebhookSecret'),
      'connection.badSignatures',
      select
        .selectFrom('webhookDeliveries as delivery')
        .select((delivery) => delivery.fn.max('delivery.receivedAt').as('at'))
        .whereRef('delivery.calendarConnectionId', '=', 'connection.id')
        .as('lastDeliveryAt'),
      select
        .selectFrom('calendarSyncs as sync')
        .select('sync.error')
        .whereRef('sync.calendarConnectionId', '=', 'connection.id')
        .orderBy('sync.startedAt', 'desc')
        .limit(1)
        .as('lastSyncError'),
    ])
    .where('connection.organizationId', '=', key.organizationId)
    .where('connection.id', '=', key.id)
    .executeTakeFirst();
}
