import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';
import type { CredentialPlace } from '../sealed-credential.ts';

export interface NewCalendarConnection {
  organizationId: string;
  provider: string;
  name: string;
  /** IANA. */
  timeZone: string;
  settings?: Record<string, unknown>;
  credential?: Sealing;
  isGuarded?: boolean;
}

/** What is to be sealed, in clear, and the key to seal it with. */
export interface Sealing {
  plain: string;
  masterKey: Buffer;
}

export interface ConnectionKey {
  organizationId: string;
  id: string;
}

export interface CalendarConnection {
  id: string;
  organizationId: string;
  provider: string;
  name: string;
  timeZone: string;
  settings: Record<string, unknown>;
  webhookId: string | null;
  /** Its address is none that the server's operator vouches for: it may lead to no private network. */
  isGuarded: boolean;
  lastSyncedAt: Date | null;
  disconnectedAt: Date | null;
  /** Why its owner must sign in at the provider again; null: they need not. */
  reconnectReason: string | null;
}

type SealedColumn = 'credential' | 'webhookSecret';

/** Stores a connection, its credential sealed, and answers its id. */
export async function insertCalendarConnection(
  db: Database,
  connection: NewCalendarConnection,
): Promise<string> {
  const id = randomUUID();
  const key = { organizationId: connection.organizationId, id };
  await db
    .insertInto('calendarConnections')
    .values({
      id,
      organizationId: connection.organizationId,
      provider: connection.provider,
      name: connection.name,
      timeZone: connection.timeZone,
      settings: JSON.stringify(connection.settings ?? {}),
      isGuarded: connection.isGuarded ?? false,
      credential: connection.credential ? seal(key, 'credential', connection.credential) : null,
    })
    .execute();
  return id;
}

/** The connection without its credential; undefined when the organization has none of that id. */
export async function findCalendarConnection(
  db: Database,
  key: ConnectionKey,
): Promise<CalendarConnection | undefined> {
  return connectionRows(db)
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
}

/** Connections in the order they were made, disconnected ones too. */
export async function listCalendarConnections(
  db: Database,
  organizationId: string,
): Promise<CalendarConnection[]> {
  return connectionRows(db)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt')
    .execute();
}

/** The same in parts, in order of their names, from behind the one of an id on. */
export async function listConnectionPage(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<CalendarConnection[]> {
  const rows = connectionRows(db)
    .where('organizationId', '=', organizationId)
    .orderBy('name')
    .orderBy('id')
    .limit(limit);
  if (after === null) return rows.execute();
  return rows
    .where(
      sql<boolean>`(name, id) > (
        select last.name, last.id from calendar_connections as last
        where last.id = ${after} and last.organization_id = ${organizationId})`,
    )
    .execute();
}

/** Keeps a connection, where there is one, from being changed elsewhere until the end of the transaction. */
export async function lockConnection(transaction: Database, key: ConnectionKey): Promise<void> {
  await transaction
    .selectFrom('calendarConnections')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .forUpdate()
    .execute();
}

/** Gives a connection another name. */
export async function renameConnection(
  db: Database,
  key: ConnectionKey,
  name: string,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ name })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Puts other settings in the place of the present ones. */
export async function replaceSettings(
  db: Database,
  key: ConnectionKey,
  settings: Record<string, unknown>,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({ settings: JSON.stringify(settings) })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Puts another credential in the place of the present one, or of tokens; with null, forgets all. */
export async function replaceCredential(
  db: Database,
  key: ConnectionKey,
  credential: Sealing | null,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({
      credential: credential && seal(key, 'credential', credential),
      tokens: null,
      reconnectReason: null,
      disconnectedAt: credential ? null : NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Notes the webhook that the provider calls us with, or, with null, that there is none. */
export async function replaceWebhook(
  db: Database,
  key: ConnectionKey,
  webhook: { id: string; secret: Sealing } | null,
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({
      webhookId: webhook?.id ?? null,
      webhookSecret: webhook && seal(key, 'webhookSecret', webhook.secret),
      webhookRenewalAskedAt: null,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/**
 * The credential in clear; null where the provider needs none.
 * @throws {SealedCredentialError} when the master key does not open it
 */
export async function readCredential(
  db: Database,
  key: ConnectionKey,
  masterKey: Buffer,
): Promise<string | null> {
  return readSealed(db, key, 'credential', masterKey);
}

/**
 * The secret that signs the provider's webhooks, in clear; null where none is registered.
 * @throws {SealedCredentialError} when the master key does not open it
 */
export async function readWebhookSecret(
  db: Database,
  key: ConnectionKey,
  masterKey: Buffer,
): Promise<string | null> {
  return readSealed(db, key, 'webhookSecret', masterKey);
}

/**
 * Changes what is given of a connection; its secrets have functions of their own.
 * @param change.reconnect of a provider that needs no credential
 */
export async function updateCalendarConnection(
  db: Database,
  key: ConnectionKey,
  change: {
    timeZone: string;
    settings: Record<string, unknown>;
    isGuarded: boolean;
    reconnect?: true;
  },
): Promise<void> {
  await db
    .updateTable('calendarConnections')
    .set({
      timeZone: change.timeZone,
      settings: JSON.stringify(change.settings),
      isGuarded: change.isGuarded,
      ...(change.reconnect ? { disconnectedAt: null } : {}),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Connections as they are read, for the queries of this folder. */
export function connectionRows(db: Database) {
  return db
    .selectFrom('calendarConnections')
    .select([
      'id',
      'organizationId',
      'provider',
      'name',
      'timeZone',
      'settings',
      'webhookId',
      'isGuarded',
      'lastSyncedAt',
      'disconnectedAt',
      'reconnectReason',
    ]);
}

async function readSealed(
  db: Database,
  key: ConnectionKey,
  column: SealedColumn,
  masterKey: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom('calendarConnections')
    .select(`${column} as sealed`)
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row?.sealed ? openCredential(row.sealed, placeOf(key, column), masterKey) : null;
}

function seal(key: ConnectionKey, column: SealedColumn, { plain, masterKey }: Sealing): Buffer {
  return sealCredential(plain, placeOf(key, column), masterKey);
}

const COLUMN_NAMES = {
  credential: 'calendar_connections.credential',
  webhookSecret: 'calendar_connections.webhook_secret',
} as const;

function placeOf({ organizationId, id }: ConnectionKey, column: SealedColumn): CredentialPlace {
  return { organizationId, column: COLUMN_NAMES[column], rowId: id };
}
