import { z } from 'zod';
import { listMemberships } from '../../../db/accounts/members.ts';
import { findOrganizationName, findTimeZone } from '../../../db/organizations.ts';
import { RoleSchema } from '../../../manage/accounts/members.ts';
import { grantsOf, POLICIES } from '../../../manage/accounts/policies.ts';
import type { Action } from '../../../manage/accounts/policies.ts';
import { ownRoute } from '../route.ts';

const ACTIONS = Object.keys(POLICIES) as [Action, ...Action[]];

const MeSchema = z.object({
  kind: z.enum(['user', 'key']),
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable().meta({ description: 'Null of a key.' }),
  organizations: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      timeZone: z.string().meta({ description: 'IANA: in which its people read times.' }),
      role: RoleSchema.nullable().meta({ description: 'Null of a key.' }),
      grants: z
        .array(RoleSchema)
        .meta({ description: 'Roles that whoever asks gives and takes there.' }),
      may: z.array(z.enum(ACTIONS)).meta({ description: 'What can be done there: "agents:read".' }),
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
          timeZone: await findTimeZone(db, actor.organizationId),
          role: null,
          grants: [],
          may: ACTIONS.filter((action) => actor.scopes.includes(action)),
        };
        return { kind, id, name, email: null, organizations: [organization] };
      }
      const memberships = await listMemberships(db, id);
      const organizations = await Promise.all(
        memberships.map(async ({ organizationId, organizationName, role }) => ({
          id: organizationId,
          name: organizationName,
          timeZone: await findTimeZone(db, organizationId),
          role,
          grants: grantsOf(role),
          may: ACTIONS.filter((action) => POLICIES[action].roles.includes(role)),
        })),
      );
      return { kind, id, name, email: actor.email, organizations };
    },
  }),
];
