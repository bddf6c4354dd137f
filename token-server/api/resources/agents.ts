import { z } from 'zod';
import { readAgentFigures } from '../../../db/agent-drafts.ts';
import { listAgentPage } from '../../../db/agents.ts';
import type { Agent } from '../../../db/agents.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import {
  addAgent,
  AgentChangeSchema,
  editAgent,
  findManagedAgent,
  lockManagedAgent,
  NewAgentSchema,
  removeAgent,
} from '../../../manage/agents.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, TextKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';
import { AgentSchema, inOrganization, ofAgent } from './agent-schemas.ts';

const ListedAgentSchema = AgentSchema.extend({
  factCount: z.int().meta({ description: 'How many topics of its business it knows.' }),
  numbers: z.array(z.string()).meta({ description: 'E.164: those whose calls it answers.' }),
  hasDraft: z.boolean().meta({ description: 'Whether something is drafted and not published.' }),
}).meta({ id: 'ListedAgent' });

/** What the answer's schema does not name stays here. */
function present(agent: Agent): z.input<typeof AgentSchema> {
  return agent;
}

export const AGENT_ROUTES = [
  readRoute({
    id: 'listAgents',
    path: '/organizations/{organizationId}/agents',
    summary: 'Agents, by their slugs.',
    action: 'agents:read',
    params: inOrganization,
    query: pageQuery(TextKey),
    answer: pageOf(ListedAgentSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listAgentPage(db, { organizationId, after: from, limit: count }),
      );
      const ids = page.items.map(({ id }) => id);
      const figures = new Map(
        (await readAgentFigures(db, organizationId, ids)).map((each) => [each.agentId, each]),
      );
      return presentPage(
        page,
        (agent) => {
          const { factCount = 0, numbers = [], hasDraft = false } = figures.get(agent.id) ?? {};
          return { ...agent, factCount, numbers, hasDraft };
        },
        ({ slug }) => slug,
      );
    },
  }),
  readRoute({
    id: 'getAgent',
    path: '/organizations/{organizationId}/agents/{slug}',
    summary: 'One agent, as callers meet it.',
    action: 'agents:read',
    params: ofAgent,
    query: z.strictObject({}),
    answer: AgentSchema,
    hasEtag: true,
    run: async ({ db, permit, params }) =>
      present(await findManagedAgent(db, permit.organizationId, params.slug)),
  }),
  writeRoute({
    id: 'createAgent',
    method: 'post',
    path: '/organizations/{organizationId}/agents',
    summary: 'Makes an agent.',
    action: 'agents:write',
    params: inOrganization,
    body: NewAgentSchema,
    example: { slug: 'new-desk', name: 'Front desk', businessName: 'Harbor Street Clinic' },
    answer: AgentSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit, body }) {
      const agent = await addAgent(db, permit.organizationId, body, permit.actor.name);
      return {
        answer: present(agent),
        change: {
          action: 'agent.made',
          subject: { kind: 'agent', id: agent.id },
          before: null,
          after: { ...body },
        },
      };
    },
  }),
  writeRoute({
    id: 'editAgent',
    method: 'patch',
    path: '/organizations/{organizationId}/agents/{slug}',
    summary: 'Changes what is given of an agent at once, past its draft.',
    action: 'agents:write',
    params: ofAgent,
    body: AgentChangeSchema,
    example: { name: 'Reception' },
    answer: AgentSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      present(await lockManagedAgent(db, permit.organizationId, params.slug)),
    async run({ db, permit, params: { slug }, body }) {
      const earlier = await findManagedAgent(db, permit.organizationId, slug);
      const agent = await editAgent(db, permit.organizationId, slug, body, permit.actor.name);
      return {
        answer: present(agent),
        change: {
          action: 'agent.edited',
          subject: { kind: 'agent', id: agent.id },
          ...changedFields(earlier, agent),
        },
      };
    },
  }),
  writeRoute({
    id: 'deleteAgent',
    method: 'delete',
    path: '/organizations/{organizationId}/agents/{slug}',
    summary: 'Deletes an agent that never took a call; any other one is switched off.',
    action: 'agents:write',
    params: ofAgent,
    body: null,
    example: null,
    answer: AgentSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params }) {
      const agent = await removeAgent(db, permit.organizationId, params.slug);
      return {
        answer: present(agent),
        change: {
          action: 'agent.deleted',
          subject: { kind: 'agent', id: agent.id },
          before: { ...agent },
          after: null,
        },
      };
    },
  }),
];
