import { findRole } from '../../db/accounts/members.ts';
import type { Database } from '../../db/database.ts';
import type { Role } from '../../db/values.ts';
import { ManageError } from '../manage-error.ts';
import { POLICIES } from './policies.ts';
import type { Action } from './policies.ts';

/** Whoever asks for something: a person who has signed in, or a program with a key. */
export type Actor =
  | { kind: 'user'; id: string; name: string; email: string; sessionId: string }
  | {
      kind: 'key';
      id: string;
      name: string;
      organizationId: string;
      scopes: readonly string[];
      requestsPerMinute: number;
    };

/** That an actor may do something in an organization. */
export interface Permit {
  actor: Actor;
  organizationId: string;
  /** Null of a key. */
  role: Role | null;
}

/**
 * Looks up whether somebody may do something.
 * @throws {ManageError} they may not; of an organization that is not theirs they hear no more than of
 * one that does not exist
 */
export async function authorize(
  db: Database,
  actor: Actor,
  { action, organizationId }: { action: Action; organizationId: string },
): Promise<Permit> {
  const { roles, isScope } = POLICIES[action];
  if (actor.kind === 'key') {
    if (actor.organizationId !== organizationId) throw noOrganization();
    if (!isScope || !actor.scopes.includes(action)) {
      throw new ManageError(`This key does not have the scope ${action}.`, { fault: 'forbidden' });
    }
    return { actor, organizationId, role: null };
  }
  const role = await findRole(db, { organizationId, userId: actor.id });
  if (role === undefined) throw noOrganization();
  if (!roles.includes(role)) {
    throw new ManageError(`This is not for the role ${role}.`, { fault: 'forbidden' });
  }
  return { actor, organizationId, role };
}

function noOrganization(): ManageError {
  return new ManageError('There is no such organization.', {
    field: 'organizationId',
    fault: 'missing',
  });
}
