import { sql } from 'kysely';
import type { Database } from './database.ts';
import { resealCredential } from './sealed-credential.ts';

/** Every column that holds something sealed. */
export const SEALED_COLUMNS = [
  ['calendar_connections', 'credential'],
  ['calendar_connections', 'webhook_secret'],
  ['sip_trunks', 'auth_password'],
] as const;

interface SealedRow {
  id: string;
  organizationId: string;
  sealed: Buffer;
}

/**
 * Seals every secret's data key under another master key, all or none.
 * @returns how many secrets were sealed anew
 * @throws {SealedCredentialError} when the old key does not open one of them
 */
export async function rotateMasterKey(
  db: Database,
  keys: { from: Buffer; to: Buffer },
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    let count = 0;
    for (const [table, column] of SEALED_COLUMNS) {
      const { rows } = await sql<SealedRow>`
        select id, organization_id, ${sql.ref(column)} as sealed from ${sql.table(table)}
        where ${sql.ref(column)} is not null for update`.execute(transaction);
      for (const { id, organizationId, sealed } of rows) {
        const place = { organizationId, column: `${table}.${column}`, rowId: id };
        await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${resealCredential(sealed, place, keys)}
          where id = ${id}`.execute(transaction);
        count += 1;
      }
    }
    return count;
  });
}
