import { z } from 'zod';
import { listAgentPage, lockAgent } from '../../../db/agents.ts';
import type { Agent } from '../../../db/agents.ts';
import type { Database } from '../../../db/database.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import {
  addAgent,
  AgentChangeSchema,
  editAgent,
  findManagedAgent,
  NewAgentSchema,
} from '../../../manage/agents.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, TextKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const AgentSchema = z
  .object({
    id: z.uuid(),
    slug: z.string().meta({ description: 'Names the agent in addresses.' }),
    name: z.string(),
    businessName: z.string(),
    instructions: z.string(),
    language: z.string().meta({ description: 'BCP 47.' }),
    languages: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Those it may change to; null: any that is spoken here.' }),
    voice: z.string(),
    greeting: z.string().nullable().meta({ description: 'Null: the usual one.' }),
    disclosesAi: z.boolean(),
    realtimeModel: z.string().nullable().meta({ description: "Null: the worker's." }),
    transcriptionModel: z.string().nullable().meta({ description: "Null: the worker's." }),
    reasoningEffort: z.string().nullable().meta({ description: "Null: the worker's." }),
    enabled: z.boolean(),
    transferTo: z.string().nullable().meta({ description: 'E.164 or a SIP address.' }),
    recording: z.boolean(),
    calendar: z
      .object({ provider: z.string(), timeZone: z.string(), eventType: z.string() })
      .nullable()
      .meta({ description: 'Of its first booking event; null: it has nothing to book.' }),
  })
  .meta({ id: 'Agent' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofAgent = z.object({ organizationId: z.uuid(), slug: NewAgentSchema.shape.slug });

/** What the answer's schema does not name stays here. */
function present(agent: Agent): z.input<typeof AgentSchema> {
  return agent;
}

/** As it stands, and nobody else edits it until the end of the transaction. */
async function findLocked(db: Database, organizationId: string, slug: string): Promise<Agent> {
  await lockAgent(db, { organizationId, slug });
  return findManagedAgent(db, organizationId, slug);
}

export const AGENT_ROUTES = [
  readRoute({
    id: 'listAgents',
    path: '/organizations/{organizationId}/agents',
    summary: 'Agents, by their slugs.',
    action: 'agents:read',
    params: inOrganization,
    query: pageQuery(TextKey),
    answer: pageOf(AgentSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listAgentPage(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ slug }) => slug);
    },
  }),
  readRoute({
    id: 'getAgent',
    path: '/organizations/{organizationId}/agents/{slug}',
    summary: 'One agent.',
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
      const agent = await addAgent(db, permit.organizationId, body);
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
    summary: 'Changes what is given of an agent.',
    action: 'agents:write',
    params: ofAgent,
    body: AgentChangeSchema,
    example: { name: 'Reception' },
    answer: AgentSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit, params }) =>
      present(await findLocked(db, permit.organizationId, params.slug)),
    async run({ db, permit, params: { slug }, body }) {
      const earlier = await findManagedAgent(db, permit.organizationId, slug);
      const agent = await editAgent(db, permit.organizationId, slug, body);
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
];
