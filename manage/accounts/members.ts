import { z } from 'zod';
import { withdrawInvitationsOf } from '../../db/accounts/invitations.ts';
import {
  countOwners,
  deleteMember,
  findMember,
  putMember,
  type Member,
} from '../../db/accounts/members.ts';
import type { Database } from '../../db/database.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import type { Role } from '../../db/values.ts';
import { ManageError } from '../manage-error.ts';
import type { Permit } from './authorize.ts';
import { mayGrant } from './policies.ts';

export const RoleSchema = z.enum(
  ['owner', 'admin', 'staff', 'viewer'],
  'must be owner, admin, staff or viewer',
);

/** @throws {ManageError} there is none */
export async function findKnownMember(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<Member> {
  const member = await findMember(db, { organizationId, userId });
  if (member) return member;
  throw new ManageError('There is no such member.', { field: 'userId', fault: 'missing' });
}

/**
 * The same, and nobody else changes members of the organization until the end of the transaction.
 * @throws {ManageError}
 */
export async function lockMember(
  transaction: Database,
  organizationId: string,
  userId: string,
): Promise<Member> {
  await takeLock(transaction, LOCKS.members(organizationId));
  return findKnownMember(transaction, organizationId, userId);
}

/** @throws {ManageError} not for this role, or the last owner would be none */
export async function changeRole(
  transaction: Database,
  permit: Permit,
  { userId, role }: { userId: string; role: Role },
): Promise<{ before: Member; after: Member; withdrawn: number }> {
  const { organizationId } = permit;
  const before = await lockMember(transaction, organizationId, userId);
  requireGrant(permit, before.role);
  requireGrant(permit, role);
  if (role !== 'owner') await keepLastOwner(transaction, organizationId, before);
  await putMember(transaction, { organizationId, userId, role });
  const withdrawn = await endInvitations(transaction, { organizationId, userId, role });
  return { before, after: { ...before, role }, withdrawn };
}

/** @throws {ManageError} not for this role, or it is the last owner */
export async function removeMember(
  transaction: Database,
  permit: Permit,
  userId: string,
): Promise<{ member: Member; withdrawn: number }> {
  const { organizationId } = permit;
  const member = await lockMember(transaction, organizationId, userId);
  requireGrant(permit, member.role);
  await keepLastOwner(transaction, organizationId, member);
  await deleteMember(transaction, { organizationId, userId });
  const withdrawn = await endInvitations(transaction, { organizationId, userId, role: null });
  return { member, withdrawn };
}

/** An invitation that its maker could make no more is no way back in; null: no member any more. */
function endInvitations(
  transaction: Database,
  { organizationId, userId, role }: { organizationId: string; userId: string; role: Role | null },
): Promise<number> {
  const roles = RoleSchema.options.filter((each) => !mayGrant(role, each));
  return withdrawInvitationsOf(transaction, { organizationId, invitedBy: userId, roles });
}

/** @throws {ManageError} whoever asks may not make or unmake members of the role */
export function requireGrant({ role: giver }: Permit, role: Role): void {
  if (mayGrant(giver, role)) return;
  throw new ManageError(`Only an owner makes and changes members with the role ${role}.`, {
    field: 'role',
    fault: 'forbidden',
  });
}

async function keepLastOwner(
  transaction: Database,
  organizationId: string,
  { role }: Member,
): Promise<void> {
  if (role !== 'owner' || (await countOwners(transaction, organizationId)) > 1) return;
  throw new ManageError('This is the last owner: make somebody else an owner first.', {
    field: 'userId',
    fault: 'last_owner',
  });
}
