import { NOW, later } from '../clock.ts';
import type { Database } from '../database.ts';

/** Stores a link that makes an owner; those that were made before it are good no more. */
export async function insertSetupLink(
  db: Database,
  link: { organizationId: string; tokenDigest: string; lifetime: number },
): Promise<void> {
  const { organizationId, tokenDigest, lifetime } = link;
  await db
    .deleteFrom('setupLinks')
    .where('organizationId', '=', organizationId)
    .where('usedAt', 'is', null)
    .execute();
  await db
    .insertInto('setupLinks')
    .values({ organizationId, tokenDigest, expiresAt: later(lifetime) })
    .execute();
}

/** Whose owner the link makes; undefined where it was used, is too old or never was. */
export async function findSetupLink(
  db: Database,
  tokenDigest: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('setupLinks')
    .select('organizationId')
    .where('tokenDigest', '=', tokenDigest)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .executeTakeFirst();
  return row?.organizationId;
}

/** The same, and uses it up: of any number who try at once one is answered. */
export async function useSetupLink(db: Database, tokenDigest: string): Promise<string | undefined> {
  const row = await db
    .updateTable('setupLinks')
    .set({ usedAt: NOW })
    .where('tokenDigest', '=', tokenDigest)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .returning('organizationId')
    .executeTakeFirst();
  return row?.organizationId;
}
