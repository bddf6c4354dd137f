import { sql } from 'kysely';
import type { Database } from './database.ts';
import { isSealedUnder, resealCredential, SealedCredentialError } from './sealed-credential.ts';
import type { CredentialPlace } from './sealed-credential.ts';

/** Every column that holds something sealed. */
export const SEALED_COLUMNS = [
  ['calendar_connections', 'credential'],
  ['calendar_connections', 'webhook_secret'],
  ['calendar_connections', 'tokens'],
  ['calendar_authorizations', 'verifier'],
  ['sip_trunks', 'auth_password'],
  ['office_secrets', 'secret'],
  ['webhook_endpoints', 'secret'],
  ['webhook_endpoints', 'previous_secret'],
  ['assistants', 'secret'],
] as const;

interface SealedSecret {
  table: string;
  column: string;
  sealed: Buffer;
  place: CredentialPlace;
}

/**
 * Seals every secret's data key under another master key, all or none. What is sealed under the new
 * key already stays: a process that still had the old key may have sealed with it since the last
 * rotation, and another one brings that over.
 *
 * @returns how many secrets were sealed anew, and how many were already
 * @throws {SealedCredentialError} naming the row that neither key opens
 */
export async function rotateMasterKey(
  db: Database,
  keys: { from: Buffer; to: Buffer },
): Promise<{ resealed: number; already: number }> {
  return db.transaction().execute(async (transaction) => {
    const count = { resealed: 0, already: 0 };
    for (const { table, column, sealed, place } of await listSealed(transaction)) {
      if (isSealedUnder(sealed, place, keys.to)) {
        count.already += 1;
        continue;
      }
      if (!isSealedUnder(sealed, place, keys.from)) {
        throw new SealedCredentialError(
          `${place.column} of ${place.rowId} opens with neither key. Nothing was changed: set SLOTLINE_MASTER_KEY to ` +
            'the key it was sealed with, or connect that calendar or trunk again first.',
        );
      }
      await sql`
        update ${sql.table(table)} set ${sql.ref(column)} = ${resealCredential(sealed, place, keys)}
        where id = ${place.rowId}`.execute(transaction);
      count.resealed += 1;
    }
    return count;
  });
}

/** How many secrets there are, and how many of them a master key opens. */
export async function countSealed(
  db: Database,
  masterKey: Buffer,
): Promise<{ secrets: number; opened: number }> {
  const all = await listSealed(db);
  const opened = all.filter(({ sealed, place }) => isSealedUnder(sealed, place, masterKey));
  return { secrets: all.length, opened: opened.length };
}

/** Locked until the transaction ends. */
async function listSealed(db: Database): Promise<SealedSecret[]> {
  const secrets: SealedSecret[] = [];
  for (const [table, column] of SEALED_COLUMNS) {
    const { rows } = await sql<{ id: string; organizationId: string; sealed: Buffer }>`
      select id, organization_id, ${sql.ref(column)} as sealed from ${sql.table(table)}
      where ${sql.ref(column)} is not null for update`.execute(db);
    for (const { id: rowId, organizationId, sealed } of rows) {
      const place = { organizationId, column: `${table}.${column}`, rowId };
      secrets.push({ table, column, sealed, place });
    }
  }
  return secrets;
}
