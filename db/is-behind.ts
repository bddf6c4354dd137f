import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * Whether a row comes, the newest first, behind the one of an id in the list of an organization.
 * @param as what the query calls the table
 */
export function isBehind(
  table:
    | 'alerts'
    | 'apiKeys'
    | 'blockedCallers'
    | 'endpointDeliveries'
    | 'invitations'
    | 'webhookEndpoints',
  { organizationId, after }: { organizationId: string; after: string },
  as: string = table,
): RawBuilder<boolean> {
  return sql`(${sql.ref(`${as}.createdAt`)}, ${sql.ref(`${as}.id`)}) < (
    select last.created_at, last.id from ${sql.table(table)} as last
    where last.id = ${after} and last.organization_id = ${organizationId})`;
}
