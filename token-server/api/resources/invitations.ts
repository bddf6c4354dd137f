import { z } from 'zod';
import { listInvitations } from '../../../db/accounts/invitations.ts';
import type { Invitation } from '../../../db/accounts/invitations.ts';
import {
  inviteMember,
  NewInvitationSchema,
  withdrawInvitation,
} from '../../../manage/accounts/invitations.ts';
import { RoleSchema } from '../../../manage/accounts/members.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const InvitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: RoleSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });

const inOrganization = z.object({ organizationId: z.uuid() });

function present(invitation: Invitation): z.input<typeof InvitationSchema> {
  const { id, email, role, createdAt, expiresAt } = invitation;
  const dates = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, email, role, ...dates };
}

export const INVITATION_ROUTES = [
  readRoute({
    id: 'listInvitations',
    path: '/organizations/{organizationId}/invitations',
    summary: 'Invitations that are open, the newest first.',
    action: 'invitations:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(InvitationSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listInvitations(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  writeRoute({
    id: 'inviteMember',
    method: 'post',
    path: '/organizations/{organizationId}/invitations',
    summary: 'Invites somebody by mail, for a week and once; an earlier invitation of theirs ends.',
    action: 'invitations:write',
    params: inOrganization,
    body: NewInvitationSchema,
    example: { email: 'guest@example.com', role: 'staff' },
    answer: InvitationSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit, body, officeUrl }) {
      const invitation = await inviteMember(db, permit, { ...body, officeUrl });
      const { id, email, role } = invitation;
      return {
        answer: present(invitation),
        change: {
          action: 'invitation.made',
          subject: { kind: 'invitation', id },
          before: null,
          after: { email, role },
        },
      };
    },
  }),
  writeRoute({
    id: 'withdrawInvitation',
    method: 'delete',
    path: '/organizations/{organizationId}/invitations/{invitationId}',
    summary: 'Withdraws an invitation: its link is good no more.',
    action: 'invitations:write',
    params: z.object({ organizationId: z.uuid(), invitationId: z.uuid() }),
    body: null,
    example: null,
    answer: InvitationSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params }) {
      const invitation = await withdrawInvitation(db, permit, params.invitationId);
      const { id, email, role } = invitation;
      return {
        answer: present(invitation),
        change: {
          action: 'invitation.withdrawn',
          subject: { kind: 'invitation', id },
          before: { email, role },
          after: null,
        },
      };
    },
  }),
];
