import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';

export interface ApiKey {
  id: string;
  organizationId: string;
  name: string;
  start: string;
  scopes: string[];
  requestsPerMinute: number;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const COLUMNS = [
  'id',
  'organizationId',
  'name',
  'start',
  'scopes',
  'requestsPerMinute',
  'createdAt',
  'expiresAt',
  'lastUsedAt',
] as const;

export async function insertApiKey(
  db: Database,
  key: Pick<ApiKey, 'organizationId' | 'name' | 'start' | 'scopes' | 'requestsPerMinute'> & {
    keyDigest: string;
    createdBy: string | null;
    expiresAt: Date | null;
  },
): Promise<ApiKey> {
  return db.insertInto('apiKeys').values(key).returning(COLUMNS).executeTakeFirstOrThrow();
}

/** A key that is good: of an organization that is no rehearsal's, not revoked and not too old. */
export async function findApiKey(db: Database, keyDigest: string): Promise<ApiKey | undefined> {
  return db
    .selectFrom('apiKeys')
    .select(COLUMNS)
    .where('keyDigest', '=', keyDigest)
    .where('revokedAt', 'is', null)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', NOW)]))
    .where('organizationId', 'in', (select) =>
      select.selectFrom('organizations').select('id').where('isRehearsal', '=', false),
    )
    .executeTakeFirst();
}

/** Notes that a key was used, once a minute at most. */
export async function touchApiKey(db: Database, id: string): Promise<void> {
  await db
    .updateTable('apiKeys')
    .set({ lastUsedAt: NOW })
    .where('id', '=', id)
    .where((where) =>
      where.or([where('lastUsedAt', 'is', null), where('lastUsedAt', '<', ago(60_000))]),
    )
    .execute();
}

/** Those that are not revoked, the newest first, from behind the one of an id on. */
export async function listApiKeys(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<ApiKey[]> {
  let query = db
    .selectFrom('apiKeys')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null) query = query.where(isBehind('apiKeys', { organizationId, after }));
  return query.execute();
}

/** Undefined where there is none that is good for anything. */
export async function markKeyRevoked(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<ApiKey | undefined> {
  return db
    .updateTable('apiKeys')
    .set({ revokedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('revokedAt', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst();
}
