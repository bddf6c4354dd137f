import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';
import type { CredentialPlace } from '../sealed-credential.ts';

/** Name and password of SIP digest authentication; the password in clear, and the key to seal it with. */
export interface DigestCredentials {
  username: string;
  password: string;
  masterKey: Buffer;
}

export interface NewSipTrunk {
  organizationId: string;
  name: string;
  /** Addresses or networks that calls may come from; empty: any, where there are credentials. */
  allowedAddresses: readonly string[];
  digest: DigestCredentials | null;
  /** A rehearsal's own: no operator made it. False by default. */
  isRehearsal?: boolean;
}

/** A trunk without its password. */
export interface SipTrunk {
  id: string;
  organizationId: string;
  name: string;
  allowedAddresses: string[];
  /** Null: no digest authentication. */
  authUsername: string | null;
  /** Null until it was synced. */
  livekitTrunkId: string | null;
}

export interface TrunkKey {
  organizationId: string;
  id: string;
}

/**
 * Stores a trunk, its password sealed, and answers its id.
 * @throws SQLSTATE 23505 when the organization has one of that name; 23514 when it is open to all
 */
export async function insertSipTrunk(db: Database, trunk: NewSipTrunk): Promise<string> {
  const { organizationId, name, allowedAddresses, digest, isRehearsal = false } = trunk;
  const id = randomUUID();
  await db
    .insertInto('sipTrunks')
    .values({
      id,
      organizationId,
      name,
      allowedAddresses: [...allowedAddresses],
      isRehearsal,
      ...sealedDigest({ organizationId, id }, digest),
    })
    .execute();
  return id;
}

/** Trunks of an organization by name. */
export async function listSipTrunks(db: Database, organizationId: string): Promise<SipTrunk[]> {
  return trunkRows(db)
    .where('organizationId', '=', organizationId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** The same in parts, from behind a name on; those of a rehearsal are nobody's. */
export async function listTrunkPage(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<SipTrunk[]> {
  const rows = trunkRows(db)
    .where('organizationId', '=', organizationId)
    .where('isRehearsal', '=', false)
    .orderBy('name')
    .limit(limit);
  return (after === null ? rows : rows.where('name', '>', after)).execute();
}

/** Keeps a trunk, where there is one, from being changed elsewhere until the end of the transaction. */
export async function lockTrunk(transaction: Database, key: TrunkKey): Promise<void> {
  await transaction
    .selectFrom('sipTrunks')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .forUpdate()
    .execute();
}

/** Trunks of all organizations, oldest first: they share one LiveKit. */
export async function listAllSipTrunks(db: Database): Promise<SipTrunk[]> {
  return trunkRows(db).orderBy('createdAt').orderBy('id').execute();
}

/**
 * The password of digest authentication in clear; null where there is none.
 * @throws {SealedCredentialError} when the master key does not open it
 */
export async function readTrunkPassword(
  db: Database,
  key: TrunkKey,
  masterKey: Buffer,
): Promise<string | null> {
  const row = await db
    .selectFrom('sipTrunks')
    .select('authPassword')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row?.authPassword ? openCredential(row.authPassword, placeOf(key), masterKey) : null;
}

/**
 * Changes what is given; `digest: null` takes the credentials away.
 * @throws SQLSTATE 23505 when the organization has one of that name; 23514 when it would be open to all
 */
export async function updateSipTrunk(
  db: Database,
  key: TrunkKey,
  change: Partial<Omit<NewSipTrunk, 'organizationId'>>,
): Promise<void> {
  const { name, allowedAddresses, digest } = change;
  await db
    .updateTable('sipTrunks')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(allowedAddresses === undefined ? {} : { allowedAddresses: [...allowedAddresses] }),
      ...(digest === undefined ? {} : sealedDigest(key, digest)),
      updatedAt: NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Until the transaction ends, no other process changes LiveKit's trunks. */
export async function lockPhoneSync(transaction: Database): Promise<void> {
  await takeLock(transaction, LOCKS.phoneSync);
}

/** Notes which trunk in LiveKit it is; null: none any more. */
export async function replaceLivekitTrunk(
  db: Database,
  key: TrunkKey,
  livekitTrunkId: string | null,
): Promise<void> {
  await db
    .updateTable('sipTrunks')
    .set({ livekitTrunkId })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** @throws SQLSTATE 23503 when a number still comes by it */
export async function deleteSipTrunk(db: Database, key: TrunkKey): Promise<void> {
  await db
    .deleteFrom('sipTrunks')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

function trunkRows(db: Database) {
  return db
    .selectFrom('sipTrunks')
    .select(['id', 'organizationId', 'name', 'allowedAddresses', 'authUsername', 'livekitTrunkId']);
}

function sealedDigest(
  key: TrunkKey,
  digest: DigestCredentials | null,
): { authUsername: string | null; authPassword: Buffer | null } {
  if (!digest) return { authUsername: null, authPassword: null };
  const { username, password, masterKey } = digest;
  return {
    authUsername: username,
    authPassword: sealCredential(password, placeOf(key), masterKey),
  };
}

function placeOf({ organizationId, id }: TrunkKey): CredentialPlace {
  return { organizationId, column: 'sip_trunks.auth_password', rowId: id };
}

/**
 * Removes the trunks that rehearsals by phone gave to an agent and were killed before they took them
 * away, with their numbers, so many at most; answers how many. None takes a day.
 */
export async function purgeRehearsalTrunks(db: Database, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with trunk as (
      select id from sip_trunks
      where is_rehearsal and created_at < slotline_now() - interval '1 day'
      limit ${limit} for update skip locked
    ), number as (
      select id from phone_numbers where sip_trunk_id in (select id from trunk)
    ), dialled as (
      update calls set phone_number_id = null where phone_number_id in (select id from number)
    ), removed as (
      delete from phone_numbers where id in (select id from number)
    )
    delete from sip_trunks where id in (select id from trunk)`.execute(db);
  return Number(numAffectedRows);
}
