import { z } from 'zod';
import { listMemberships } from '../../../db/accounts/members.ts';
import { findOrganizationName } from '../../../db/organizations.ts';
import { RoleSchema } from '../../../manage/accounts/members.ts';
import { POLICIES } from '../../../manage/accounts/policies.ts';
import type { Action } from '../../../manage/accounts/policies.ts';
import { ownRoute } from '../route.ts';

const MeSchema = z.object({
  kind: z.enum(['user', 'key']),
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable().meta({ description: 'Null of a key.' }),
  organizations: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      role: RoleSchema.nullable().meta({ description: 'Null of a key.' }),
      may: z.array(z.string()).meta({ description: 'What can be done there: "agents:read".' }),
    }),
  ),
});

export const ME_ROUTES = [
  ownRoute({
    id: 'getMe',
    path: '/me',
    summary: 'Who asks, where they belong, and what they may do there.',
    answer: MeSchema,
    async run({ db, actor }) {
      const { kind, id, name } = actor;
      if (actor.kind === 'key') {
        const organization = {
          id: actor.organizationId,
          name: await findOrganizationName(db, actor.organizationId),
          role: null,
          may: [...actor.scopes],
        };
        return { kind, id, name, email: null, organizations: [organization] };
      }
      const organizations = (await listMemberships(db, id)).map((membership) => ({
        id: membership.organizationId,
        name: membership.organizationName,
        role: membership.role,
        may: (Object.keys(POLICIES) as Action[]).filter((action) =>
          POLICIES[action].roles.includes(membership.role),
        ),
      }));
      return { kind, id, name, email: actor.email, organizations };
    },
  }),
];
