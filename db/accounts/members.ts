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
