import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import type { CalendarProvider } from './schema.ts';
import { openCredential, resealCredential, sealCredential } from './sealed-credential.ts';
import type { CredentialPlace } from './sealed-credential.ts';

export interface NewCalendarConnection {
  organizationId: string;
  provider: CalendarProvider;
  name: string;
  /** IANA. */
  timeZone: string;
  settings?: Record<string, unknown>;
  credential?: { plain: string; masterKey: Buffer };
}

export interface CalendarConnection {
  id: string;
  organizationId: string;
  provider: CalendarProvider;
  name: string;
  timeZone: string;
  settings: Record<string, unknown>;
}

/** Stores a connection, its credential sealed, and answers its id. */
export async function insertCalendarConnection(
  db: Database,
  connection: NewCalendarConnection,
): Promise<string> {
  const id = randomUUID();
  const place = placeOf(connection.organizationId, id);
  await db
    .insertInto('calendarConnections')
    .values({
      id,
      organizationId: connection.organizationId,
      provider: connection.provider,
      name: connection.name,
      timeZone: connection.timeZone,
      settings: JSON.stringify(connection.settings ?? {}),
      credential: connection.credential
        ? sealCredential(connection.credential.plain, place, connection.credential.masterKey)
        : null,
    })
    .execute();
  return id;
}

/** The connection without its credential; undefined when the organization has none of that id. */
export async function findCalendarConnection(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<CalendarConnection | undefined> {
  return db
    .selectFrom('calendarConnections')
    .select(['id', 'organizationId', 'provider', 'name', 'timeZone', 'settings'])
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
}

/**
 * The credential in clear; null where the provider needs none.
 * @throws {SealedCredentialError} when the master key does not open it
 */
export async function readCredential(
  db: Database,
  key: { organizationId: string; id: string },
  masterKey: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom('calendarConnections')
    .select('credential')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (!row?.credential) return null;
  return openCredential(row.credential, placeOf(key.organizationId, key.id), masterKey);
}

/**
 * Seals every credential's data key under another master key, all or none.
 * @returns how many credentials were sealed anew
 * @throws {SealedCredentialError} when the old key does not open one of them
 */
export async function rotateMasterKey(
  db: Database,
  keys: { from: Buffer; to: Buffer },
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('calendarConnections')
      .select(['id', 'organizationId', 'credential'])
      .where('credential', 'is not', null)
      .forUpdate()
      .execute();
    for (const row of rows) {
      if (!row.credential) continue;
      const place = placeOf(row.organizationId, row.id);
      await transaction
        .updateTable('calendarConnections')
        .set({ credential: resealCredential(row.credential, place, keys) })
        .where('id', '=', row.id)
        .execute();
    }
    return rows.length;
  });
}

function placeOf(organizationId: string, rowId: string): CredentialPlace {
  return { organizationId, column: 'calendar_connections.credential', rowId };
}
