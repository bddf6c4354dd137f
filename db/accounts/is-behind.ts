import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** Whether a row comes, the newest first, behind the one of an id in the list of an organization. */
export function isBehind(
  table: 'apiKeys' | 'invitations' | 'webhookEndpoints',
  { organizationId, after }: { organizationId: string; after: string },
): RawBuilder<boolean> {
  return sql`(created_at, id) < (
    select last.created_at, last.id from ${sql.table(table)} as last
    where last.id = ${after} and last.organization_id = ${organizationId})`;
}
