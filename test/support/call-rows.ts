import { vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import type { Tenant } from './tenants.ts';

/** What is on record of the one call of a tenant. */
export function callRows(db: () => Database) {
  const callOf = ({ organizationId }: Tenant) =>
    db()
      .selectFrom('calls')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .executeTakeFirst();
  /** The call's row, once it is closed. */
  const ended = (tenant: Tenant) =>
    vi.waitUntil(
      async () => {
        const call = await callOf(tenant);
        return call?.endedAt ? call : null;
      },
      { timeout: 30_000, interval: 20 },
    );
  const turnsOf = ({ organizationId }: Tenant) =>
    db()
      .selectFrom('callTurns')
      .select(['role', 'text'])
      .where('organizationId', '=', organizationId)
      .orderBy('id')
      .execute();
  return { callOf, ended, turnsOf };
}
