import { z } from 'zod';
import { listMembers } from '../../../db/accounts/members.ts';
import type { Member } from '../../../db/accounts/members.ts';
import {
  changeRole,
  findKnownMember,
  lockMember,
  removeMember,
  RoleSchema,
} from '../../../manage/accounts/members.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import { pageOf, pageQuery, presentPage, TextKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const MemberSchema = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: RoleSchema,
    twoFactorEnabled: z.boolean(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'Member' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofMember = z.object({ organizationId: z.uuid(), userId: z.uuid() });

function present({ createdAt, ...member }: Member): z.input<typeof MemberSchema> {
  return { ...member, since: createdAt.toISOString() };
}

/** What the audit log tells of invitations that ended with what their maker was. */
function toldOf(withdrawn: number): { invitationsWithdrawn?: number } {
  return withdrawn > 0 ? { invitationsWithdrawn: withdrawn } : {};
}

export const MEMBER_ROUTES = [
  readRoute({
    id: 'listMembers',
    path: '/organizations/{organizationId}/members',
    summary: 'Members, by their addresses.',
    action: 'members:read',
    params: inOrganization,
    query: pageQuery(TextKey),
    answer: pageOf(MemberSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listMembers(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ email }) => email);
    },
  }),
  readRoute({
    id: 'getMember',
    path: '/organizations/{organizationId}/members/{userId}',
    summary: 'One member.',
    action: 'members:read',
    params: ofMember,
    query: z.strictObject({}),
    answer: MemberSchema,
    hasEtag: true,
    run: async ({ db, permit, params }) =>
      present(await findKnownMember(db, permit.organizationId, params.userId)),
  }),
  writeRoute({
    id: 'changeMemberRole',
    method: 'patch',
    path: '/organizations/{organizationId}/members/{userId}',
    summary: 'Gives a member another role. The last owner stays one.',
    action: 'members:write',
    params: ofMember,
    body: z.strictObject({ role: RoleSchema }),
    example: { role: 'staff' },
    answer: MemberSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      present(await lockMember(db, permit.organizationId, params.userId)),
    async run({ db, permit, params: { userId }, body: { role } }) {
      const { before, after, withdrawn } = await changeRole(db, permit, { userId, role });
      return {
        answer: present(after),
        change: {
          action: 'member.role_changed',
          subject: { kind: 'member', id: userId },
          before: { role: before.role },
          after: { role: after.role, ...toldOf(withdrawn) },
        },
      };
    },
  }),
  writeRoute({
    id: 'removeMember',
    method: 'delete',
    path: '/organizations/{organizationId}/members/{userId}',
    summary: 'Removes a member. The last owner stays.',
    action: 'members:write',
    params: ofMember,
    body: null,
    example: null,
    answer: MemberSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params: { userId } }) {
      const { member, withdrawn } = await removeMember(db, permit, userId);
      const { email, role } = member;
      return {
        answer: present(member),
        change: {
          action: 'member.removed',
          subject: { kind: 'member', id: userId },
          before: { email, role },
          after: withdrawn > 0 ? toldOf(withdrawn) : null,
        },
      };
    },
  }),
];
