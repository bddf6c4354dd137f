import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Role } from '../values.ts';

/** Makes a user a member; one who is has the role from then on. */
export async function putMember(
  db: Database,
  member: { organizationId: string; userId: string; role: Role },
): Promise<void> {
  await db
    .insertInto('members')
    .values(member)
    .onConflict((conflict) =>
      conflict
        .columns(['organizationId', 'userId'])
        .doUpdateSet({ role: member.role, updatedAt: NOW }),
    )
    .execute();
}

/** Whether anybody owns an organization that is no rehearsal's. */
export async function hasOwner(db: Database): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organizationId')
    .select('members.id')
    .where('members.role', '=', 'owner')
    .where('organizations.isRehearsal', '=', false)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Where a user is a member, the longest first; rehearsals are left out. */
export async function listMemberships(
  db: Database,
  userId: string,
): Promise<{ organizationId: string; organizationName: string; role: Role }[]> {
  return db
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organizationId')
    .select(['members.organizationId', 'organizations.name as organizationName', 'members.role'])
    .where('members.userId', '=', userId)
    .where('organizations.isRehearsal', '=', false)
    .orderBy('members.createdAt')
    .orderBy('members.id')
    .execute();
}

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  twoFactorEnabled: boolean;
  createdAt: Date;
}

/** What a user is in an organization that is no rehearsal's; undefined: nothing. */
export async function findRole(
  db: Database,
  key: { organizationId: string; userId: string },
): Promise<Role | undefined> {
  const row = await db
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organizationId')
    .select('members.role')
    .where('members.organizationId', '=', key.organizationId)
    .where('members.userId', '=', key.userId)
    .where('organizations.isRehearsal', '=', false)
    .executeTakeFirst();
  return row?.role;
}

export async function findMember(
  db: Database,
  key: { organizationId: string; userId: string },
): Promise<Member | undefined> {
  return memberRows(db, key.organizationId)
    .where('members.userId', '=', key.userId)
    .executeTakeFirst();
}

/** Members in order of their addresses, from behind one on. */
export async function listMembers(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<Member[]> {
  const rows = memberRows(db, organizationId).orderBy('users.email').limit(limit);
  return (after === null ? rows : rows.where('users.email', '>', after)).execute();
}

export async function countOwners(db: Database, organizationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('members')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whoever owns an organization. */
export async function listOwners(
  db: Database,
  organizationId: string,
): Promise<{ userId: string; name: string; email: string }[]> {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .select(['members.userId', 'users.name', 'users.email'])
    .where('members.organizationId', '=', organizationId)
    .where('members.role', '=', 'owner')
    .orderBy('members.createdAt')
    .execute();
}

export async function deleteMember(
  db: Database,
  key: { organizationId: string; userId: string },
): Promise<void> {
  await db
    .deleteFrom('members')
    .where('organizationId', '=', key.organizationId)
    .where('userId', '=', key.userId)
    .execute();
}

function memberRows(db: Database, organizationId: string) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .select([
      'members.userId',
      'users.name',
      'users.email',
      'members.role',
      'users.twoFactorEnabled',
      'members.createdAt',
    ])
    .where('members.organizationId', '=', organizationId);
}
