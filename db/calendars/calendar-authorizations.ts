import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { NOW, later } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';
import { openCredential, sealCredential } from '../sealed-credential.ts';
import type { CredentialPlace } from '../sealed-credential.ts';
import type { AuthorizationActor } from './tables.ts';

interface AuthorizationKey {
  organizationId: string;
  id: string;
}

/** A sign-in at a provider as it was begun. */
export interface CalendarAuthorization extends AuthorizationKey {
  provider: string;
  redirectUri: string;
  /** The calendar as it is to be connected. */
  wish: Record<string, unknown>;
  actor: AuthorizationActor;
  /** Null of one that was begun on the command line. */
  sessionId: string | null;
  /** In clear. */
  verifier: string;
}

/** Notes a sign-in that is about to begin, and answers its id. @param lifetime milliseconds */
export async function insertAuthorization(
  db: Database,
  authorization: Omit<CalendarAuthorization, 'id'> & { stateDigest: string; lifetime: number },
  masterKey: Buffer,
): Promise<{ id: string; expiresAt: Date }> {
  const { verifier, lifetime, wish, actor, ...row } = authorization;
  const id = randomUUID();
  const { expiresAt } = await db
    .insertInto('calendarAuthorizations')
    .values({
      ...row,
      id,
      wish: JSON.stringify(wish),
      actor: JSON.stringify(actor),
      verifier: sealCredential(verifier, placeOf({ ...row, id }), masterKey),
      expiresAt: later(lifetime),
    })
    .returning('expiresAt')
    .executeTakeFirstOrThrow();
  return { id, expiresAt };
}

/**
 * Takes the sign-in of a state: of any number who come with it one gets it. In another session than
 * the one it was begun in it is not there.
 * @throws {SealedCredentialError}
 */
export async function takeAuthorization(
  db: Database,
  wanted: { provider: string; stateDigest: string; sessionId: string | null },
  masterKey: Buffer,
): Promise<CalendarAuthorization | undefined> {
  const row = await db
    .updateTable('calendarAuthorizations')
    .set({ usedAt: NOW })
    .where('stateDigest', '=', wanted.stateDigest)
    .where('provider', '=', wanted.provider)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .where(sql<boolean>`(session_id is null or session_id = ${wanted.sessionId}::uuid)`)
    .returning([
      'id',
      'organizationId',
      'provider',
      'redirectUri',
      'wish',
      'actor',
      'sessionId',
      'verifier',
    ])
    .executeTakeFirst();
  return row && { ...row, verifier: openCredential(row.verifier, placeOf(row), masterKey) };
}

/** Notes what became of a sign-in. */
export async function endAuthorization(
  db: Database,
  key: AuthorizationKey,
  outcome: { calendarConnectionId: string } | { trouble: string },
): Promise<void> {
  await db
    .updateTable('calendarAuthorizations')
    .set({ ...outcome, endedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** What became of a sign-in so far. */
export async function findAuthorizationOutcome(
  db: Database,
  key: AuthorizationKey,
): Promise<
  | {
      calendarConnectionId: string | null;
      trouble: string | null;
      hasEnded: boolean;
      hasExpired: boolean;
    }
  | undefined
> {
  return db
    .selectFrom('calendarAuthorizations')
    .select([
      'calendarConnectionId',
      'trouble',
      sql<boolean>`ended_at is not null`.as('hasEnded'),
      // One that was used is being finished.
      sql<boolean>`used_at is null and expires_at <= slotline_now()`.as('hasExpired'),
    ])
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
}

export function purgeAuthorizations(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'calendarAuthorizations',
    sql`expires_at < slotline_now() - interval '1 day'`,
    limit,
  );
}

function placeOf({ organizationId, id }: AuthorizationKey): CredentialPlace {
  return { organizationId, column: 'calendar_authorizations.verifier', rowId: id };
}
