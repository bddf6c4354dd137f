import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';
import type { CredentialPlace } from '../sealed-credential.ts';
import type { ConnectionKey, Sealing } from './calendar-connections.ts';

/** What is kept of somebody's access to their account at the provider. */
export interface StoredTokens {
  /** In clear; null where there are none. */
  tokens: string | null;
  /** Why its owner must sign in again; null: they need not. */
  reconnectReason: string | null;
}

/**
 * The tokens of a connection.
 * @throws {SealedCredentialError} when the master key does not open them
 */
export async function readConnectionTokens(
  db: Database,
  key: ConnectionKey,
  masterKey: Buffer,
): Promise<StoredTokens> {
  return open(await tokenRows(db, key).executeTakeFirst(), key, masterKey);
}

/**
 * The same, and keeps every other process from refreshing them until the end of the transaction: of
 * many who find a token ended one alone asks for another, and the others read what it stored.
 * @throws {SealedCredentialError}
 */
export async function lockConnectionTokens(
  transaction: Database,
  key: ConnectionKey,
  masterKey: Buffer,
): Promise<StoredTokens> {
  return open(await tokenRows(transaction, key).forUpdate().executeTakeFirst(), key, masterKey);
}

/** Puts other tokens in the place of those there, or of a credential: the connection stands. */
export async function replaceConnectionTokens(
  db: Database,
  key: ConnectionKey,
  { plain, masterKey }: Sealing,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({
      tokens: sealCredential(plain, placeOf(key), masterKey),
      reconnectReason: null,
      credential: null,
      disconnectedAt: null,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Notes that the tokens are good no more, and forgets them. */
export async function noteReconnect(
  db: Database,
  key: ConnectionKey,
  reason: string,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ tokens: null, reconnectReason: reason })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Whether somebody signed in for the connection, and what they gave still stands. */
export async function hasConnectionTokens(db: Database, key: ConnectionKey): Promise<boolean> {
  const row = await db
    .selectFrom('calendarConnections')
    .select(sql<boolean>`tokens is not null`.as('has'))
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row?.has ?? false;
}

/** Another connection that somebody signed in for as the same owner, in whatever organization. */
export async function findSharedGrant(
  db: Database,
  { id, provider, owner }: { id: string; provider: string; owner: string },
): Promise<{ name: string; organizationId: string } | undefined> {
  return db
    .selectFrom('calendarConnections')
    .select(['name', 'organizationId'])
    .where('provider', '=', provider)
    .where('id', '<>', id)
    .where('tokens', 'is not', null)
    .where(sql<string>`coalesce(settings ->> 'owner', settings ->> 'account')`, '=', owner)
    .orderBy('createdAt')
    .executeTakeFirst();
}

function tokenRows(db: Database, key: ConnectionKey) {
  return db
    .selectFrom('calendarConnections')
    .select(['tokens', 'reconnectReason'])
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id);
}

function open(
  row: { tokens: Buffer | null; reconnectReason: string | null } | undefined,
  key: ConnectionKey,
  masterKey: Buffer,
): StoredTokens {
  return {
    tokens: row?.tokens ? openCredential(row.tokens, placeOf(key), masterKey) : null,
    reconnectReason: row?.reconnectReason ?? null,
  };
}

function placeOf({ organizationId, id }: ConnectionKey): CredentialPlace {
  return { organizationId, column: 'calendar_connections.tokens', rowId: id };
}
