import { sql } from 'kysely';
import { ago, later, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';
import type { Role } from '../values.ts';

export interface Invitation {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = ['id', 'organizationId', 'email', 'role', 'createdAt', 'expiresAt'] as const;

/** Stores an invitation, in place of what the address had in this organization. */
export async function insertInvitation(
  db: Database,
  invitation: {
    organizationId: string;
    email: string;
    role: Role;
    tokenDigest: string;
    invitedBy: string | null;
    lifetime: number;
  },
): Promise<Invitation> {
  const { lifetime, ...values } = invitation;
  await openInvitations(db)
    .where('organizationId', '=', values.organizationId)
    .where('email', '=', values.email)
    .execute();
  return db
    .insertInto('invitations')
    .values({ ...values, expiresAt: later(lifetime) })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Those that can be accepted still, the newest first, from behind the one of an id on. */
export async function listInvitations(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<Invitation[]> {
  let query = db
    .selectFrom('invitations')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null) query = query.where(isBehind('invitations', { organizationId, after }));
  return query.execute();
}

/**
 * What an organization has invited: how many others than the address are open, and how many were
 * made within a day, all together and of the address.
 */
export async function countInvitations(
  db: Database,
  { organizationId, email }: { organizationId: string; email: string },
): Promise<{ open: number; today: number; ofAddress: number }> {
  const isToday = sql<boolean>`created_at > ${ago(86_400_000)}`;
  const row = await db
    .selectFrom('invitations')
    .select(({ fn }) => [
      fn
        .countAll<string>()
        .filterWhere('acceptedAt', 'is', null)
        .filterWhere('revokedAt', 'is', null)
        .filterWhere('expiresAt', '>', NOW)
        .filterWhere('email', '!=', email)
        .as('open'),
      fn.countAll<string>().filterWhere(isToday).as('today'),
      fn.countAll<string>().filterWhere(isToday).filterWhere('email', '=', email).as('ofAddress'),
    ])
    .where('organizationId', '=', organizationId)
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), today: Number(row.today), ofAddress: Number(row.ofAddress) };
}

export async function findOpenInvitation(
  db: Database,
  tokenDigest: string,
): Promise<Invitation | undefined> {
  return db
    .selectFrom('invitations')
    .select(COLUMNS)
    .where('tokenDigest', '=', tokenDigest)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .executeTakeFirst();
}

/** The same, and uses it up: of any number who try at once one is answered. */
export async function useInvitation(
  db: Database,
  tokenDigest: string,
): Promise<Invitation | undefined> {
  return db
    .updateTable('invitations')
    .set({ acceptedAt: NOW })
    .where('tokenDigest', '=', tokenDigest)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', NOW)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Undefined where there is none that is open. */
export async function markInvitationWithdrawn(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<Invitation | undefined> {
  return openInvitations(db)
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Withdraws what somebody invited others to be; answers how many invitations were open. */
export async function withdrawInvitationsOf(
  db: Database,
  of: { organizationId: string; invitedBy: string; roles: readonly Role[] },
): Promise<number> {
  const { numUpdatedRows } = await openInvitations(db)
    .where('organizationId', '=', of.organizationId)
    .where('invitedBy', '=', of.invitedBy)
    .where('role', 'in', [...of.roles])
    .where('expiresAt', '>', NOW)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends what is open; narrowed by whoever asks. */
function openInvitations(db: Database) {
  return db
    .updateTable('invitations')
    .set({ revokedAt: NOW })
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null);
}
