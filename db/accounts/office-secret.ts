import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../database.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';

/** Of no organization: the office has one secret for all of them. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The secret that signs the office's cookies; made where there is none yet.
 * @throws {SealedCredentialError} it was sealed with another master key
 */
export async function readOfficeSecret(db: Database, masterKey: Buffer): Promise<string> {
  const placeOf = (rowId: string) => ({
    organizationId: NOBODY,
    column: 'office_secrets.secret',
    rowId,
  });
  const id = randomUUID();
  const secret = sealCredential(randomBytes(32).toString('base64url'), placeOf(id), masterKey);
  // Of processes that start at the same time one makes it.
  await db
    .insertInto('officeSecrets')
    .values({ id, organizationId: NOBODY, secret })
    .onConflict((conflict) => conflict.column('organizationId').doNothing())
    .execute();
  const row = await db
    .selectFrom('officeSecrets')
    .select(['id', 'secret'])
    .executeTakeFirstOrThrow();
  return openCredential(row.secret, placeOf(row.id), masterKey);
}
