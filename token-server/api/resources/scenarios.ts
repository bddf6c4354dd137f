import { z } from 'zod';
import { authorize } from '../../../manage/accounts/authorize.ts';
import {
  keepScenario,
  MOST_REQUIRED,
  playScenarios,
  readAgentScenarios,
  removeScenario,
  requireScenarios,
} from '../../../manage/scenarios.ts';
import type { AgentScenarios } from '../../../manage/scenarios.ts';
import { readRoute, writeRoute } from '../route.ts';
import { inOrganization, ofAgent } from './agent-schemas.ts';
import { ofCall } from './calls.ts';

const ScenarioId = z
  .string()
  .regex(/^[a-z0-9-]{1,100}$/, 'must be the `scenario` of one of the list')
  .meta({
    description: 'The id of one of your own, or the name of one that comes with the product.',
  });

const AgentScenariosSchema = z
  .object({
    slug: z.string(),
    canPlay: z.boolean().meta({ description: 'Whether something plays scenarios here now.' }),
    items: z.array(
      z.object({
        scenario: ScenarioId,
        name: z.string(),
        made: z
          .object({ callId: z.uuid(), by: z.string(), at: z.iso.datetime() })
          .nullable()
          .meta({ description: 'Of one of your own; null of one that comes with the product.' }),
        isRequired: z.boolean().meta({ description: 'It must pass before the draft goes out.' }),
        run: z
          .object({
            state: z.enum(['waiting', 'running', 'passed', 'failed']),
            isOfDraft: z
              .boolean()
              .meta({ description: 'Of the draft as it is; false: of an earlier one.' }),
            failures: z.array(z.string()).meta({ description: 'What was not as it says.' }),
            transcript: z.string().nullable(),
            requestedBy: z.string(),
            requestedAt: z.iso.datetime(),
            endedAt: z.iso.datetime().nullable(),
          })
          .nullable()
          .meta({ description: 'The last one; null: it was not played yet.' }),
      }),
    ),
  })
  .meta({ id: 'AgentScenarios' });

function present({
  agent,
  canPlay,
  scenarios,
}: AgentScenarios): z.input<typeof AgentScenariosSchema> {
  return {
    slug: agent.slug,
    canPlay,
    items: scenarios.map(({ made, run, ...each }) => ({
      ...each,
      made: made && { ...made, at: made.at.toISOString() },
      run: run && {
        ...run,
        requestedAt: run.requestedAt.toISOString(),
        endedAt: run.endedAt?.toISOString() ?? null,
      },
    })),
  };
}

const requiredOf = ({ scenarios }: AgentScenarios): string[] =>
  scenarios.filter(({ isRequired }) => isRequired).map(({ scenario }) => scenario);

const path = '/organizations/{organizationId}/agents/{slug}';

export const SCENARIO_ROUTES = [
  readRoute({
    id: 'getAgentScenarios',
    path: `${path}/scenarios`,
    summary: 'Scenarios that the draft can be played with, which must pass, and how they went.',
    action: 'agents:read',
    params: ofAgent,
    query: z.strictObject({}),
    answer: AgentScenariosSchema,
    run: async ({ db, permit: { organizationId }, params: { slug } }) =>
      present(await readAgentScenarios(db, { organizationId, slug })),
  }),
  writeRoute({
    id: 'requireScenarios',
    method: 'patch',
    path: `${path}/scenarios`,
    summary: 'Chooses which scenarios must pass before a draft is published.',
    action: 'agents:gate',
    params: ofAgent,
    body: z.strictObject({ required: z.array(ScenarioId).max(MOST_REQUIRED) }),
    example: { required: [] },
    answer: AgentScenariosSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { slug }, body: { required } }) {
      const earlier = await readAgentScenarios(db, { organizationId, slug });
      const chosen = await requireScenarios(db, { organizationId, slug }, required);
      return {
        answer: present(chosen),
        change: {
          action: 'agent.scenarios-required',
          subject: { kind: 'agent', id: chosen.agent.id },
          before: { required: requiredOf(earlier) },
          after: { required: requiredOf(chosen) },
        },
      };
    },
  }),
  writeRoute({
    id: 'playScenarios',
    method: 'post',
    path: `${path}/scenario-runs`,
    summary:
      'Plays scenarios by text with the draft as it is, on a calendar of their own; those that must pass unless others are named.',
    action: 'agents:test',
    params: ofAgent,
    body: z.strictObject({
      scenarios: z.array(ScenarioId).min(1).max(MOST_REQUIRED).exactOptional(),
    }),
    example: { scenarios: ['cancel'] },
    answer: AgentScenariosSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId, actor }, params: { slug }, body }) {
      const work = { organizationId, slug, by: actor.name };
      const asked = await playScenarios(db, work, body.scenarios ?? null);
      return {
        answer: present(asked),
        change: {
          action: 'agent.scenarios-played',
          subject: { kind: 'agent', id: asked.agent.id },
          before: null,
          after: { scenarios: body.scenarios ?? requiredOf(asked) },
        },
      };
    },
  }),
  writeRoute({
    id: 'keepCallScenario',
    method: 'post',
    path: '/organizations/{organizationId}/calls/{callId}/scenario',
    summary: 'Keeps a scenario that plays the call again, with made-up names and numbers.',
    action: 'agents:write',
    params: ofCall,
    body: z.strictObject({ name: z.string() }),
    example: { name: 'Asks for two days at once' },
    answer: z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'KeptScenario' }),
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params: { callId }, body, outside }) {
      // What a caller said is in it, and whoever reads the agent reads it when it was played.
      await authorize(db, permit.actor, { ...permit, action: 'calls:read' });
      const { organizationId, actor } = permit;
      const wish = { organizationId, callId, name: body.name, by: actor.name };
      const { id, name } = await keepScenario(db, wish, outside.providers.list);
      return {
        answer: { id, name },
        change: {
          action: 'scenario.made',
          subject: { kind: 'scenario', id },
          before: null,
          after: { name, callId },
        },
      };
    },
  }),
  writeRoute({
    id: 'removeScenario',
    method: 'delete',
    path: '/organizations/{organizationId}/scenarios/{scenarioId}',
    summary: 'Removes a scenario of your own, also where it must pass.',
    action: 'agents:gate',
    params: inOrganization.extend({ scenarioId: z.uuid() }),
    body: null,
    example: null,
    answer: z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'RemovedScenario' }),
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { scenarioId } }) {
      const { id, name } = await removeScenario(db, { organizationId, id: scenarioId });
      return {
        answer: { id, name },
        change: {
          action: 'scenario.removed',
          subject: { kind: 'scenario', id },
          before: { name },
          after: null,
        },
      };
    },
  }),
];
